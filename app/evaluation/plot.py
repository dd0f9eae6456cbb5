"""Plots: risk against coverage, and recall by pair of languages."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from app.evaluation.metrics import Figures

_SIDE = 4.2  # of a panel, in inches
_DPI = 120


def write_plot(results: Sequence[Figures], file: Path) -> None:
    """Draw one panel of curves for all results, and one for each result with language pairs."""
    maps = [figures for figures in results if figures.pairs]
    figure = Figure(figsize=(_SIDE * (1 + len(maps)), _SIDE), layout="constrained")
    FigureCanvasAgg(figure)  # needs no screen and keeps no global state, unlike pyplot
    curves, *panels = figure.subplots(1, 1 + len(maps), squeeze=False)[0]
    _draw_curves(curves, results)
    for panel, figures in zip(panels, maps, strict=True):
        _draw_recall(panel, figures)
    figure.savefig(file, dpi=_DPI)


def _draw_curves(axes: Axes, results: Sequence[Figures]) -> None:
    for figures in results:
        curve = figures.risk_coverage
        label = f"{figures.name} (area {curve.area:.3f})"
        axes.step(curve.coverage, curve.risk, where="post", label=label)
    axes.set(
        title="Risk and coverage",
        xlabel="share of questions answered, surest first",
        ylabel="share of them wrong",
        xlim=(0, 1),
        ylim=(0, 1),
    )
    axes.grid(alpha=0.3)
    axes.legend(fontsize="small")


def _draw_recall(axes: Axes, figures: Figures) -> None:
    questions = sorted({pair.questions for pair in figures.pairs})
    passages = sorted({pair.passages for pair in figures.pairs})
    recall = np.full((len(questions), len(passages)), np.nan)
    for pair in figures.pairs:
        row, column = questions.index(pair.questions), passages.index(pair.passages)
        recall[row, column] = pair.retrieval.recall_at_5
        axes.text(column, row, f"{recall[row, column]:.2f}", ha="center", va="center")
    axes.imshow(recall, vmin=0, vmax=1, cmap="YlGn", alpha=0.8)
    axes.set_xticks(range(len(passages)), passages)
    axes.set_yticks(range(len(questions)), questions)
    axes.set(title=f"{figures.name}: recall@5", xlabel="passages", ylabel="questions")
