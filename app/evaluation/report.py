"""The report of a measurement: a table to read, and JSON with a plot to keep."""

import contextlib
import dataclasses
import datetime
import json
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import app
from app.evaluation import EvaluationError
from app.evaluation.metrics import EvidenceHits, Figures, Retrieval, Share
from app.evaluation.plot import write_plot
from app.evaluation.questions import Task
from app.evaluation.run import Found, Outcome
from app.settings import Settings

_FIGURES = "figures.json"
_PLOT = "figures.png"


@dataclass(frozen=True, slots=True)
class Result:
    """The outcomes of the questions of a task, and the figures."""

    task: Task
    figures: Figures
    outcomes: tuple[Outcome, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """The results so far, and the setup that gave them."""

    version: str
    date: str  # ISO 8601, of the start
    part: str | None  # of the question sets; None: whole
    encoder: str
    settings: dict[str, Any]
    results: tuple[Result, ...] = ()

    @classmethod
    def start(cls, settings: Settings, *, part: str | None) -> "Report":
        """Return a report without results."""
        return cls(
            version=app.__version__,
            date=datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds"),
            part=part,
            encoder=settings.embedding_model,
            # Without these folders: each task has its own corpus and a temporary index.
            settings=settings.model_dump(mode="json", exclude={"corpus_dir", "index_dir"}),
        )

    def add(self, task: Task, figures: Figures, outcomes: Sequence[Outcome]) -> "Report":
        """Return the report with one more result."""
        result = Result(task, figures, tuple(outcomes))
        return dataclasses.replace(self, results=(*self.results, result))


def check_writable(folder: Path) -> None:
    """Create `folder`, and check that files can be written in it.

    Raises:
        EvaluationError: they cannot.
    """
    with _named_errors(folder):
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass


def write_report(report: Report, folder: Path) -> None:
    """Write the report to `folder` as JSON, and a plot of it.

    Raises:
        EvaluationError: it cannot be written.
    """
    text = json.dumps(to_json(report), ensure_ascii=False, indent=1)
    with _named_errors(folder):
        (folder / _FIGURES).write_text(text + "\n", encoding="utf-8")
        write_plot([result.figures for result in report.results], folder / _PLOT)


@contextlib.contextmanager
def _named_errors(folder: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise EvaluationError(
            f"Figures cannot be written to {folder} ({error.strerror}); name another --output."
        ) from None


def to_json(report: Report) -> dict[str, Any]:
    """Return the report as a JSON object, with a record for each question."""
    head = {
        field.name: getattr(report, field.name)
        for field in dataclasses.fields(report)
        if field.name != "results"
    }
    return head | {
        "results": [
            {
                "path": str(result.task.path),
                "folders": {place: str(path) for place, path in result.task.folders.items()},
                **dataclasses.asdict(result.figures),
                "records": [_outcome(outcome) for outcome in result.outcomes],
            }
            for result in report.results
        ]
    }


def _outcome(outcome: Outcome) -> dict[str, Any]:
    return {
        "id": outcome.query.id,
        "language": outcome.query.language,
        "answerable": outcome.query.is_answerable,
        "kind": outcome.query.kind,
        "own_language": outcome.is_own_language,
        "chunk_rank": outcome.chunk_rank,
        "looked_at": outcome.is_looked_at,
        "answered": outcome.answered,
        "cited": outcome.is_cited,
        "probability": outcome.probability,
        "seconds": dict(outcome.seconds),
        **_found(outcome.everywhere),
        "by_language": {language: _found(found) for language, found in outcome.by_language.items()},
    }


def _found(found: Found) -> dict[str, Any]:
    return {"found": list(found.passages), "evidence_rank": found.evidence_rank}


def to_table(figures: Figures) -> str:
    """Return the figures as lines to read; intervals are Wilson's, at 95%."""
    return "\n".join(_lines(figures))


def _lines(figures: Figures) -> Iterator[str]:
    counts = ", ".join(f"{count} {language}" for language, count in figures.questions.items())
    pool = "" if figures.passages is None else f" of {figures.passages:,} passages"
    yield f"{figures.name}: {sum(figures.questions.values()):,} questions ({counts}){pool}"
    if figures.pairs:
        yield ""
        yield from _grid(_retrieval_rows(figures))
        yield "  the pool is the passages of that language; recall is of all gold passages"
    if figures.parallel_at_5 is not None:
        share = f"{figures.parallel_at_5:.3f}"
        yield f"  all languages in one pool: the first five show {share} of the gold passages"
    if figures.answering:
        yield ""
        yield from _grid(_answering_rows(figures))
        yield "  a chunk that answers is among the first 1, 3, 12, 24, and among those looked at;"
        yield "  a sentence that answers is first, or among three; of the answerable questions"
    yield ""
    yield from _grid(_refusal_rows(figures))
    auc = "" if figures.auc is None else f"AUC {figures.auc:.3f}; "
    yield f"  {auc}area under risk and coverage {figures.risk_coverage.area:.3f}"
    if figures.refused_at_92 is not None:
        yield f"  refused where 92% are answered: {_share(figures.refused_at_92)}"
    times = "; ".join(
        f"{time.step} {time.median * 1000:.0f} ms, p95 {time.p95 * 1000:.0f} ms"
        for time in figures.latency
    )
    yield f"  median time: {times}"


def _retrieval_rows(figures: Figures) -> Iterator[list[str]]:
    yield [
        "questions", "passages", "count", "R@1", "R@5", "R@10", "nDCG@10", "MRR@10",
        *(["evidence@1", "evidence@3"] if any(pair.evidence for pair in figures.pairs) else []),
    ]  # fmt: skip
    for pair in figures.pairs:
        evidence = _values(pair.evidence) if pair.evidence else []
        yield [pair.questions, pair.passages, *_numbers(pair.retrieval), *evidence]
    if figures.everywhere:
        yield ["all", "all", *_numbers(figures.everywhere)]


def _numbers(retrieval: Retrieval) -> list[str]:
    count, *values = dataclasses.astuple(retrieval)
    return [str(count), *(f"{value:.3f}" for value in values)]


def _answering_rows(figures: Figures) -> Iterator[list[str]]:
    depths = [f"chunk@{depth}" for depth in figures.answering[0].chunk_at]
    last = ["looked at", "evidence@1", "evidence@3", "answered", "right citation"]
    yield ["questions", "count", *depths, *last]
    for group in figures.answering:
        hits = group.evidence
        shares = [group.looked_at, hits.at_1, hits.at_3, group.answered, group.cited]
        values = [f"{share.value:.2f}" for share in (*group.chunk_at.values(), *shares)]
        yield [group.group, str(group.looked_at.total), *values]


def _values(hits: EvidenceHits) -> list[str]:
    return [f"{hits.at_1.value:.3f}", f"{hits.at_3.value:.3f}"]


def _refusal_rows(figures: Figures) -> Iterator[list[str]]:
    yield ["questions", "unanswerable refused", "answerable answered"]
    for refusal in figures.refusal:
        shares = [_share(refusal.unanswerable_refused), _share(refusal.answerable_answered)]
        yield [refusal.group, *shares, *([refusal.published] if refusal.published else [])]


def _share(share: Share | None) -> str:
    if share is None:
        return "-"
    interval = f"({share.low:.2f} to {share.high:.2f})"
    return f"{share.count} of {share.total} = {share.value:.3f} {interval}"


def _grid(rows: Iterable[list[str]]) -> Iterator[str]:
    """Yield rows with aligned columns."""
    table = list(rows)
    columns = max(map(len, table))
    widths = [max(len(row[i]) for row in table if i < len(row)) for i in range(columns)]
    for row in table:
        cells = (cell.ljust(width) for cell, width in zip(row, widths, strict=False))
        yield ("  " + "  ".join(cells)).rstrip()
