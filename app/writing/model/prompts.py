"""The files in prompts/: read once, and checked before anything is asked."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from string import Formatter
from typing import Self

from app.settings import PROJECT, SettingsError

FOLDER = PROJECT / "prompts"

_VARIABLES = {
    "answer": ("language",),
    "question": ("passages", "question", "language"),
    "rewrite": ("conversation", "question"),
    "check": (),
}
"""What each prompt must have in braces, by the name of its file."""


@dataclass(frozen=True, slots=True)
class Prompts:
    """The texts of the prompts, with variables in braces for `str.format`."""

    answer: str  # the system's message of every answer
    question: str  # the user's, with the passages
    rewrite: str  # asks for a follow-up as a question that stands alone
    check: str  # any question, to see whether the model answers

    @classmethod
    def load(cls, folder: Path = FOLDER) -> Self:
        """Read the prompts in a folder.

        Raises:
            SettingsError: one is missing, or lacks a variable, or has one that is not known. The
                message names everything that is wrong in any of them.
        """
        texts = {name: _read(folder / f"{name}.md") for name in _VARIABLES}
        problems = [problem for name, text in texts.items() for problem in _problems(name, text)]
        if problems:
            raise SettingsError(f"{' '.join(problems)} Write a brace itself twice.")
        return cls(**texts)


def _read(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "it is not UTF-8 text"
        raise SettingsError(f"The prompt {file} cannot be read ({reason}); put it back.") from None


def _problems(name: str, text: str) -> list[str]:
    """Return a sentence for each thing that is wrong in a prompt."""
    wanted = _VARIABLES[name]
    try:
        fields = [field for _, field, _, _ in Formatter().parse(text) if field is not None]
        text.format(**dict.fromkeys({*fields, *wanted} - {""}, ""))
    except (ValueError, LookupError, AttributeError) as error:
        return [f"The prompt prompts/{name}.md cannot be filled in ({error})."]
    missing = [variable for variable in wanted if variable not in fields]
    unknown = [field for field in dict.fromkeys(fields) if field not in wanted]
    problems = []
    if missing:
        problems.append(f"The prompt prompts/{name}.md lacks {_braced(missing)}.")
    if unknown:
        problems.append(
            f"The prompt prompts/{name}.md has {_braced(unknown)}; it may have {_braced(wanted)}."
        )
    return problems


def _braced(names: Sequence[str]) -> str:
    return ", ".join(f"{{{name}}}" for name in names)
