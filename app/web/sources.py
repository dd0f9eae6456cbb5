"""The route that shows an article with the quoted words in their place."""

from typing import Annotated, Literal

from fastapi import APIRouter, HTTPException, Query
from pydantic import BaseModel

from app.assistant import Assistant
from index.articles import read_text
from index.errors import ArticleError
from index.header import read_header


class SourceView(BaseModel):
    """An article's text without its header, cut at the quotation."""

    source: str
    title: str
    language: str
    published: str | None
    publisher: str | None
    url: str | None
    before: str
    quote: str
    after: str
    place: Literal["as cited", "moved", "gone"]  # where the quotation stands in the file now


def sources_router(assistant: Assistant) -> APIRouter:
    """Return the routes over an assistant's articles."""
    router = APIRouter(prefix="/api/sources")

    @router.get("/{source:path}")
    def read_source(
        source: str,
        start: Annotated[int, Query(ge=0)] = 0,
        quote: str = "",
    ) -> SourceView:
        """Return an indexed article; `quote` is looked for at `start`, in code points."""
        info = assistant.library.articles().get(source)
        if info is None:
            raise HTTPException(404, f"There is no article {source} in the index.")
        try:
            text, _ = read_text(assistant.settings.corpus_dir, info)
        except (ArticleError, FileNotFoundError) as error:
            raise HTTPException(404, f"{source} was removed or cannot be read now.") from error
        body = read_header(text).end
        found = _find(text, quote, start, body)
        place: Literal["as cited", "moved", "gone"] = "as cited" if found == start else "moved"
        if found < 0:
            place, quote, found = "gone", "", body
        return SourceView(
            source=source,
            title=info.title,
            language=info.language,
            published=info.published,
            publisher=info.publisher,
            url=info.url,
            before=text[body:found],
            quote=quote,
            after=text[found + len(quote) :],
            place=place,
        )

    return router


def _find(text: str, quote: str, start: int, body: int) -> int:
    """Return where `quote` stands: at `start`, or else first in the body, or -1."""
    if not quote:
        return max(start, body)
    return start if text.startswith(quote, max(start, body)) else text.find(quote, body)
