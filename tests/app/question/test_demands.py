"""A sentence is held to the figure and the exact names that a question demands."""

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


def version(question: str, sentence: str, around: str = "") -> bool:
    return bool(Demands(question).version(sentence, f"{sentence} {around}"))


def test_of_two_versions_that_are_asked_about_either_is_meant() -> None:
    question = "How much faster is version 3 than version 2?"
    assert version(question, "Version 3 is fast.")
    assert version(question, "Version 2 is slow.")
    assert not version(question, "Version 1 is old.")


@pytest.mark.parametrize(
    ("question", "sentence", "is_meant"),
    [
        ("¿De cuántos nanómetros será Trainium4?", "Trainium3 is made at 3 nanometres.", False),
        ("¿De cuántos nanómetros será Trainium4?", "Trainium 4 will support NVLink.", True),
        ("¿De cuántos nanómetros será Trainium4?", "Trainium4 is faster than Trainium3.", True),
        ("亚马逊的Trainium4芯片什么时候推出？", "Trainium3 is there.", False),
        ("When is iPhone 15 out?", "iPhone 14 is out.", False),
        ("when does line 10 leave", "Line 11 leaves at nine.", False),
        ("when does line 10 leave", "Line 10 leaves at nine.", True),
        ("when does line 10 leave", "It leaves at nine.", True),
        ("How much does the KX-200/B lift?", "The KX-200/A lifts 25 tonnes.", False),
        ("How much does the KX-200/B lift?", "The kx 200 B lifts 40 tonnes.", True),
        ("How much does the KX-200 lift?", "The KX-200/A lifts 25 tonnes.", True),
        ("错误代码E05是什么意思？", "E06: no water.", False),
        ("错误代码E05是什么意思？", "E05: no water.", True),
        ("What changed in 3.0.0?", "3.0.0 is faster than 2.9.1.", True),
        ("What changed in 3.0.0?", "3.1.0 is faster.", False),
        ("What changed in 3.0.0?", "300 users asked for it.", False),
        ("What happened on 12.05.2024?", "Am 12. Mai 2024 regnete es.", True),
        ("What was earned in Q3?", "它在第三季度赚了一百万。", True),
        ("Which plan has 16GB?", "The large plan has 16 GB.", True),
    ],
)
def test_a_sentence_on_another_thing_of_nearly_the_same_name_is_known(
    question: str, sentence: str, is_meant: bool
) -> None:
    assert version(question, sentence) == is_meant


def test_a_code_must_stand_somewhere_around_the_sentence() -> None:
    asked, sentence = "How much does the KX-300 lift?", "It lifts 40 tonnes."
    assert version(asked, sentence, "The crane is a KX-300.")
    assert not version(asked, sentence, "The crane is a KX-200.")
    assert not version(asked, sentence, "The crane is a KX-3000.")


@pytest.mark.parametrize(
    ("question", "article", "are_missing"),
    [
        ("What was the revenue in 2021?", "In 2023 revenue was 5 million.", True),
        ("2021年的收入是多少？", "2023年收入为五百万。", True),
        ("prezzi 2022/2023", "Prezzi della stagione 2024/2025", True),
        ("prezzi 2022/2023", "Al 30.06.2023 i prezzi erano questi.", False),
        ("What was the revenue in 2021?", "Revenue was 5 million.", False),
        ("What was the revenue in 2021?", "From 2021 to 2023 it grew.", False),
        ("Why are there gaps in the 1640s?", "Between 1642 and 1660 there was war.", False),
        ("What costs 2,021 euros?", "In 2023 it cost 2,021 euros.", False),
    ],
)
def test_an_article_on_other_years_is_known(question: str, article: str, are_missing: bool) -> None:
    assert Demands(question).are_years_missing(article) == are_missing
