"""Gradio, imported so that it reports to nobody and needs no proxy."""

import contextlib
import os
from collections.abc import Iterator

__all__ = ["api", "gr"]

# Else it reports each launch to its makers.
os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
_NO_PROXY = ("NO_PROXY", "no_proxy")


@contextlib.contextmanager
def _without_proxies() -> Iterator[None]:
    """Hide the proxies that the environment or the system names."""
    known = {name: os.environ.get(name) for name in _NO_PROXY}
    os.environ.update(dict.fromkeys(_NO_PROXY, "*"))
    try:
        yield
    finally:
        for name, value in known.items():
            if value is None:
                os.environ.pop(name)
            else:
                os.environ[name] = value


# Gradio makes clients of the network at once, which the page never uses. They fail where a proxy's
# address is not one that they know.
with _without_proxies():
    import gradio as gr
    from gradio.events import api
