"""Fit the curve by which answers are refused, on questions over the articles that are shipped.

    python -m tests.quality.fit_refusal

Every other question of gold.jsonl fits the curve and its threshold; what is printed is of the
rest. The curve goes into app/refusal.json.
"""

import json
import tempfile
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score

import app.refusal
from app.assistant import Assistant
from app.settings import Settings

ANSWERED = 0.92  # share of the answerable that is to be answered
GOLD = Path(__file__).with_name("gold.jsonl")


def main() -> None:
    """Fit, report, and write the calibration."""
    questions = [json.loads(line) for line in GOLD.read_text(encoding="utf-8").splitlines()]
    with tempfile.TemporaryDirectory() as index:
        assistant = Assistant(Settings(index_dir=Path(index)))
        scores = np.array([assistant.ask(row["q"]).evidence[0].score for row in questions])
        assistant.library.close()
    answerable = np.array(["none" not in row for row in questions])
    near = np.array([row["kind"] == "near-miss" for row in questions])
    fitted = np.arange(len(questions)) % 2 == 0
    # Without regularization, which would pull the curve towards flat on so few questions.
    model = LogisticRegression(C=np.inf).fit(scores[fitted, None], answerable[fitted])
    slope, intercept = round(float(model.coef_[0, 0]), 3), round(float(model.intercept_[0]), 3)
    cut = float(np.quantile(scores[fitted & answerable], 1 - ANSWERED))
    threshold = 1 / (1 + np.exp(-(slope * cut + intercept)))
    held_out = ~fitted
    print(f"{held_out.sum()} questions held out")
    print(f"AUC {roc_auc_score(answerable[held_out], scores[held_out]):.2f}")
    for name, rows, is_right in (
        ("answerable answered", answerable, scores >= cut),
        ("near-misses refused", near, scores < cut),
        ("off-topic refused", ~answerable & ~near, scores < cut),
    ):
        print(f"{name}: {is_right[held_out & rows].sum()} of {(held_out & rows).sum()}")
    calibration = {
        "encoder": assistant.settings.embedding_model,
        "slope": slope,
        "intercept": intercept,
        "threshold": round(float(threshold), 3),
    }
    file = Path(app.refusal.__file__).with_suffix(".json")
    file.write_text(json.dumps(calibration, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
