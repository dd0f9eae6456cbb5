"""A generator that is stepped through in threads is closed when its consumer leaves."""

import asyncio
import contextlib
import threading
from collections.abc import Generator

import pytest

from app.steps import stepped


class Source:
    """Yields numbers; a step can be held up."""

    def __init__(self) -> None:
        self.is_closed = threading.Event()
        self.goes_on = threading.Event()
        self.goes_on.set()

    def numbers(self) -> Generator[int, None, None]:
        try:
            for number in range(100):
                assert self.goes_on.wait(10)
                yield number
        finally:
            self.is_closed.set()


def test_everything_comes_in_order() -> None:
    async def run() -> list[int]:
        return [number async for number in stepped(Source().numbers())]

    assert asyncio.run(run()) == list(range(100))


def test_a_generator_that_is_left_between_steps_is_closed() -> None:
    source = Source()

    async def run() -> None:
        async with contextlib.aclosing(stepped(source.numbers())) as numbers:
            await anext(numbers)

    asyncio.run(run())
    assert source.is_closed.is_set()


def test_a_generator_that_is_left_within_a_step_is_closed_after_it() -> None:
    source = Source()

    async def run() -> None:
        numbers = stepped(source.numbers())
        await anext(numbers)
        source.goes_on.clear()
        waiting = asyncio.ensure_future(anext(numbers))
        await asyncio.sleep(0.05)
        waiting.cancel()
        with pytest.raises(asyncio.CancelledError):
            await waiting
        assert not source.is_closed.is_set()
        source.goes_on.set()

    asyncio.run(run())
    assert source.is_closed.wait(10)


def test_an_error_of_the_generator_reaches_its_consumer() -> None:
    def failing() -> Generator[int, None, None]:
        yield 1
        raise ValueError("two")

    async def run() -> None:
        numbers = stepped(failing())
        assert await anext(numbers) == 1
        with pytest.raises(ValueError, match="two"):
            await anext(numbers)

    asyncio.run(run())
