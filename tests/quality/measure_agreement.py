"""Measure how well sentences of different sources are compared.

    python -m tests.quality.measure_agreement [--fitting] [--without-encoder]

The rules were fitted to every other pair of agreement.jsonl. The printed figures are for the other
pairs, or with --fitting for those they were fitted to, with each mistake. The reader says which
sentences answer, and agreements without a figure need the encoder.
"""

import argparse
import json
from collections import Counter
from pathlib import Path
from typing import Any

from app.agreement import compare
from app.evidence.calibration import Calibration
from app.evidence.evidence import Evidence
from app.evidence.ranking import Ranking
from app.question.question import Question
from app.settings import Settings
from index.chunking import Chunk
from index.encoder.bundled_model import CACHE_DIR
from index.encoder.embedding import SentenceEncoder, SentenceTransformerEncoder
from index.reader import SHIPPED
from index.reader.reader import Reader
from index.search import Passage

PAIRS = Path(__file__).with_name("agreement.jsonl")
RELATIONS = ("same", "variation", "conflict")


def main() -> None:
    """Print precision and recall by relation, for all pairs and by languages."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--fitting", action="store_true", help="the other half, with mistakes")
    parser.add_argument("--without-encoder", action="store_true", help="neither it nor the reader")
    arguments = parser.parse_args()
    rows = [json.loads(line) for line in PAIRS.read_text(encoding="utf-8").splitlines()]
    rows = rows[::2] if arguments.fitting else rows[1::2]
    encoder = ranking = None
    if not arguments.without_encoder:
        encoder = SentenceTransformerEncoder(Settings().embedding_model, cache_dir=CACHE_DIR)
        reader = Reader(SHIPPED, cache_dir=CACHE_DIR, beside=encoder)
        ranking = Ranking(encoder, reader, Calibration.load(with_reader=True))
    pairs = [(row, relation(row, encoder, ranking)) for row in rows]
    print(f"{len(rows)} pairs of the {'fitting' if arguments.fitting else 'held-out'} half")
    report("all", pairs)
    for name in sorted({languages(row) for row in rows}):
        report(name, [(row, found) for row, found in pairs if languages(row) == name])
    for row, found in pairs if arguments.fitting else ():
        if found != row["relation"]:
            print(f"\n{row['relation']}, found {found}: {row['q']}")
            print(*(f"  {sentence['text']}" for sentence in row["sentences"]), sep="\n")


def relation(row: dict[str, Any], encoder: SentenceEncoder | None, ranking: Ranking | None) -> str:
    """Return the most serious relation found between the sentences of a row."""
    found = evidence(row)
    if ranking is not None:
        found = ranking.rank(row["q"], [sentence.passage for sentence in found])
    findings = compare(Question(row["q"], row["lang"]), found, encoder)
    if findings.conflicts:
        return "conflict"
    if findings.variations:
        return "variation"
    return "same" if findings.agreements else "unrelated"


def evidence(row: dict[str, Any]) -> list[Evidence]:
    """Return the sentences of a row, each of a source of its own."""
    return [
        Evidence(
            Passage(_chunk(number, sentence["text"], sentence["lang"]), 1.0),
            0,
            len(sentence["text"]),
            sentence["text"],
            1.0,
        )
        for number, sentence in enumerate(row["sentences"])
    ]


def languages(row: dict[str, Any]) -> str:
    """Return the languages of a row's sentences, as in "en-zh"."""
    return "-".join(sorted(sentence["lang"] for sentence in row["sentences"]))


def report(name: str, pairs: list[tuple[dict[str, Any], str]]) -> None:
    """Print precision and recall of each relation."""
    found = Counter(relation for _, relation in pairs)
    true = Counter(row["relation"] for row, _ in pairs)
    right = Counter(relation for row, relation in pairs if relation == row["relation"])
    figures = "; ".join(
        f"{kind}: precision {right[kind]}/{found[kind]}, recall {right[kind]}/{true[kind]}"
        for kind in RELATIONS
        if found[kind] or true[kind]
    )
    print(f"{name}: {figures or 'nothing to find, nothing found'}")


def _chunk(number: int, text: str, language: str) -> Chunk:
    return Chunk(str(number), f"{number}.md", 0, len(text), text, language)


if __name__ == "__main__":
    main()
