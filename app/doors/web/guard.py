"""Access from pages of this machine only, and limits to what a page may load."""

from collections.abc import Iterable

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

# Gradio compiles its templates in the browser, hence 'unsafe-eval' and 'unsafe-inline'. Nothing
# comes from another host, so that no article can make the page call one.
_HEADERS = {
    "Content-Security-Policy": "; ".join(
        [
            "default-src 'self'",
            "script-src 'self' 'unsafe-inline' 'unsafe-eval'",
            "style-src 'self' 'unsafe-inline'",
            "img-src 'self' data: blob:",
            "font-src 'self' data:",
            "form-action 'self'",
            "frame-ancestors 'none'",
            "object-src 'none'",
            "base-uri 'self'",
        ]
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
}

_HTTP_PORT = 80


class Guard:
    """Refuses requests that another site makes through the user's browser.

    A page from elsewhere can reach this machine's ports by a name of its own (DNS rebinding) or
    from its own origin. Both show in headers that a page cannot forge.
    """

    def __init__(self, app: ASGIApp, *, hosts: Iterable[str], port: int) -> None:
        self._app = app
        # Browsers leave out the default port.
        self._hosts = {f"{host}:{port}" if port != _HTTP_PORT else host for host in hosts}
        self._origins = {f"http://{host}" for host in self._hosts}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer 403, or pass the request on and add the headers that restrict the page."""
        if scope["type"] not in ("http", "websocket"):
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        host, origin = headers.get("host", ""), headers.get("origin")
        # Some requests from other sites, such as for images, name no origin but have this header.
        is_foreign = headers.get("sec-fetch-site") == "cross-site" and (
            headers.get("sec-fetch-mode") != "navigate"
        )
        is_other_origin = origin is not None and origin not in self._origins
        if host not in self._hosts or is_other_origin or is_foreign:
            stranger = (origin or "another site") if host in self._hosts else host
            line = f"Requests from {stranger!r} are refused; open {min(self._origins)} instead.\n"
            await PlainTextResponse(line, status_code=403)(scope, receive, send)
            return

        async def send_restricted(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(_HEADERS)
            await send(message)

        await self._app(scope, receive, send_restricted)
