"""CLDR's date formats become patterns."""

import pytest

from index.language.figures.date_formats import format_patterns, named
from index.language.figures.lexicon import lexicon_for


def parts(text: str, language: str) -> dict[str, str]:
    """Return the parts that the first pattern finds which finds any."""
    lexicon = lexicon_for(language)
    assert lexicon is not None
    for pattern in format_patterns(lexicon):
        if match := pattern.search(text):
            return {name: part for name, part in match.groupdict().items() if part}
    return {}


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("de", "3. März 2025", {"day": "3", "m3": "März", "year": "2025"}),
        ("de", "3 März 2025", {"day": "3", "m3": "März", "year": "2025"}),
        ("ru", "3 мая 2025", {"day": "3", "m5": "мая", "year": "2025"}),
        ("sv", "mars 2025", {"m3": "mars", "year": "2025"}),
        ("nl", "3 jan 2025", {"day": "3", "m1": "jan", "year": "2025"}),
        ("ja", "2025年", {"year": "2025"}),
        ("de", "2025", {}),
        ("de", "3", {}),
        ("vi", "tháng 12 năm 2025", {"m12": "tháng 12", "year": "2025"}),
    ],
)
def test_the_most_complete_pattern_comes_first(
    language: str, text: str, expected: dict[str, str]
) -> None:
    assert parts(text, language) == expected


def test_names_become_numbered_groups_without_those_that_have_none() -> None:
    assert named("m", [["mai", "maio"], [], ["x"]]) == "(?:(?P<m1>maio|mai)|(?P<m3>x))"
    assert named("m", [[], []]) is None
