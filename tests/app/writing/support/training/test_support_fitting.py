"""The curve is fitted to statements of one part, and its check is counted on those of another."""

import json
import re
from pathlib import Path

import pytest

from app.settings import Settings
from app.writing.support.checker import SupportCalibration, SupportChecker
from app.writing.support.training import support_fitting
from app.writing.support.training.support_fitting import (
    Checked,
    check,
    check_own,
    fit,
    table,
)
from index.training.question_sets import QuestionSet, SetPassage, SetQuestion
from tests.encoders import BagOfWords
from tests.files import write
from tests.readers import WordReader

EACH = 4


@pytest.fixture(scope="module")
def sets() -> list[QuestionSet]:
    """A set of many paragraphs in two languages, so that each part has some."""
    passages, questions = {}, []
    for number in range(100, 180):
        texts = {
            "en": f"The boat Vessel{number} was built in {number + 1800} by hand. Its owner is "
            f"Owner{number} of Skagen. It carries {number} nets in its hold.",
            "es": f"El barco Vessel{number} fue construido a mano en {number + 1800}. Su dueño es "
            f"Owner{number} de Skagen. Lleva {number} redes en su bodega.",
        }
        for language, text in texts.items():
            name = f"{number}-{language}"
            passages[name] = SetPassage(name, "", text, language, f"{number}")
        gold = frozenset({f"{number}-en"})
        questions.append(SetQuestion(f"en:{number}", "Who?", "en", True, (), (), gold))
    return [QuestionSet("xquad", passages, tuple(questions))]


@pytest.fixture
def calibration(sets: list[QuestionSet], monkeypatch: pytest.MonkeyPatch) -> SupportCalibration:
    monkeypatch.setitem(support_fitting.EACH, "choose", 20)
    monkeypatch.setitem(support_fitting.EACH, "report", EACH)
    return fit(sets, WordReader())


def test_the_curve_weighs_names_and_figures_and_no_signal_against_support(
    calibration: SupportCalibration,
) -> None:
    weights = calibration.curve.weights
    assert weights.keys() == {"read", "named", "figures"}
    assert weights["named"] + weights["figures"] > 1
    assert min(weights.values()) >= 0
    assert 0 < calibration.threshold < 1


def test_each_true_statement_is_checked_with_a_right_a_wrong_and_no_citation(
    sets: list[QuestionSet], calibration: SupportCalibration
) -> None:
    reader = WordReader()
    checked = list(check(sets, "report", SupportChecker(BagOfWords(), reader, calibration)))
    kinds = [one.kind for one in checked]
    for kind in ("true", "true, not cited", "true, wrong citation"):
        assert kinds.count(kind) == 2 * EACH
    for kind in ("wrong figure", "swapped name", "added claim", "from elsewhere"):
        assert kinds.count(kind) == EACH
    assert all(one.is_supported for one in checked if one.is_cited_right)
    assert any(one.is_cited_right for one in checked if one.kind == "true, wrong citation")


def test_own_statements_are_checked_with_what_is_found_in_the_folder(
    calibration: SupportCalibration,
    settings: Settings,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    rows = [
        {"kind": "true", "lang": "en", "text": "A keeper named Ottesen looks after it."},
        {"kind": "wrong figure", "lang": "en", "text": "Its lighthouse is 92 metres tall."},
    ]
    lines = "\n".join(map(json.dumps, rows))
    statements = write(tmp_path, "statements.jsonl", lines)
    checker = SupportChecker(BagOfWords(), WordReader(), calibration)
    checked = list(check_own(statements, settings, BagOfWords(), checker))
    assert [(c.kind, c.is_supported) for c in checked] == [("true", True), ("wrong figure", False)]
    table("own", checked)
    assert re.search(r"true +1 +1 +-\n", capsys.readouterr().out)


def test_the_table_counts_what_is_supported_and_what_is_caught(
    capsys: pytest.CaptureFixture[str],
) -> None:
    table(
        "some",
        [
            Checked("true", "en", True, is_supported=True, is_cited_right=True),
            Checked("true", "es", False, is_supported=False, is_cited_right=False),
            Checked("true, not cited", "en", True, is_supported=False, is_cited_right=False),
            Checked("wrong figure", "en", True, is_supported=False, is_cited_right=False),
            Checked("wrong figure", "es", False, is_supported=True, is_cited_right=False),
        ],
    )
    lines = [line.split() for line in capsys.readouterr().out.splitlines()[3:]]
    assert lines[:3] == [
        ["true", "2", "1", "1"],
        ["true,", "not", "cited", "1", "0", "0"],
        ["wrong", "figure", "2", "1", "0"],
    ]
    said = [" ".join(line) for line in lines[3:]]
    # A statement that is cited in another way is not counted twice.
    assert said == [
        "all: caught 1 of 2 = 0.50; of 2 called not found, 0.50 were altered",
        "en: caught 1 of 1 = 1.00; of 1 called not found, 1.00 were altered",
        "es: caught 0 of 1 = 0.00; of 1 called not found, 0.00 were altered",
        "same language: caught 1 of 1 = 1.00; of 1 called not found, 1.00 were altered",
    ]
