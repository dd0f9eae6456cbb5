"""The articles: listed, and read at a quotation."""

from dataclasses import asdict
from http import HTTPStatus
from pathlib import Path
from typing import Annotated, Any, Literal

from fastapi import APIRouter, HTTPException, Query
from pydantic import BaseModel

from app.doors.api.services import Services
from app.doors.listing import Listed, State, list_articles
from index.errors import ArticleError
from index.folder.quotation import find_again

Place = Literal["as cited", "in place", "moved", "gone"]


class SourceEntry(BaseModel):
    """An article in the list."""

    source: str
    title: str
    language: str | None
    published: str | None
    publisher: str | None
    author: str | None
    url: str | None
    length: int | None  # of its text, in characters; null where it is not indexed
    story: str | None  # the first of the articles that print the same story; null: none do
    bytes: int | None  # of the file; null where it is gone
    # "waiting": it is in the folder and not yet in the index; "removed": the other way round.
    state: State
    problem: str | None  # why it failed, or what could not be read of it


class SourceView(BaseModel):
    """An article's text without its header, cut at the quotation."""

    source: str
    title: str
    language: str
    published: str | None
    publisher: str | None
    author: str | None
    url: str | None
    copies: list[str]  # other articles that print the same story
    before: str
    quote: str
    after: str
    start: int  # of the quotation as it stands now, in code points of the file's text
    page: int | None  # of the quotation, from 1, where the file has pages
    paragraph: int | None  # of it, from 1, where the file is no text and has no pages
    # Where the quotation stands now; "in place" if only other parts of the file have changed.
    place: Place


def sources_router(services: Services) -> APIRouter:
    """Return the routes that list and read articles."""
    router = APIRouter(prefix="/api", tags=["sources"])
    assistant, indexing = services.assistant, services.indexing

    @router.get("/sources")
    def list_sources() -> list[SourceEntry]:
        """Return the articles of the folder and of the index, in order of name."""
        listed = list_articles(assistant.library, indexing.progress.problems)
        return [_entry(each) for each in listed]

    @router.get("/sources/{source:path}")
    def read_source(
        source: str,
        start: Annotated[int, Query(ge=0)] = 0,
        end: Annotated[int | None, Query(ge=0)] = None,
        quote: str = "",
    ) -> SourceView:
        """Return an indexed article; `quote` is looked for at `start`, in code points.

        Without a quote, what stands from `start` to `end` is quoted.
        """
        articles = assistant.library.articles()
        info = articles.get(source)
        if info is None:
            raise HTTPException(HTTPStatus.NOT_FOUND, f"There is no article {source} in the index.")
        try:
            extracted, is_as_indexed = assistant.read(info)
        except (ArticleError, FileNotFoundError) as error:
            raise HTTPException(
                HTTPStatus.NOT_FOUND, f"{source} was removed or cannot be read now."
            ) from error
        text, body = extracted.text, extracted.body
        if not quote and end is not None:
            quote = text[max(start, body) : end]
        found = find_again(text, quote, start, body)
        place: Place = "moved"
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
            author=info.author,
            copies=[
                other.source
                for other in articles.values()
                if info.story is not None and other.story == info.story and other is not info
            ],
            url=info.url,
            before=text[body:found],
            quote=quote,
            after=text[found + len(quote) :],
            start=found,
            page=extracted.page(found),
            paragraph=extracted.paragraph(found),
            place=place,
        )

    return router


def _entry(listed: Listed) -> SourceEntry:
    unknown = {"title": Path(listed.source).stem} | dict.fromkeys(
        ("language", "published", "publisher", "author", "url", "length", "story")
    )
    known: dict[str, Any] = asdict(listed.info) if listed.info else unknown
    return SourceEntry.model_validate(
        known
        | {"source": listed.source, "bytes": listed.bytes}
        | {"state": listed.state, "problem": listed.problem}
    )
