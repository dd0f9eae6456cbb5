"""What was indexed, as a retriever of LangChain's."""

from collections.abc import Callable, Mapping

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever
from pydantic import Field

from index.folder.article import ArticleInfo
from index.search import Passage


class CorpusRetriever(BaseRetriever):
    """Finds passages; each document says where in which source it stands.

    `source`, `start`, `end` (code points of the source's text), `language` and `score` are in the
    metadata, and `title`, `published` and `url` where the article tells them.
    """

    search: Callable[[str, int], list[Passage]] = Field(exclude=True)
    articles: Callable[[], Mapping[str, ArticleInfo]] = Field(exclude=True)
    k: int = Field(ge=1)

    def _get_relevant_documents(
        self, query: str, *, run_manager: CallbackManagerForRetrieverRun
    ) -> list[Document]:
        documents = []
        found = self.search(query, self.k)
        articles = self.articles()
        for passage in found:
            chunk = passage.chunk
            info = articles.get(chunk.source)
            if info is None:  # removed a moment ago
                continue
            told = {"title": info.title, "published": info.published, "url": info.url}
            documents.append(
                Document(
                    chunk.text,
                    id=chunk.id,
                    metadata={
                        "source": chunk.source,
                        "start": chunk.start,
                        "end": chunk.end,
                        "language": chunk.language,
                        "score": passage.score,
                        **{name: value for name, value in told.items() if value is not None},
                    },
                )
            )
        return documents
