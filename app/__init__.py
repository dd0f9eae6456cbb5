"""Corpus Chat: cited answers over a folder of articles."""

from app.answer import Answer, Citation, Piece
from app.assistant import Assistant, ask
from app.question.question import QuestionError, Turn
from app.settings import Settings, SettingsError
from index.errors import CorpusChatError
from index.search import Scope

__all__ = [
    "Answer",
    "Assistant",
    "Citation",
    "CorpusChatError",
    "Piece",
    "QuestionError",
    "Scope",
    "Settings",
    "SettingsError",
    "Turn",
    "ask",
]
__version__ = "0.1.0"
