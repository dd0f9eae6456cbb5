"""A sentence is held to the figure and the version that a question demands."""

import pytest

from app.question.demands import Demands


@pytest.mark.parametrize(
    ("question", "sentence", "language", "has_it"),
    [
        ("How many gigabytes of memory has it?", "It has 144 GB of memory.", "en", True),
        ("How many gigabytes of memory has it?", "It has 144 chips.", "en", False),
        ("Quanti watt assorbe?", "Its power is 500 watts.", "en", True),
        ("Quanti watt assorbe?", "It holds 144 chips.", "en", False),
        ("¿Cuántos empleados tiene?", "公司有300名员工。", "zh", True),
        ("¿Cuántos empleados tiene?", "公司有300颗芯片。", "zh", False),
        ("一台服务器有多少颗芯片？", "Fino a 144 chip stanno in un server.", "it", True),
        ("When did it open?", "Aprì nel 1987.", "it", True),
        ("When did it open?", "Aprì con 46 barche.", "it", False),
        ("What did it cost?", "It was built for $40 million.", "en", True),
        ("What did it cost?", "It was built by 40 men.", "en", False),
        ("How much faster is it?", "It is four times as fast.", "en", True),
        ("How long has it been running?", "It runs since October.", "en", True),
        ("How many people died in the flood?", "The flood caused 12 deaths.", "en", True),
        ("How many employees has it?", "300 people work there.", "en", True),
        ("How many employees has it?", "It has 300 customers.", "en", False),
        ("Who built it?", "Nobody knows.", "en", True),
        ("What is it like when it rains?", "Wet.", "en", True),
    ],
)
def test_a_figure_of_the_kind_asked_for_is_looked_for_in_the_sentence(
    question: str, sentence: str, language: str, has_it: bool
) -> None:
    assert Demands(question).figure(sentence, language) == has_it


def test_of_two_versions_that_are_asked_about_either_is_meant() -> None:
    demands = Demands("How much faster is Trainium3 than Trainium2?")
    assert demands.version("Trainium3 is fast.")
    assert demands.version("Trainium2 is slow.")
    assert not demands.version("Trainium1 is old.")


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("亚马逊的Trainium4芯片什么时候推出？", "Trainium3 is there."),
        ("When is iPhone 15 out?", "iPhone 14 is out."),
    ],
)
def test_a_version_is_known_beside_chinese_and_after_a_small_letter(
    question: str, sentence: str
) -> None:
    assert not Demands(question).version(sentence)


@pytest.mark.parametrize(
    ("sentence", "is_meant"),
    [
        ("Trainium3 is made at 3 nanometres.", False),
        ("Trainium 4 will support NVLink.", True),
        ("Trainium4 is faster than Trainium3.", True),
        ("AWS has announced a chip.", True),
        ("It has 3 parts.", True),
    ],
)
def test_a_sentence_on_another_version_is_told_from_one_on_the_same(
    sentence: str, is_meant: bool
) -> None:
    assert Demands("¿De cuántos nanómetros será Trainium4?").version(sentence) == is_meant
