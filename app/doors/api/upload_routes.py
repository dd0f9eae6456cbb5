"""Articles added to the folder and removed from it."""

from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, HTTPException, Query, Request
from pydantic import BaseModel
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile

from app.doors.api.services import Services
from index.errors import CorpusChatError, NameTakenError

MAX_FILES = 20  # in one form


class UploadResult(BaseModel):
    """Whether one uploaded file was taken."""

    name: str
    source: str | None  # its path below the folder, if it was taken
    problem: str | None  # why it was not
    is_taken_name: bool = False  # there is a file of that name; `replace` would replace it


def uploads_router(services: Services) -> APIRouter:
    """Return the routes that change the folder of articles."""
    router = APIRouter(prefix="/api", tags=["sources"])
    corpus = services.assistant.library.corpus

    def put(name: str, data: bytes, *, replace: bool) -> UploadResult:
        try:
            source = corpus.put(name, data, replace=replace)
        except CorpusChatError as error:
            taken = isinstance(error, NameTakenError)
            return UploadResult(name=name, source=None, problem=str(error), is_taken_name=taken)
        return UploadResult(name=name, source=source, problem=None)

    @router.post("/sources", status_code=HTTPStatus.ACCEPTED)
    async def add_articles(
        request: Request, is_replacing: Annotated[bool, Query(alias="replace")] = False
    ) -> list[UploadResult]:
        """Put the files of a multipart form into the folder, and index them.

        A file that cannot be read is named with the reason; the others are taken.
        """
        results = []
        async with request.form(max_files=MAX_FILES, max_fields=MAX_FILES) as form:
            for _, value in form.multi_items():
                if isinstance(value, UploadFile):
                    data = await value.read()
                    name = value.filename or ""
                    result = await run_in_threadpool(put, name, data, replace=is_replacing)
                    results.append(result)
        if not results:
            raise HTTPException(HTTPStatus.UNPROCESSABLE_ENTITY, "There is no file in the form.")
        if any(result.source for result in results):
            services.indexing.start()
        return results

    @router.delete("/sources/{source:path}", status_code=HTTPStatus.NO_CONTENT)
    def remove(source: str) -> None:
        """Delete an article's file, and take it out of the index."""
        corpus.remove(source)
        services.indexing.start()

    return router
