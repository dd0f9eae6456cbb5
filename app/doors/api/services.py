"""The services that every door uses."""

from dataclasses import dataclass

from app.assistant import Assistant
from app.doors.conversations.conversations import Conversations
from app.doors.indexing import Indexing


@dataclass(frozen=True, slots=True)
class Services:
    """The one assistant of a server, the indexing of its folder, and its conversations."""

    assistant: Assistant
    indexing: Indexing
    conversations: Conversations
