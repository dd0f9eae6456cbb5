"""The search over the articles, as a LangChain retriever."""

from collections.abc import Callable, Mapping

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever
from pydantic import Field

from index.folder.article import ArticleInfo
from index.search import Passage


class CorpusRetriever(BaseRetriever):
    """Finds passages; the metadata of each document says where its text stands in which source.

    It has `source`, `start`, `end` (code points of the source's text), `language` and `score`,
    and `title`, `published` and `url` where the article states them.
    """

    search: Callable[[str, int], list[Passage]] = Field(exclude=True)
    articles: Callable[[], Mapping[str, ArticleInfo]] = Field(exclude=True)
    k: int = Field(ge=1)

    def _get_relevant_documents(
        self, query: str, *, run_manager: CallbackManagerForRetrieverRun
    ) -> list[Document]:
        passages = self.search(query, self.k)
        articles = self.articles()
        return [
            _to_document(passage, articles[passage.chunk.source])
            for passage in passages
            if passage.chunk.source in articles  # else it was removed a moment ago
        ]


def _to_document(passage: Passage, info: ArticleInfo) -> Document:
    chunk = passage.chunk
    stated = {"title": info.title, "published": info.published, "url": info.url}
    return Document(
        chunk.text,
        id=chunk.id,
        metadata={
            "source": chunk.source,
            "start": chunk.start,
            "end": chunk.end,
            "language": chunk.language,
            "score": passage.score,
            **{name: value for name, value in stated.items() if value is not None},
        },
    )
