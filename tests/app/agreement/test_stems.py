"""The words of a sentence are compared by their stems, without names."""

from app.agreement.stems import apposition, overlap, stems


def test_words_are_stems_and_names_are_left_out() -> None:
    assert stems("Amazon acquired smaller companies") == {"acqui", "small", "compa"}
    assert stems("亚马逊收购公司") >= {"收购", "公司"}


def test_an_apposition_explains_a_name() -> None:
    assert apposition("Jordan, a professor of statistics, spoke.") == {"profe", "stati"}
    assert apposition("Şahin, a professor of statistics, spoke.") == {"profe", "stati"}
    assert apposition("Jordan (the basketball player) spoke.") == {"baske", "playe"}
    assert apposition("Jordan spoke.") == frozenset()


def test_overlap_is_the_share_of_the_smaller_set() -> None:
    assert overlap(frozenset("ab"), frozenset("bcd")) == 0.5
    assert overlap(frozenset(), frozenset("a")) == 0.0
