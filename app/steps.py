"""Runs a generator step by step in threads, so that its consumer does not block."""

import asyncio
import threading
from collections.abc import AsyncGenerator, Generator
from concurrent.futures import ThreadPoolExecutor
from typing import Final, TypeVar

T = TypeVar("T")

_END: Final = object()
# Threads of our own: the event loop has few, and an answer may wait long for a language model.
_THREADS = ThreadPoolExecutor(16, thread_name_prefix="answer")


async def stepped(items: Generator[T, None, None]) -> AsyncGenerator[T, None]:
    """Yield what `items` yields.

    If the consumer leaves before the end, `items` is closed: at once, or when the step that is
    running has ended.
    """
    lock = threading.Lock()
    is_stepping = is_left = False

    def step() -> object:
        nonlocal is_stepping
        with lock:
            if is_left:
                return _END
            is_stepping = True
        try:
            return next(items, _END)
        finally:
            with lock:
                is_stepping = False
                if is_left:
                    items.close()

    try:
        loop = asyncio.get_running_loop()
        while (item := await loop.run_in_executor(_THREADS, step)) is not _END:
            yield item  # type: ignore[misc]
    finally:
        with lock:
            is_left = True
            if not is_stepping:
                items.close()
