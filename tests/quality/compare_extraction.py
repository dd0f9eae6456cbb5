"""Compare the text of hostile files with what reference readers got from them.

    python -m tests.quality.compare_extraction FOLDER

FOLDER has the files, and manifest.jsonl. This gives for each `path` the result of pypdf (`pages`,
`encrypted`, `pypdf_chars`) or of python-docx (`para_chars`: in paragraphs, without tables), with
its first words (`text_head`) or the `error` that it raised. The output names each file that is
rejected or gives another amount of text than the reference, and then the counts.

    python -m tests.quality.compare_extraction FOLDER --figures

compares with a browser instead: it names the figures of each web page's article that the browser
shows and that are not read, and those that are read and not shown.
"""

import argparse
import gzip
import json
import re
import shutil
import subprocess
import tempfile
import time
import unicodedata
from collections import Counter
from pathlib import Path
from typing import Any

from tqdm import tqdm

from index.errors import ArticleError
from index.folder.extraction import SUFFIXES, TEXT_SUFFIXES, Extractor
from index.folder.formats.html import load
from tests.rendering import browser_page, figures, shown

_NUMBER = re.compile(r"\d+(?:[.,:]\d+)*")
_ALIKE = 0.1  # of the reference's characters
_WORDS = 5  # of the reference's first words, of which most should be found


def main() -> None:
    """Read every file of the manifest, and print what differs."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--figures", action="store_true", help="compare with a browser")
    arguments = parser.parse_args()
    folder = arguments.folder
    if arguments.figures:
        compare_figures(folder)
        return
    lines = (folder / "manifest.jsonl").read_text(encoding="utf-8").splitlines()
    entries = [json.loads(line) for line in lines]
    entries = [e for e in entries if e["path"].lower().endswith(SUFFIXES)]
    counts: Counter[tuple[str, str]] = Counter()
    slowest = (0.0, "")
    with tempfile.TemporaryDirectory() as kept:
        extractor = Extractor(Path(kept))
        for entry in tqdm(entries, disable=None):
            started = time.perf_counter()
            outcome, facts = judge(entry, folder, extractor)
            slowest = max(slowest, (time.perf_counter() - started, entry["path"]))
            counts[Path(entry["path"]).suffix, outcome] += 1
            if outcome != "alike":
                print(f"{entry['path']}: {outcome}: {facts}")
            if outcome not in ("rejected", "no text") and is_comparable(entry["path"]):
                compare_numbers(folder / entry["path"], extractor)
        extractor.close()
    for (suffix, outcome), count in sorted(counts.items()):
        print(f"{suffix:6} {outcome:12} {count}")
    print(f"slowest: {slowest[0]:.2f} s, {slowest[1]}")


def compare_figures(folder: Path) -> None:
    """Print for each web page below a folder which figures are read and which are shown."""
    with browser_page() as page:
        for path in sorted(folder.rglob("*.htm*")):
            data = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
            html = data.decode(errors="replace")
            read = figures(load(data).text)
            seen = figures(shown(page, html, "article, main, [role=main]"))
            unseen = read - figures(shown(page, html))
            print(f"{path.name}: {len(read)} read, missing {sorted(seen - read)}, "
                  f"not shown {sorted(unseen)}")  # fmt: skip


def judge(entry: dict[str, Any], folder: Path, extractor: Extractor) -> tuple[str, str]:
    """Return how the text of a file compares with the reference, and the facts."""
    path = folder / entry["path"]
    reference = entry.get("pypdf_chars", entry.get("para_chars"))
    theirs = f"reference {'none' if reference is None else reference}"
    if "error" in entry:
        theirs = f"reference raised {entry['error']!r}"
    try:
        extracted = extractor.extract(path.name, path.read_bytes())
    except ArticleError as error:
        line = f"{error.problem.reason} ({theirs})"
        return "rejected" if reference else "no text", line
    text = extracted.text[extracted.body :]
    ours = f"{len(text)} characters, {theirs}"
    words = entry.get("text_head", "").split()[:_WORDS]
    if words and sum(word in text for word in words) * 2 < len(words):
        return "other words", f"{ours}: {text[:60]!r}, not {' '.join(words)!r}"
    if path.suffix.lower() in TEXT_SUFFIXES or reference is None:
        return ("read", ours) if "error" not in entry else ("more", ours)
    if abs(len(text) - reference) <= max(_ALIKE * reference, 20):
        return "alike", ours
    return ("more" if len(text) > reference else "less"), ours


def is_comparable(path: str) -> bool:
    """Whether a file is one that pdftotext reads, where it is installed."""
    return path.lower().endswith(".pdf") and shutil.which("pdftotext") is not None


def compare_numbers(path: Path, extractor: Extractor) -> None:
    """Print the numbers that only we or only pdftotext get from a PDF."""
    ours = numbers(extractor.extract(path.name, path.read_bytes()).text)
    in_order, laid_out = (
        numbers(
            subprocess.run(
                ["pdftotext", *option, path, "-"], capture_output=True, text=True, errors="replace"
            ).stdout
        )
        for option in ([], ["-layout"])
    )
    lost, added = (in_order & laid_out) - ours, ours - (in_order | laid_out)
    if lost or added:
        print(f"{path.name}: only pdftotext has {dict(lost)}, only we have {dict(added)}")


def numbers(text: str) -> Counter[str]:
    """Return how often each number is in a text, raised and lowered figures like others."""
    return Counter(_NUMBER.findall(unicodedata.normalize("NFKC", text.replace("^", ""))))


if __name__ == "__main__":
    main()
