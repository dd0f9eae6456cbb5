"""A body that is too large is refused, before it is read or while it is."""

import asyncio
from collections.abc import Sequence

import pytest
from starlette.exceptions import HTTPException
from starlette.types import Message, Receive, Scope, Send

from app.doors.api.limits import BodyLimit

LIMIT = 3_000_000


class Body:
    """A request's body, which comes block by block."""

    def __init__(self, blocks: Sequence[int]) -> None:
        self.blocks = [bytes(size) for size in blocks]

    async def receive(self) -> Message:
        block = self.blocks.pop(0)
        return {"type": "http.request", "body": block, "more_body": bool(self.blocks)}


def length_read(body: Body, stated: str | None = None) -> int:
    """Return how many bytes an application behind the limit reads."""
    length = 0

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        nonlocal length
        has_more = True
        while has_more:
            message = await receive()
            length += len(message["body"])
            has_more = message["more_body"]

    async def send(message: Message) -> None:
        raise AssertionError("nothing is sent")

    headers = [] if stated is None else [(b"content-length", stated.encode())]
    scope = {"type": "http", "headers": headers}
    asyncio.run(BodyLimit(app, limit=LIMIT)(scope, body.receive, send))
    return length


@pytest.mark.parametrize("stated", [str(LIMIT), None])
def test_a_body_up_to_the_limit_is_read(stated: str | None) -> None:
    assert length_read(Body([LIMIT - 1, 1]), stated) == LIMIT


def test_a_body_whose_stated_length_is_too_large_is_not_read() -> None:
    body = Body([1, 1])
    with pytest.raises(HTTPException, match="At most 3 MB") as raised:
        length_read(body, str(LIMIT + 1))
    assert raised.value.status_code == 413
    assert len(body.blocks) == 2


@pytest.mark.parametrize("stated", ["1", "many", None])
def test_a_longer_body_than_stated_is_read_no_further_than_the_limit(stated: str | None) -> None:
    body = Body([LIMIT, 1, 1])
    with pytest.raises(HTTPException, match="At most 3 MB"):
        length_read(body, stated)
    assert len(body.blocks) == 1
