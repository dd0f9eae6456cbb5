"""The state of a build tells whether a sync is writing, and counts the syncs."""

import pytest

from index.store.build_state import FORM, BuildState


@pytest.mark.parametrize(
    ("generation", "is_writing", "is_built", "begun", "finished"),
    [
        (0, False, False, 1, 2),  # empty
        (1, True, False, 1, 2),  # the first sync is writing, or was killed
        (2, False, True, 3, 4),
        (3, True, True, 5, 6),  # a later sync was killed
        (6, False, True, 7, 8),
    ],
)
def test_a_sync_goes_from_one_even_generation_to_the_next(
    generation: int, is_writing: bool, is_built: bool, begun: int, finished: int
) -> None:
    state = BuildState("bag", generation, FORM)
    assert (state.is_writing, state.is_built) == (is_writing, is_built)
    assert state.begun() == BuildState("bag", begun, FORM)
    assert state.begun().is_writing
    assert state.begun().finished() == BuildState("bag", finished, FORM)
    assert not state.begun().finished().is_writing


def test_a_sync_after_a_killed_one_is_another_to_readers() -> None:
    killed = BuildState("bag", 2).begun()
    assert killed.begun() != killed


def test_a_new_build_is_empty_and_of_the_form_of_this_code() -> None:
    state = BuildState.new("bag")
    assert state == BuildState("bag", 0, FORM)
    assert not (state.is_older or state.is_newer)


def test_forms_are_compared_with_that_of_this_code() -> None:
    assert BuildState("bag", 2).is_older
    assert BuildState("bag", 2, FORM + 1).is_newer
