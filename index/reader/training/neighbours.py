"""Passages that are near a question in meaning, but do not answer it."""

import hashlib
import json
from collections.abc import Mapping, Sequence

import numpy as np

from index.encoder import bundled_model
from index.encoder.embedding import QuestionsEncoder, SentenceTransformerEncoder
from index.training.question_sets import QuestionSet

_NEAR = 6  # neighbours of a question in each language
_SKIMMED = 600  # characters at the start of a passage that are embedded

Neighbours = Mapping[str, Sequence[str]]
"""By the id of a question, the ids of passages of its set near to it that do not answer it."""


def load_neighbours(sets: Sequence[QuestionSet]) -> Neighbours:
    """Return the neighbours of all questions, from the cache if these were found before."""
    questions = "".join(q.id + q.text for one in sets for q in one.questions)
    digest = hashlib.sha256(questions.encode()).hexdigest()[:12]
    file = bundled_model.CACHE_DIR / "reader" / f"neighbours-{digest}.json"
    if not file.exists():
        encoder = SentenceTransformerEncoder(bundled_model.BASE, cache_dir=bundled_model.CACHE_DIR)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(json.dumps(find_neighbours(sets, encoder)), encoding="utf-8")
    neighbours: Neighbours = json.loads(file.read_text(encoding="utf-8"))
    return neighbours


def find_neighbours(sets: Sequence[QuestionSet], encoder: QuestionsEncoder) -> Neighbours:
    """Return the nearest passages of each question that has gold passages, without these."""
    near: dict[str, list[str]] = {}
    for one in sets:
        asked = [question for question in one.questions if question.gold]
        if not asked:
            continue
        questions = encoder.encode_questions([question.text for question in asked])
        for language in sorted({passage.language for passage in one.passages.values()}):
            passages = [p for p in one.passages.values() if p.language == language]
            vectors = encoder.encode_passages([passage.text[:_SKIMMED] for passage in passages])
            ranked = np.argsort(-(questions @ vectors.T), axis=1)[:, : 2 * _NEAR]
            for question, nearest in zip(asked, ranked, strict=True):
                keys = {one.passages[gold].key for gold in question.gold}
                others = [passages[i].id for i in nearest if passages[i].key not in keys]
                near.setdefault(question.id, []).extend(others[:_NEAR])
    return near
