"""Fit the curve from the signals of a statement to the probability of support, and report.

    python -m app.writing.support.training.support_fitting DATA

DATA is a folder of question sets in BEIR layout. The curve is fitted to statements from paragraphs
of the part `choose`, and written to support.json. The printed figures are for the part `report`
and for the statements in --own, which are about the articles in CORPUS_DIR.
"""

import argparse
import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import get_args

import numpy as np
from tqdm import tqdm

from app.components import Components, FullEncoder
from app.evidence.curve_fitting import fit_curve
from app.evidence.ranking import PassageReader
from app.gathering import PASSAGES
from app.settings import PROJECT, Settings
from app.writing.support import WEIGHTS
from app.writing.support.checker import FITTED, SupportCalibration, SupportChecker
from app.writing.support.signals import Hypothesis, SupportSignals
from app.writing.support.training.statement_examples import (
    StatementExample,
    StatementExamples,
    StatementKind,
    keys_of,
)
from index.chunking import Chunk
from index.encoder.bundled_model import CACHE_DIR
from index.encoder.embedding import SentenceTransformerEncoder
from index.reader.reader import Reader
from index.search import Passage
from index.training.question_sets import Part, QuestionSet, SetPassage, read_sets

KEPT = 0.9  # share of the true statements that must be found supported
EACH = {"choose": 200, "report": 60}  # statements of each kind
OTHERS = 3  # passages besides the one that a statement is about
OWN = PROJECT / "tests" / "quality" / "statements.jsonl"  # about our own articles
NAMES = tuple(SupportSignals.__slots__)


@dataclass(frozen=True)
class Checked:
    """What the check of a statement found."""

    kind: str
    language: str
    is_same_language: bool  # as that of the passage
    is_supported: bool
    is_cited_right: bool | None  # None: nothing says which passage it is about


def main() -> None:
    """Fit, report, and write the calibration."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path, help="a folder of question sets in BEIR layout")
    parser.add_argument("--own", type=Path, default=OWN, help="statements over CORPUS_DIR")
    options = parser.parse_args()
    sets = read_sets(options.data)
    settings = Settings.load()
    encoder = SentenceTransformerEncoder(settings.embedding_model, cache_dir=CACHE_DIR)
    reader = Reader(WEIGHTS, cache_dir=CACHE_DIR, beside=encoder)
    calibration = fit(sets, reader)
    checker = SupportChecker(encoder, reader, calibration)
    print(json.dumps(asdict(calibration)))
    table("made from parallel paragraphs", list(check(sets, "report", checker)))
    table("over our articles", list(check_own(options.own, settings, encoder, checker)))
    FITTED.write_text(json.dumps(asdict(calibration), indent=1) + "\n", encoding="utf-8")


def fit(sets: Sequence[QuestionSet], reader: PassageReader) -> SupportCalibration:
    """Fit the curve and the threshold to statements, each with the passage that it is about."""
    examples, _ = _examples(sets, "choose")
    signals = []
    for example in tqdm(examples, mininterval=10):
        (reading,) = reader.read(example.text, [example.passage.text])
        statement = Hypothesis(example.text, example.language)
        signals.append(statement.signals([_chunk(example.passage)], reading.answerable))
    truth = [e.kind == "true" for e in examples]
    weight_of = {t: 1 / truth.count(t) for t in (True, False)}
    curve = fit_curve(NAMES, signals, truth, [weight_of[t] for t in truth])
    probabilities = [curve.probability(s) for s, t in zip(signals, truth, strict=True) if t]
    return SupportCalibration(curve, round(float(np.quantile(probabilities, 1 - KEPT)), 3))


def check(sets: Sequence[QuestionSet], part: Part, checker: SupportChecker) -> Iterator[Checked]:
    """Check statements as those of an answer: among several passages, with and without citation."""
    examples, source = _examples(sets, part)
    for i, example in enumerate(tqdm(examples, mininterval=10)):
        chunks = [_chunk(passage) for passage in source.others(example, OTHERS)]
        index = i % (OTHERS + 1)
        chunks.insert(index, _chunk(example.passage))
        passages = [Passage(chunk, 1.0) for chunk in chunks]
        citations: dict[str, list[int]] = {example.kind: [index]}
        if example.kind == "true":
            wrong = [(index + 1) % len(passages)]
            citations = {"true": [index], "true, not cited": [], "true, wrong citation": wrong}
        for kind, cited in citations.items():
            found = checker.check(example.text, example.language, passages, cited)
            yield Checked(
                kind,
                example.language,
                example.language == example.passage.language,
                bool(found),
                any(words.passage.chunk.id == example.passage.id for words in found),
            )


def check_own(
    statements: Path,
    settings: Settings,
    encoder: FullEncoder,
    checker: SupportChecker,
) -> Iterator[Checked]:
    """Check our own statements with the passages that are found for them."""
    library = Components(settings, encoder=encoder).library
    library.sync()
    for line in statements.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        passages = library.find(row["text"], PASSAGES)
        found = checker.check(row["text"], row["lang"], passages, [])
        yield Checked(row["kind"], row["lang"], False, bool(found), None)
    library.close()


def table(title: str, checked: Sequence[Checked]) -> None:
    """Print how many of each kind are supported, and the recall and precision of the check."""
    print(f"\n{title}\n  kind                   statements  stand  cited right")
    for kind in dict.fromkeys(c.kind for c in checked):
        rows = [c for c in checked if c.kind == kind]
        cited = [c.is_cited_right for c in rows if c.is_cited_right is not None]
        right = sum(cited) if cited else "-"
        print(f"  {kind:<24}{len(rows):>8}{sum(c.is_supported for c in rows):>8}{right:>8}")
    groups = {"all": list(checked)}
    for language in ("en", "it", "es", "zh"):
        groups[language] = [c for c in checked if c.language == language]
    groups["same language"] = [c for c in checked if c.is_same_language]
    for name, rows in groups.items():
        altered = [c for c in rows if not c.kind.startswith("true")]
        flagged = [c for c in rows if not c.is_supported and "," not in c.kind]
        caught = [c for c in flagged if not c.kind.startswith("true")]
        if altered and flagged:
            print(
                f"  {name}: caught {len(caught)} of {len(altered)}"
                f" = {len(caught) / len(altered):.2f}; of {len(flagged)} called not found,"
                f" {len(caught) / len(flagged):.2f} were altered"
            )


def _examples(
    sets: Sequence[QuestionSet], part: Part
) -> tuple[list[StatementExample], StatementExamples]:
    """Return examples of a part and their source; twice as many true as of each alteration."""
    source = StatementExamples(sets, keys_of(sets, part), seed=1)
    kinds: tuple[StatementKind, ...] = get_args(StatementKind)
    counts = {kind: EACH[part] * (2 if kind == "true" else 1) for kind in kinds}
    return [source.of_kind(kind) for kind in kinds for _ in range(counts[kind])], source


def _chunk(passage: SetPassage) -> Chunk:
    return Chunk(passage.id, passage.id, 0, len(passage.text), passage.text, passage.language)


if __name__ == "__main__":
    main()
