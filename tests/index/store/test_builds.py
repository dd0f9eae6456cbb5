"""Builds are numbered, so that a later one is known by its name."""

import pytest

from index.store.builds import next_build, number_of


@pytest.mark.parametrize(
    ("current", "following"), [(None, "build-1"), ("build-1", "build-2"), ("build-9", "build-10")]
)
def test_the_next_build_has_the_next_number(current: str | None, following: str) -> None:
    assert next_build(current) == following
    assert number_of(following) == (number_of(current) if current else 0) + 1
