"""The articles: listed, read at a quotation, added and removed, and indexed."""

from dataclasses import asdict, replace
from http import HTTPStatus
from pathlib import Path
from typing import Annotated, Any, Literal

from fastapi import APIRouter, HTTPException, Query, Request
from pydantic import BaseModel
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile

from app.api.services import Services
from app.uploads import (
    MAX_FILES,
    MAX_UPLOAD_BYTES,
    NameTakenError,
    put_article,
    remove_article,
)
from index.articles import list_sources, read_text
from index.errors import ArticleError, CorpusChatError
from index.header import read_header

Place = Literal["as cited", "in place", "moved", "gone"]


class SourceEntry(BaseModel):
    """An article in the list."""

    source: str
    title: str
    language: str | None
    published: str | None
    publisher: str | None
    url: str | None
    bytes: int | None  # of the file; null where it is gone
    # "waiting": it is in the folder and not yet in the index; "removed": the other way round.
    state: Literal["indexed", "waiting", "removed", "failed"]
    problem: str | None  # why it failed, or what could not be read of it


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
    start: int  # of the quotation as it stands now, in code points of the file's text
    # Where the quotation stands now; "in place" if only other parts of the file have changed.
    place: Place


class UploadResult(BaseModel):
    """What became of one file."""

    name: str
    source: str | None  # its path below the folder, if it was taken
    problem: str | None  # why it was not
    is_taken_name: bool = False  # it would be taken with `replace`


class IndexState(BaseModel):
    """How far indexing has come."""

    is_ready: bool  # whether questions are answered
    is_working: bool
    done: int
    total: int
    error: str | None
    problems: list[str]  # a line for each file that could not be read
    articles: int
    languages: list[str]


def sources_router(services: Services) -> APIRouter:
    """Return the routes over the folder of articles and its index."""
    router = APIRouter(prefix="/api", tags=["sources"])
    assistant, indexing = services.assistant, services.indexing
    corpus = assistant.settings.corpus_dir

    @router.get("/sources")
    def list_articles() -> list[SourceEntry]:
        """Return the articles of the folder and of the index, in order of name."""
        return _entries(corpus, services)

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
        info = assistant.library.articles().get(source)
        if info is None:
            raise HTTPException(HTTPStatus.NOT_FOUND, f"There is no article {source} in the index.")
        try:
            text, is_as_indexed = read_text(corpus, info)
        except (ArticleError, FileNotFoundError) as error:
            raise HTTPException(
                HTTPStatus.NOT_FOUND, f"{source} was removed or cannot be read now."
            ) from error
        body = read_header(text).end
        if not quote and end is not None:
            quote = text[max(start, body) : end]
        found = _find(text, quote, start, body)
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
            url=info.url,
            before=text[body:found],
            quote=quote,
            after=text[found + len(quote) :],
            start=found,
            place=place,
        )

    @router.post("/sources", status_code=HTTPStatus.ACCEPTED)
    async def add_articles(
        request: Request, is_replacing: Annotated[bool, Query(alias="replace")] = False
    ) -> list[UploadResult]:
        """Put files, each a part of a multipart form, into the folder, and index them.

        Files that cannot be read are named with the reason; the others are taken.
        """
        _check_length(request)
        results = []
        async with request.form(max_files=MAX_FILES, max_fields=MAX_FILES) as form:
            for _, value in form.multi_items():
                if isinstance(value, UploadFile):
                    data = await value.read()
                    name = value.filename or ""
                    results.append(
                        await run_in_threadpool(_put, corpus, name, data, replace=is_replacing)
                    )
        if not results:
            raise HTTPException(HTTPStatus.UNPROCESSABLE_ENTITY, "There is no file in the form.")
        if any(result.source for result in results):
            indexing.start()
        return results

    @router.delete("/sources/{source:path}", status_code=HTTPStatus.NO_CONTENT)
    def remove(source: str) -> None:
        """Delete an article's file, and take it out of the index."""
        remove_article(corpus, source)
        indexing.start()

    @router.get("/index")
    def show_index() -> IndexState:
        """Say how far indexing has come, and what could not be read."""
        progress = indexing.progress
        try:
            articles = assistant.library.articles().values() if assistant.library.is_built else []
        except CorpusChatError as error:  # it is being made, or is of no use
            articles = []
            if not progress.is_working:
                progress = replace(progress, error=progress.error or str(error))
        return IndexState(
            **asdict(progress),
            is_ready=assistant.is_ready,
            articles=len(articles),
            languages=sorted({info.language for info in articles}),
        )

    @router.post("/index", status_code=HTTPStatus.ACCEPTED)
    def index_again() -> None:
        """Bring the index in step with the folder, in the background."""
        indexing.start()

    return router


def _entries(corpus: Path, services: Services) -> list[SourceEntry]:
    library = services.assistant.library
    try:
        indexed = dict(library.articles()) if library.is_built else {}
    except CorpusChatError:  # it is being made, or is of no use: `GET /api/index` says so
        indexed = {}
    sizes = {
        source: _size(corpus / source) for source in list_sources(corpus) if isinstance(source, str)
    }
    told = {}
    for line in services.indexing.progress.problems:
        # Each begins with the file it is about, whose name may hold anything.
        source = next((s for s in sizes if line.startswith(f"{s}: ")), line.partition(": ")[0])
        told[source] = line.removeprefix(f"{source}: ")
    entries = []
    for source in sorted(sizes.keys() | indexed.keys() | told.keys()):
        info = indexed.get(source)
        if info is None:
            state = "failed" if source in told else "waiting"
        else:
            state = "indexed" if source in sizes else "removed"
        known: dict[str, Any] = {"title": Path(source).stem} if info is None else asdict(info)
        entries.append(
            SourceEntry.model_validate(
                {"language": None, "published": None, "publisher": None, "url": None}
                | known
                | {"source": source, "state": state}
                | {"bytes": sizes.get(source), "problem": told.get(source)}
            )
        )
    return entries


def _size(path: Path) -> int | None:
    try:
        return path.stat().st_size
    except OSError:
        return None


def _check_length(request: Request) -> None:
    """Refuse what is too large before any of it is read."""
    length = request.headers.get("content-length", "")
    if not length.isdecimal():
        raise HTTPException(HTTPStatus.LENGTH_REQUIRED, "Say how long the upload is.")
    if int(length) > MAX_UPLOAD_BYTES:
        raise HTTPException(
            HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
            f"The upload has {int(length) / 1e6:,.0f} MB and at most "
            f"{MAX_UPLOAD_BYTES / 1e6:.0f} MB are taken at a time; send fewer files.",
        )


def _put(corpus: Path, name: str, data: bytes, *, replace: bool) -> UploadResult:
    try:
        source = put_article(corpus, name, data, replace=replace)
    except CorpusChatError as error:
        taken = isinstance(error, NameTakenError)
        return UploadResult(name=name, source=None, problem=str(error), is_taken_name=taken)
    return UploadResult(name=name, source=source, problem=None)


def _find(text: str, quote: str, start: int, body: int) -> int:
    """Return where `quote` stands in the body, nearest to `start`, or -1."""
    start = max(start, body)
    after = text.find(quote, start)
    before = text.rfind(quote, body, start + len(quote))
    if before < 0 or after < 0:
        return max(before, after)
    return after if after - start <= start - before else before
