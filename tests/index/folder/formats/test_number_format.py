"""Numbers and dates are shown as a spreadsheet program shows them."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.folder.formats.number_format import Value, show

DAY = datetime.datetime(2025, 12, 3)
EVENING = datetime.datetime(2001, 7, 9, 18, 30)


@pytest.mark.parametrize(
    ("code", "value", "shown"),
    [
        ("General", 1200000.0, "1200000"),
        ("General", 1 / 3, "0.333333333"),
        ("General", 0.1 + 0.2, "0.3"),
        ("General", True, "TRUE"),
        ("0.0%", 0.125, "12.5%"),
        ("0%", 0.285, "29%"),
        ("#,##0.00 [$€-407]", 1200.5, "1,200.50 €"),
        ('_-* #,##0.00 "€"_-', 5.5, "5.50 €"),
        ("$#,##0.00_);[Red]($#,##0.00)", -1234.5, "($1,234.50)"),
        ("#,##0;[Red]-#,##0", -5, "-5"),
        ("0.00", -33.333, "-33.33"),
        ("0", -0.2, "0"),
        ('0.00;-0.00;"none"', 0, "none"),
        ("000000", 42, "000042"),
        ('#,##0,"k"', 123456, "123k"),
        ("0.00E+00", 12345, "1.23E+04"),
        ("@", 7, "7"),
        ("# ?/?", 0.5, "0.5"),
        ("00-00-00", 123456, "123456"),
        ("[>100]0;0.0", 5, "5"),
        (";;;", 5, ""),
        ("0.00;;", -3, ""),
        ("dd.mm.yyyy", DAY, "03.12.2025"),
        ("d mmmm yyyy", DAY, "3 December 2025"),
        ('yyyy"年"m"月"d"日"', DAY, "2025年12月3日"),
        ("mm-dd-yy", DAY, "2025-12-03"),
        ("[$-F800]dddd, mmmm dd, yyyy", DAY, "2025-12-03"),
        ("yyyy-mm-dd hh:mm", EVENING, "2001-07-09 18:30"),
        ("d-mmm-yy h:mm AM/PM", EVENING, "9-Jul-01 6:30 PM"),
        ("mm:ss", datetime.time(0, 5, 7), "05:07"),
        ("[h]:mm", datetime.timedelta(hours=30), "30:00"),
    ],
)
def test_a_value_is_shown_in_its_format(code: str, value: Value, shown: str) -> None:
    assert show(value, code) == shown


@given(st.integers(-(10**10), 10**10))
def test_a_whole_number_is_never_changed(number: int) -> None:
    assert show(number, "General") == str(number)
    assert show(float(number), "0") == str(number)
    assert show(number, "#,##0.00") == f"{number:,}.00"


@given(
    st.floats(allow_nan=False, allow_infinity=False) | st.datetimes() | st.times(),
    st.text('0#?.,%E+-;yMdhms[]$"\\_* @/', max_size=12),
)
def test_any_format_shows_something_or_hides_it(
    value: float | datetime.datetime | datetime.time, code: str
) -> None:
    assert "\n" not in show(value, code)
