"""Evidence is known with what leads to it, and with the whole that it is part of."""

import pytest

from app.evidence.evidence import Evidence
from app.evidence.surroundings import with_surroundings
from index.chunking import quotable_spans, split
from index.search import Passage
from tests.files import article_of

TABLE = "| Code | Meaning |\n|---|---|\n| E1 | Empty |\n| E2 | Hot |"
STEPS = "1. Turn it.\n2. Pull it:\n   - slowly;\n   - firmly."
TEXT = f"""Nothing else.

It is shut. To open it:

{STEPS}

## Codes

{TABLE}

**Is it safe?** It is. Nobody was hurt.

```
ls
```

### Does it hurt? ###

No. Nothing hurts.
"""
SAFE = "It is. Nobody was hurt."


def evidence_of(text: str, words: str) -> Evidence:
    """Return some words of an article as evidence, with their surroundings."""
    for chunk in split(article_of("a.md", text.encode())):
        for start, end in quotable_spans(chunk):
            if chunk.text[start:end] == words:
                span = chunk.start + start, chunk.start + end
                return with_surroundings(Evidence(Passage(chunk, 1.0), *span, words, 0.5), text)
    raise AssertionError(words)


@pytest.mark.parametrize(
    ("words", "lead", "whole"),
    [
        ("Nothing else.", None, None),
        ("To open it:", None, STEPS),
        ("Turn it.", "To open it:", STEPS),
        ("firmly.", "Pull it:", STEPS),
        ("| E2 | Hot |", "| Code | Meaning |", TABLE),
        ("It is.", "**Is it safe?**", SAFE),
        ("Nobody was hurt.", "**Is it safe?**", SAFE),
        ("ls", None, "ls"),
        ("Nothing hurts.", "Does it hurt?", "No. Nothing hurts."),
    ],
)
def test_what_leads_to_it_and_what_it_is_part_of(
    words: str, lead: str | None, whole: str | None
) -> None:
    evidence = evidence_of(TEXT, words)
    assert (evidence.lead and evidence.lead.text) == lead
    assert (evidence.whole and evidence.whole.text) == whole
    for part in (evidence.part("lead"), evidence.part("whole")):
        assert part is None or TEXT[part.start : part.end] == part.text


CRANES = """# Cranes

## KX-300

It lifts 9 tonnes.

## Others

Ostrava has sold us two. The KX-200/B is new. It came by ship. It lifts 40 tonnes.

The KX-200/A lifts 25.
"""


@pytest.mark.parametrize(
    ("words", "names", "lead"),
    [
        ("It lifts 40 tonnes.", ["kx", "200"], "The KX-200/B is new."),
        ("It lifts 40 tonnes.", ["ostrava"], "Ostrava has sold us two."),
        ("It lifts 40 tonnes.", ["300"], None),
        ("It lifts 40 tonnes.", [], None),
        ("It lifts 9 tonnes.", ["300"], "KX-300"),
        ("The KX-200/A lifts 25.", ["200"], None),
    ],
)
def test_what_does_not_name_what_was_asked_about_leans_on_what_does(
    words: str, names: list[str], lead: str | None
) -> None:
    found = with_surroundings(evidence_of(CRANES, words), CRANES, names).lead
    assert (found and found.text) == lead


def test_a_whole_that_is_very_long_is_not_quoted() -> None:
    assert (
        evidence_of(
            "\n".join(f"{n}. Turn it {n} times." for n in range(1, 500)), "Turn it 7 times."
        ).whole
        is None
    )
