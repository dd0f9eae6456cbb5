"""The list of articles, and each article's text at a quotation."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from http import HTTPStatus
from pathlib import Path
from typing import Annotated, Any, Literal

from fastapi import APIRouter, HTTPException, Query
from pydantic import BaseModel

from app.doors.api.services import Services
from app.doors.listing import ArticleState, ListedArticle, list_articles
from index.errors import ArticleError
from index.folder.article import ArticleInfo
from index.folder.formats.extracted import Extracted
from index.folder.passed_over import PassedOver
from index.folder.quotation import find_again

QuotationPlace = Literal["as cited", "in place", "moved", "gone"]


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
    # "waiting": in the folder, not yet in the index; "removed": in the index, not in the folder.
    state: ArticleState
    problem: str | None  # why it failed, or which part of it could not be read


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
    start: int  # where the quotation begins now, in code points of the file's text
    page: int | None  # of the quotation, from 1, where the file has pages
    paragraph: int | None  # of the quotation, from 1, where it has no lines, pages and places
    place_name: str | None  # of the quotation, as the file names it: Sheet1!A7, 0:04:11
    # Where the quotation stands now; "in place": only other parts of the file have changed.
    place: QuotationPlace


def sources_router(services: Services) -> APIRouter:
    """Return the routes that list and read articles."""
    router = APIRouter(prefix="/api", tags=["sources"])
    assistant, indexing = services.assistant, services.indexing

    @router.get("/sources")
    def list_sources() -> list[SourceEntry]:
        """Return the articles of the folder and of the index, in order of name."""
        listed = list_articles(assistant.library, indexing.progress.problems)
        return [_entry(article) for article in listed]

    @router.get("/passed-over")
    def list_passed_over() -> list[PassedOver]:
        """Return what is in the folder and is not read, in order of name."""
        return assistant.library.corpus.passed_over()

    @router.get("/sources/{source:path}")
    def read_source(
        source: str,
        start: Annotated[int, Query(ge=0)] = 0,
        end: Annotated[int | None, Query(ge=0)] = None,
        quote: str = "",
    ) -> SourceView:
        """Return an indexed article; `quote` is looked for at `start`, in code points.

        Without a quote, the text from `start` to `end` is the quotation.
        """
        articles = assistant.library.articles()
        info = assistant.library.article(source)
        if info is None:
            raise HTTPException(HTTPStatus.NOT_FOUND, f"There is no article {source} in the index.")
        try:
            extracted, is_as_indexed = assistant.library.read(info)
        except (ArticleError, FileNotFoundError) as error:
            raise HTTPException(
                HTTPStatus.NOT_FOUND, f"{source} was removed or cannot be read now."
            ) from error
        if not quote and end is not None:
            quote = extracted.text[max(start, extracted.body) : end]
        position = find_again(extracted.text, quote, start, extracted.body)
        if position < 0:
            return _view(info, articles, extracted, "", extracted.body, "gone")
        place: QuotationPlace = "moved"
        if position == start or not quote:
            place = "as cited" if is_as_indexed else "in place"
        return _view(info, articles, extracted, quote, position, place)

    return router


def _entry(article: ListedArticle) -> SourceEntry:
    unknown = {"title": Path(article.source).stem} | dict.fromkeys(
        ("language", "published", "publisher", "author", "url", "length", "story")
    )
    known: dict[str, Any] = asdict(article.info) if article.info else unknown
    return SourceEntry.model_validate(
        known
        | {"source": article.source, "bytes": article.bytes}
        | {"state": article.state, "problem": article.problem}
    )


def _view(
    info: ArticleInfo,
    articles: Mapping[str, ArticleInfo],
    extracted: Extracted,
    quote: str,
    start: int,
    place: QuotationPlace,
) -> SourceView:
    """Return the text of an article, cut at `quote`, which begins at `start`."""
    text = extracted.text
    return SourceView(
        source=info.source,
        title=info.title,
        language=info.language,
        published=info.published,
        publisher=info.publisher,
        author=info.author,
        copies=_copies(info, articles.values()),
        url=info.url,
        before=text[extracted.body : start],
        quote=quote,
        after=text[start + len(quote) :],
        start=start,
        page=extracted.page(start),
        paragraph=extracted.paragraph(start),
        place_name=extracted.place(start),
        place=place,
    )


def _copies(info: ArticleInfo, articles: Iterable[ArticleInfo]) -> list[str]:
    """Return the sources of the other articles that print the same story."""
    return [
        other.source
        for other in articles
        if info.story is not None and other.story == info.story and other is not info
    ]
