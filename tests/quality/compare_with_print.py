"""Compare what is read of Word documents with what is printed of them, word by word.

    python -m tests.quality.compare_with_print FILE...

LibreOffice prints each file (soffice) and poppler reads the pages (pdftotext); both must be
installed. The output names, for each file that differs, the numbers and words that only one of the
two has. Raised and lowered characters count as level, as pages do not tell them apart. Known to
differ: LibreOffice prints struck-out and deleted words, and the numbers of pages; it dates anew
what is dated by a field; and without its formula editor it prints no formulas.
"""

import argparse
import re
import subprocess
import tempfile
import unicodedata
from pathlib import Path

from index.errors import ArticleError
from index.folder.extraction import Extractor

_WORD = re.compile(r"\d+|[^\W\d_]+")
_SHOWN = 12  # words of a difference
_PATIENCE_S = 600  # for all files


def main() -> None:
    """Print what differs, and how many files do not."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", type=Path, nargs="+", metavar="FILE")
    files: list[Path] = parser.parse_args().files
    alike = 0
    with tempfile.TemporaryDirectory() as scratch:
        extractor = Extractor(Path(scratch) / "texts")
        for file, pages in zip(files, printed(files, Path(scratch)), strict=True):
            try:
                read = extractor.extract(file.name, file.read_bytes()).text
            except ArticleError as error:
                read = ""
                print(error)
            missing, added = words(pages) - words(read), words(read) - words(pages)
            alike += not missing and not added
            for what, found in (("not read", missing), ("not printed", added)):
                if found:
                    print(f"{file}: {what}: {' '.join(sorted(found)[:_SHOWN])}")
        extractor.close()
    print(f"{alike} of {len(files)} alike")


def printed(files: list[Path], scratch: Path) -> list[str]:
    """Return the text of the pages of each file; nothing where it cannot be printed."""
    office = ["soffice", "--headless", f"-env:UserInstallation={(scratch / 'office').as_uri()}"]
    texts = []
    subprocess.run(
        [*office, "--convert-to", "pdf", "--outdir", str(scratch), *map(str, files)],
        check=True,
        capture_output=True,
        timeout=_PATIENCE_S,
    )
    for file in files:
        page = scratch / f"{file.stem}.pdf"
        command = ["pdftotext", "-layout", str(page), "-"]
        texts.append(subprocess.run(command, capture_output=True, text=True).stdout)
    return texts


def words(text: str) -> set[str]:
    """Return the numbers and the words of a text, with raised characters on the line."""
    return set(_WORD.findall(unicodedata.normalize("NFKC", text)))


if __name__ == "__main__":
    main()
