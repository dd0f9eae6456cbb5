"""A notebook gives its text, its code and what the code has shown."""

import json
from typing import Any

import pytest

from index.folder.formats.extracted import UnreadableError
from index.folder.formats.notebook import load


def notebook(*cells: dict[str, Any], **about: Any) -> bytes:
    language = {"language_info": {"name": "python"}}
    return json.dumps({"cells": cells, "metadata": language | about, "nbformat": 4}).encode()


def code(source: str, *outputs: dict[str, Any]) -> dict[str, Any]:
    return {"cell_type": "code", "source": source, "outputs": list(outputs)}


def test_text_code_and_outputs_are_read() -> None:
    table = "<table><tr><th></th><th>fee</th></tr><tr><td>child</td><td>3</td></tr></table>"
    data = notebook(
        {"cell_type": "markdown", "source": ["# The fees\n", "They *rise*.\n"]},
        code("print(1 + 1)", {"output_type": "stream", "text": ["2\n"]}),
        code("fees", {"output_type": "execute_result",
                      "data": {"text/html": [table], "text/plain": "hidden 99"}}),
        code("plot()", {"output_type": "display_data",
                        "data": {"image/png": "x", "text/plain": "<Figure>"}}),
        code("1 / 0", {"output_type": "error", "ename": "ZeroDivisionError",
                       "evalue": "division by zero", "traceback": ["\x1b[31mhidden\x1b[0m"]}),
        authors=[{"name": "Ada Berg"}],
    )  # fmt: skip
    read = load(data)
    assert (read.title, read.author) == ("The fees", "Ada Berg")
    assert read.text.split("\n\n") == [
        "# The fees\nThey *rise*.",
        "```python\nprint(1 + 1)\n```",
        "```\n2\n```",
        "```python\nfees\n```",
        "|  | fee |\n| --- | --- |\n| child | 3 |",
        "```python\nplot()\n```",
        "```python\n1 / 0\n```",
        "```\nZeroDivisionError: division by zero\n```",
    ]


def test_code_with_a_fence_of_its_own_stays_code() -> None:
    assert load(notebook(code('"""\n```\n"""'))).text == '````python\n"""\n```\n"""\n````'


def test_an_older_notebook_is_read() -> None:
    cells = [
        {"cell_type": "heading", "level": 2, "source": "Fees"},
        {"cell_type": "code", "input": "1", "outputs": [{"output_type": "pyout", "text": ["1"]}]},
    ]
    data = json.dumps({"worksheets": [{"cells": cells}], "metadata": {}, "nbformat": 3}).encode()
    assert load(data).text.split("\n\n") == ["## Fees", "```\n1\n```", "```\n1\n```"]


@pytest.mark.parametrize("data", [b"{", b"[]", b'{"cells": [{}]}', b'{"cells": 1}'])
def test_what_is_no_notebook_is_named(data: bytes) -> None:
    with pytest.raises(UnreadableError, match="is damaged, or no notebook"):
        load(data)
