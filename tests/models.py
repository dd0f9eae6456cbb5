"""Chat models that say what they are told to, and the checks that go with the stand-in encoder."""

import time
from collections.abc import Iterator, Sequence
from typing import Any

from langchain_core.callbacks import CallbackManagerForLLMRun
from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessage, AIMessageChunk, BaseMessage
from langchain_core.outputs import ChatGeneration, ChatGenerationChunk, ChatResult
from pydantic import Field

from app.evidence.calibration import Curve
from app.writing.support.checker import SupportCalibration

# With `WordReader`: a statement stands where a passage has all of its words, or nearly.
BY_WORDS = SupportCalibration(Curve({"read": 2}, intercept=-7), threshold=0.5)


class ScriptedModel(BaseChatModel):
    """Says `says` a few characters at a time, then raises `error` if there is one.

    Where it is given several things to say, it says one at each call, and the last ever after.
    """

    says: list[str]
    error: Exception | None = None
    asked: list[list[BaseMessage]] = Field(default_factory=list)  # every prompt, in order
    is_speaking: bool = False
    was_stopped: bool = False  # before it had said everything
    piece: int = 3  # characters at a time
    pause: float = 0.0  # seconds before each

    @property
    def _llm_type(self) -> str:
        return "scripted"

    def _generate(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: CallbackManagerForLLMRun | None = None,
        **kwargs: Any,
    ) -> ChatResult:
        text = "".join(self._say(messages))
        return ChatResult(generations=[ChatGeneration(message=AIMessage(text))])

    def _stream(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: CallbackManagerForLLMRun | None = None,
        **kwargs: Any,
    ) -> Iterator[ChatGenerationChunk]:
        for text in self._say(messages):
            yield ChatGenerationChunk(message=AIMessageChunk(content=text))

    def _say(self, messages: list[BaseMessage]) -> Iterator[str]:
        text = self.says[min(len(self.asked), len(self.says) - 1)]
        self.asked.append(messages)
        self.is_speaking = self.was_stopped = True
        try:
            for start in range(0, len(text), self.piece):
                time.sleep(self.pause)
                yield text[start : start + self.piece]
            self.was_stopped = False
        finally:
            self.is_speaking = False
        if self.error is not None:
            raise self.error


def prompt_of(messages: Sequence[BaseMessage]) -> str:
    """Return a prompt as one text."""
    return "\n".join(message.text for message in messages)
