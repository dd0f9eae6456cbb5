"""What is stored of one article, and how a database keeps it."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any

from index.folder.article import ArticleInfo

_SIGNATURE = "signature"


@dataclass(frozen=True, slots=True)
class ArticleRecord:
    """What is stored of one article. Only those of its chunks count that the record names."""

    info: ArticleInfo
    chunk_ids: tuple[str, ...]
    signature: bytes = b""  # as index.stories computes it


def to_metadata(record: ArticleRecord) -> dict[str, str | int]:
    """Return what a database keeps of a record besides the ids of its chunks."""
    # Chroma keeps an old value if the new one is missing, so None is written as "".
    info = {key: "" if value is None else value for key, value in asdict(record.info).items()}
    return info | {_SIGNATURE: record.signature.hex()}


def to_document(record: ArticleRecord) -> str:
    """Return the ids of a record's chunks, a line each."""
    return "\n".join(record.chunk_ids)


def from_database(metadata: Mapping[str, Any], document: str | None) -> ArticleRecord:
    """Return the record that a database keeps so; an index of an older form lacks some of it."""
    known: dict[str, Any] = dict.fromkeys(field.name for field in fields(ArticleInfo))
    known |= {"length": 0} | {key: value for key, value in metadata.items() if value != ""}
    signature = bytes.fromhex(known.pop(_SIGNATURE, ""))
    return ArticleRecord(ArticleInfo(**known), tuple((document or "").split()), signature)
