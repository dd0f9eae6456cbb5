"""Articles that print the same story are found, and no other passage is lost by it."""

from pathlib import Path

import pytest

from index.library import Library
from index.stories import are_alike, signature, stories
from tests.conftest import on_both
from tests.files import write

WIRE = (
    "BERGEN (Havn) - The port of Bergen will be closed to cruise ships for three days in May, its "
    "master said on Monday. The quay, built in 1912, has to be mended before the summer. Eleven "
    "ships had announced themselves for these days and are sent to Stavanger instead. The town "
    "loses about two million crowns by it. Fishing boats are not affected, and the ferry goes on."
)
EDITED = WIRE.replace("BERGEN (Havn) - The", "The").replace("about two million", "2 million")
OTHER = (
    "The lighthouse of Skagen is 46 metres tall and was built in 1858 from yellow bricks. A keeper "
    "lives in it with two dogs, and visitors are welcome from April to September. In winter the "
    "stairs are closed because of ice, and only the keeper climbs the 210 steps every evening. "
    "Its light is seen from twenty miles away when the air is clear, which it seldom is in autumn."
)

pytestmark = on_both


def test_a_text_is_like_its_edited_copy_and_not_like_another_text() -> None:
    assert are_alike(WIRE, EDITED)
    assert not are_alike(WIRE, OTHER)
    found = stories({n: signature(t) for n, t in (("b", WIRE), ("c", OTHER), ("a", EDITED))})
    assert found == {"a": "a", "b": "a"}


def test_chinese_is_compared_as_well() -> None:
    text = "".join(
        f"港口将在五月{day}日关闭三天，{day * 7}艘邮轮改停斯塔万格。" for day in range(1, 12)
    )
    assert stories({"a": signature(text), "b": signature("（新华社）" + text)}) == {
        "a": "a",
        "b": "a",
    }


def test_a_chain_of_edits_is_one_story_and_short_texts_are_none() -> None:
    signatures = {"1": signature(WIRE), "2": signature(EDITED), "3": signature(EDITED[:-40])}
    assert set(stories(signatures).values()) == {"1"}
    assert signature("Twelve boats are left.") == b""
    assert stories({"a": b"", "b": b""}) == {}


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """Five papers that print one story, and one that prints another."""
    for number in range(5):
        write(
            tmp_path / "papers", f"{number}.md", f"# Paper {number}\n\n{(WIRE, EDITED)[number % 2]}"
        )
    return write(tmp_path / "papers", "other.md", OTHER).parent


def test_one_copy_is_found_with_the_names_of_the_others(corpus: Path, library: Library) -> None:
    library.sync()
    found = library.find("Which ships are sent to Stavanger?", 3)
    assert [p.chunk.source for p in found].count("other.md") == 1
    assert {found[0].chunk.source, *found[0].copies} == {f"{number}.md" for number in range(5)}
    assert len(found) == 2


def test_copies_do_not_crowd_out_other_passages(corpus: Path, library: Library) -> None:
    for number in range(5, 60):
        write(corpus, f"{number}.md", f"# Paper {number}\n\n{WIRE}")
    library.sync()
    found = library.find("Which ships are sent to Stavanger when the port is closed?", 2)
    assert [bool(p.copies) for p in found] == [True, False]


def test_a_story_ends_when_its_copies_do(corpus: Path, library: Library) -> None:
    library.sync()
    found = {source: info.story for source, info in library.articles().items()}
    assert found == {f"{number}.md": "0.md" for number in range(5)} | {"other.md": None}
    for number in range(1, 5):
        (corpus / f"{number}.md").unlink()
    library.sync()
    assert {info.story for info in library.articles().values()} == {None}
