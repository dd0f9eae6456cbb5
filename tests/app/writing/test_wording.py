"""What is quoted is shown without Markdown's marks, and a row with the heads of its columns."""

import pytest

from app.evidence.evidence import Part
from app.writing.wording import wording
from tests.app.evidence.test_surroundings import evidence_of

LIST = "- **Wipe** it:\n  - after use;\n  - at [night](http://a.b).\n- Empty it."
CODE = "```\nmake **all**\n```"


@pytest.mark.parametrize(
    ("text", "words", "part", "shown"),
    [
        ("One.", "One.", "itself", "One."),
        ("It is **very**\n*red*.", "It is **very**\n*red*.", "itself", "It is very red."),
        ("It is `x * y`.", "It is `x * y`.", "itself", "It is x * y."),
        ("See [this](http://a.b).", "See [this](http://a.b).", "itself", "See this."),
        (
            "See [[Port]] or [[Port|this]].",
            "See [[Port]] or [[Port|this]].",
            "itself",
            "See Port or this.",
        ),
        ("Try `[[ -f x ]]` <!-- y -->\\[[1]].", "Try `[[ -f x ]]`", "itself", "Try [[ -f x ]]"),
        ("**It is. It was.**", "**It is.", "itself", "It is."),
        ("2 * 3 * 4.", "2 * 3 * 4.", "itself", "2 * 3 * 4."),
        (LIST, "Empty it.", "whole", "- Wipe it:\n  - after use;\n  - at night.\n- Empty it."),
        (f"> {LIST}".replace("\n", "\n> "), "Empty it.", "itself", "Empty it."),
        (CODE, "make **all**", "itself", "make **all**"),
        (
            "1. Run:\n\n   ```sh\n   ls\n   ```\n2. Stop.",
            "Stop.",
            "whole",
            "1. Run:\n\n   ls\n2. Stop.",
        ),
        ("**Is it safe?** It\nis. Mostly.", "Mostly.", "whole", "It is. Mostly."),
        (
            "| Code | Do |\n|---|---|\n| E1 | **Fill** |",
            "| E1 | **Fill** |",
            "itself",
            "Code: E1 · Do: Fill",
        ),
        ("| | K2 |\n|---|---|\n| Tank | 1 l |", "| Tank | 1 l |", "itself", "Tank · K2: 1 l"),
        ("| A | B |\n|--|--|\n| x\\|y | |", "| x\\|y | |", "itself", "A: x|y"),
        ("A | B\n--|--\nx | y", "x | y", "itself", "A: x · B: y"),
        ("| A | B |\n|--|--|\n| x | y |", "| x | y |", "whole", "A · B\nA: x · B: y"),
    ],
)
def test_wording(text: str, words: str, part: Part, shown: str) -> None:
    evidence = evidence_of(text, words).part(part)
    assert evidence is not None
    assert wording(evidence) == shown
