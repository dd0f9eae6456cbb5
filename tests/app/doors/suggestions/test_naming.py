"""Names that are worth a question, and words that only have a capital."""

import pytest

from app.doors.suggestions.naming import names_worth_asking
from index.chunking import split
from tests.files import article_of


def names_in(*texts: str, language: str = "en") -> list[str]:
    """Return the names that are worth a question in articles in a language."""
    head = f"---\ntitle: x\nlanguage: {language}\n---\n"
    articles = [article_of(f"{i}.md", (head + text).encode()) for i, text in enumerate(texts)]
    return [name.text for name in names_worth_asking(c for a in articles for c in split(a))]


def test_a_name_of_one_word_stands_in_several_places() -> None:
    assert names_in("We saw Lovund. Boats go to Lovund and to Senja.") == ["Lovund"]
    assert names_in("We saw Lovund.", "Boats go to Lovund.") == ["Lovund"]


def test_a_name_of_several_words_stands_in_one() -> None:
    assert names_in("The keeper is Karen Ottesen. She rows.") == ["Karen Ottesen"]


@pytest.mark.parametrize(
    "text",
    [
        "Install it. Install the mast.",
        "## Install the Mast\n\nIt is tall.\n\n## Fasten the Mast\n\nIt is heavy.",
        "- Install it\n- Install the mast\n\n1. Step one\n2. Step two",
        "| Price | Size |\n|---|---|\n| Price | Size |\n| Price | Size |",
        "**Note** that it is tall. **Note** that it is old.",
        "Press Start to start. The button Start is red.",
        "The AI is new. Of AI much is said.",
        "```\nrun Install\nrun Install\n```",
    ],
    ids=[
        "sentence", "heading", "item", "cell", "emphasis", "small letters", "short", "code",
    ],
)  # fmt: skip
def test_a_word_that_begins_something_or_is_ordinary_is_no_name(text: str) -> None:
    assert names_in(text) == []


def test_the_calendar_has_no_names_in_any_language() -> None:
    text = "Wir kommen am Montag an. Das Boot fährt am Montag um acht nach Lovund und Lovund."
    assert "Montag" not in names_in(text, language="de")
    assert "Lovund" in names_in(f"{text} Wir sahen Lovund.", language="de")


def test_a_part_of_a_name_is_none_unless_it_mostly_stands_alone() -> None:
    whole = "We met Karen Ottesen. They saw Karen Ottesen. We thanked Ottesen, and Ottesen left."
    assert names_in(whole) == ["Karen Ottesen"]
    assert "Ottesen" in names_in(f"{whole} It was Ottesen. They met Ottesen.")


def test_a_name_is_written_as_it_mostly_is() -> None:
    assert names_in("We use Trainium 3. They use Trainium3. You use Trainium3.") == ["Trainium3"]
