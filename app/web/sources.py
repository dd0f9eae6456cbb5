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
    # Where the quotation stands now; "in place" if only other parts of the file have changed.
    place: Literal["as cited", "in place", "moved", "gone"]


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
            text, is_as_indexed = read_text(assistant.settings.corpus_dir, info)
        except (ArticleError, FileNotFoundError) as error:
            raise HTTPException(404, f"{source} was removed or cannot be read now.") from error
        body = read_header(text).end
        found = _find(text, quote, start, body)
        place: Literal["as cited", "in place", "moved", "gone"] = "moved"
        if found < 0:
            place, quote, found = "gone", "", body
        elif found == start or not quote:
            place = "as cited" if is_as_indexed else "in place"
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
    """Return where `quote` stands in the body, nearest to `start`, or -1."""
    start = max(start, body)
    after = text.find(quote, start)
    before = text.rfind(quote, body, start)
    if before < 0 or after < 0:
        return max(before, after)
    return after if after - start <= start - before else before
