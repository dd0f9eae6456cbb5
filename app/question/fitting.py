"""Fit the heads that read a question by its vector, and report.

    python -m app.question.fitting FOLDERS... [--without NAME]

Each of FOLDERS has folders of articles with questions, whose `kind` says what type of answer an
answerable question expects, and conversations over them. What is no question for the articles is
learned from sayings.json. The heads are written to heads.json beside this module. Each printed
figure is for the questions of one folder, by a head that was fitted to the others.
"""

import argparse
import itertools
import json
import random
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.linear_model import LogisticRegression

from app.question.heads import ALONE, HOW, LEANS, SHIPPED, SHORT, QuestionHeads
from app.question.sayings import QUESTION, sayings
from app.settings import Settings
from index.encoder.bundled_model import CACHE_DIR
from index.encoder.embedding import QuestionsEncoder, SentenceTransformerEncoder
from index.training.command import add_folders
from index.training.question_folders import (
    QUESTIONS,
    QuestionLine,
    find_question_folders,
    read_question_folder,
    read_turns,
)
from index.training.question_sets import read_lines

_META = {"contents": "folder", "help": "folder", "about-topic": "topic"}  # as the turns name them
# Kinds of questions that say where the answer stands, and not what it is.
_PLACES = ("cell", "clause", "code", "condition", "fact", "faq", "row", "section", "step",
           "who-does-what")  # fmt: skip
_TYPES = {"procedure": HOW}  # a kind of question, and the type of answer that it expects
_TOPICS = 6  # that a saying is filled with
_SEED = 0
_REGULARIZATION = 10.0  # scikit-learn's C: from 3 to 100 the folders left out came out the same
# Most questions stand alone; to take one for a follow-up does less harm than to miss one.
_CLASS_WEIGHTS = {"leaning": "balanced"}
_OTHER_TOPIC = ("new-topic", "same-topic-full")  # turns that make sense alone


@dataclass(frozen=True, slots=True)
class Example:
    """A question of known kind."""

    folder: str
    question: str
    kind: str


def main() -> None:
    """Fit, report, and write the heads."""
    parser = argparse.ArgumentParser(description=__doc__)
    add_folders(parser)
    options = parser.parse_args()
    encoder = SentenceTransformerEncoder(Settings.load().embedding_model, cache_dir=CACHE_DIR)
    folders = find_question_folders(options.folders, without=options.without)
    heads = {
        name: _fitted(name, list(examples), encoder)
        for name, examples in (
            ("kind", kinds(folders)),
            ("answer type", answer_types(folders)),
            ("leaning", leanings(folders)),
        )
    }
    shipped = {"encoder": encoder.name, "heads": heads}
    SHIPPED.write_text(json.dumps(shipped) + "\n", encoding="utf-8")
    _report_turns(folders, QuestionHeads(encoder))


def _report_turns(folders: Iterable[Path], heads: QuestionHeads) -> None:
    """Print how the turns that are no questions are taken; nothing was fitted to them."""
    turns = [turn for folder in folders for turn in read_turns(folder) if turn.meta is not None]
    right = [turn for turn in turns if heads.kind(turn.q) == _META.get(turn.meta or "", turn.meta)]
    print(f"turns that are no questions: {len(right)} of {len(turns)} right")


def kinds(folders: Sequence[Path]) -> Iterator[Example]:
    """Yield questions for the articles, and sayings of other kinds.

    A saying is counted to one of the folders, and may name articles of it.
    """
    names = [folder.name for folder in folders]
    for folder in folders:
        for _, line in read_lines(folder / QUESTIONS, QuestionLine):
            yield Example(folder.name, line.q, QUESTION)
        for turn in read_turns(folder):
            if turn.meta is None:
                yield Example(folder.name, turn.q, QUESTION)
    draw = random.Random(_SEED)
    topics = {folder.name: _topics(folder) for folder in folders}
    for kind, languages in sayings().items():
        for texts in languages.values():
            for saying, name in zip(texts, itertools.cycle(names), strict=False):
                for text in dict.fromkeys(
                    saying.format(topic=draw.choice(topics[name])) for _ in range(_TOPICS)
                ):
                    yield Example(name, text, kind)


def _topics(folder: Path) -> list[str]:
    """Return what the articles of a folder are about: the beginnings of their titles."""
    titles = {chunk.context.split("\n")[0] for chunk in read_question_folder(folder).chunks}
    return sorted(re.split("[:：]", title)[0] for title in titles)


def answer_types(folders: Iterable[Path]) -> Iterator[Example]:
    """Yield the answerable questions with the types of answers that they expect."""
    for folder in folders:
        for _, line in read_lines(folder / QUESTIONS, QuestionLine):
            if line.kind is not None and not line.none and line.kind not in _PLACES:
                yield Example(folder.name, line.q, _TYPES.get(line.kind, line.kind))


def leanings(folders: Iterable[Path]) -> Iterator[Example]:
    """Yield questions that stand alone, and turns of conversations that do or do not."""
    for folder in folders:
        for _, line in read_lines(folder / QUESTIONS, QuestionLine):
            yield Example(folder.name, line.q, ALONE)
        for turn in read_turns(folder):
            if turn.meta is None:
                leans = bool(turn.history) and turn.kind not in _OTHER_TOPIC
                yield Example(folder.name, turn.q, LEANS if leans else ALONE)
                if leans and turn.standalone != turn.q:
                    yield Example(folder.name, turn.standalone, ALONE)


def _fitted(name: str, examples: Sequence[Example], encoder: QuestionsEncoder) -> dict[str, Any]:
    """Fit a head, print how it does on folders left out, and return it as it is kept in a file."""
    vectors = encoder.encode_questions([example.question for example in examples])
    kinds = np.array([example.kind for example in examples])
    folders = np.array([example.folder for example in examples])

    def head() -> LogisticRegression:
        return LogisticRegression(
            C=_REGULARIZATION, max_iter=3000, class_weight=_CLASS_WEIGHTS.get(name)
        )

    found = np.empty_like(kinds)
    for folder in np.unique(folders):
        own = folders == folder
        found[own] = head().fit(vectors[~own], kinds[~own]).predict(vectors[own])
        print(f"{name}, {folder}: {np.mean(found[own] == kinds[own]):.3f} of {own.sum()} right")
    for kind in np.unique(kinds):
        own = kinds == kind
        print(f"    {kind}: {np.mean(found[own] == kind):.3f} of {own.sum()}")
    if name == "answer type":
        is_short, short = (np.isin(each, list(SHORT)) for each in (kinds, found))
        print(f"    a few words or more: {np.mean(is_short == short):.3f}")
    whole = head().fit(vectors, kinds)
    weights, intercepts = whole.coef_.astype(float), whole.intercept_.astype(float)
    if len(weights) == 1:  # of two kinds, scikit-learn gives the weights of the second
        weights, intercepts = np.vstack([-weights, weights]), np.append(-intercepts, intercepts)
    return {
        "kinds": whole.classes_.tolist(),
        "weights": weights.round(3).tolist(),
        "intercepts": intercepts.round(3).tolist(),
    }


if __name__ == "__main__":
    main()
