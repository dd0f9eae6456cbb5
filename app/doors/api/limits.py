"""A limit on the size of requests."""

from http import HTTPStatus

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send


class BodyLimit:
    """Refuses too large a body: before it is read if its length is stated, else while reading."""

    def __init__(self, app: ASGIApp, *, limit: int) -> None:
        """Pass requests of up to `limit` bytes on to `app`."""
        self._app = app
        self._limit = limit

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on; reading more than is allowed raises an HTTPException."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        stated = Headers(scope=scope).get("content-length", "0")
        read = 0

        async def receive_bounded() -> Message:
            nonlocal read
            if stated.isdecimal() and int(stated) > self._limit:
                raise self._refusal()
            message = await receive()
            read += len(message.get("body", b""))
            if read > self._limit:
                raise self._refusal()
            return message

        await self._app(scope, receive_bounded, send)

    def _refusal(self) -> HTTPException:
        return HTTPException(
            HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
            f"At most {self._limit / 1e6:.0f} MB are taken at a time; send less.",
        )
