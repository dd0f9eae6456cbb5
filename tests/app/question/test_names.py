"""The names and figures of a question are looked for in a passage."""

import pytest

from app.question.names import names_in, share_of_names


@pytest.mark.parametrize(
    ("question", "passage", "share"),
    [
        ("How many Trainium2 chips are in Project Rainier?", "Project Rainier: trainium2.", 1),
        ("How many Trainium2 chips are in Project Rainier?", "Trainium3 in Project Rainier", 2 / 3),
        ("what is it made of", "anything", 1),
        ("Over 500,000 of what?", "500.000 de qué", 1),
        ("谁收购了Mellanox？", "Nvidia bought Mellanox.", 1),
        ("谁收购了Mellanox？", "Nvidia bought Mel.", 0),
        ("Chi governa il Perú?", "Costruito per tutti.", 0),
        ("¿Quién fundó Málaga?", "Málaga fue fundada por los fenicios.", 1),
    ],
)
def test_names_are_looked_for_in_the_passage(question: str, passage: str, share: float) -> None:
    assert share_of_names(names_in(question), passage) == pytest.approx(share)
