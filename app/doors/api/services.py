"""What every door opens to."""

from dataclasses import dataclass

from app.assistant import Assistant
from app.doors.conversations.conversations import Conversations
from app.doors.indexing import Indexing


@dataclass(frozen=True, slots=True)
class Services:
    """The one assistant of a server, what keeps its index in step, and what is kept."""

    assistant: Assistant
    indexing: Indexing
    conversations: Conversations
