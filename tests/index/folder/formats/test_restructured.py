"""reStructuredText is read as it is shown, Sphinx's own words included."""

from pathlib import Path

from index.folder.formats.restructured import load

TEXT = """
=========
The sauna
=========

:Author: Ada Berg
:Date: 2025-12-03

.. a comment 99

It is *open*, see :ref:`the hours <hours>`, :term:`pool` and :py:class:`~baths.Sauna`.

.. _hours:

Hours
~~~~~

.. versionadded:: 3.2
   :unknown: option

   The steam room.

.. list-table::
   :header-rows: 1

   * - Day
     - Hour
   * - Monday
     - 9

.. code-block:: python

   x = 1

.. toctree::

   other

1. Go in.
2. Sit down.

x\\ :sup:`2`
"""


def test_the_structure_is_kept() -> None:
    read = load(TEXT.encode())
    assert (read.title, read.author, read.published) == ("The sauna", "Ada Berg", "2025-12-03")
    blocks = read.text.split("\n\n")
    assert blocks[0] == "# The sauna"
    for block in (
        "It is open, see the hours, pool and baths.Sauna.",
        "## Hours",
        "3.2",
        "The steam room.",
        "| Day | Hour |\n| --- | --- |\n| Monday | 9 |",
        "```\nx = 1\n```",
        "1. Go in.\n2. Sit down.",
        "x²",
    ):
        assert block in blocks
    assert "99" not in read.text
    assert "other" not in read.text


def test_nothing_is_read_from_other_files(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("secret", encoding="utf-8")
    for directive in (f".. include:: {secret}", f".. csv-table::\n   :file: {secret}"):
        assert "secret\n" not in load(f"Hours\n\n{directive}\n".encode()).text
    problem = load(f"Hours\n\n.. include:: {secret}\n".encode()).problem
    assert problem == f"includes {secret}, which is not read here."
    assert "<b>" not in load(b"Hours\n\n.. raw:: html\n\n   <b>raw</b>\n").text


def test_what_is_written_wrongly_is_read_all_the_same() -> None:
    text = (
        "Title\n==\n\n*open and ``code\n\n.. note::\n\n+--+\n|a |\n\n:nope:`role`\n\n|no|_ end 7\n"
    )
    read = load(text.encode())
    for words in ("Title", "open and", "role", "end 7"):
        assert words in read.text
