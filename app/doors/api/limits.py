"""How much a request may send."""

from http import HTTPStatus

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send


class BodyLimit:
    """Refuses what is too large, before it is read where its length is told, else as it comes."""

    def __init__(self, app: ASGIApp, *, limit: int) -> None:
        """Pass on to `app` requests of up to `limit` bytes."""
        self._app = app
        self._limit = limit

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on; reading more than is allowed raises an HTTPException."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        told = Headers(scope=scope).get("content-length", "0")
        read = 0

        async def receive_bounded() -> Message:
            nonlocal read
            if told.isdecimal() and int(told) > self._limit:
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
