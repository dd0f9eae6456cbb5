"""An assistant answers in the words of its articles, or says that they do not say."""

import asyncio
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from app.answer import Answer, Event, Piece
from app.assistant import Assistant
from app.phrases import phrases
from app.question.question import Kind, Turn
from index.errors import CorpusError, IndexBusyError
from index.search import Scope
from tests.app.conftest import MakeAssistant
from tests.files import FARO, GANG, HARBOUR, write

ASKED = "A keeper named Ottesen looks after what?"


def assert_sound(answer: Answer, corpus: Path) -> None:
    """Assert what holds of every answer."""
    numbers = [citation.number for citation in answer.citations]
    assert numbers == list(range(1, len(numbers) + 1))
    assert all(f"[{number}]" in answer.text for number in numbers)
    for citation in answer.citations:
        text = (corpus / citation.source).read_text(encoding=citation.encoding)
        assert text[citation.start : citation.end] == citation.quote
        lines = text.split("\n")[citation.line_start - 1 : citation.line_end]
        assert citation.quote in "\n".join(lines)
    for evidence in answer.evidence:
        text = evidence.passage.chunk.text
        offset = evidence.passage.chunk.start
        assert text[evidence.start - offset : evidence.end - offset] == evidence.text
    scores = [evidence.score for evidence in answer.evidence]
    assert scores == sorted(scores, reverse=True)
    shares = [answer.probability, *scores, *(passage.score for passage in answer.passages)]
    assert all(0 <= share <= 1 for share in shares)
    assert len(answer.evidence) <= 10
    if answer.answered:
        assert answer.citations
        assert answer.reason is None
    else:
        assert answer.citations == ()
        assert answer.reason is not None


def test_a_question_is_answered_with_the_sentence_that_answers_it(
    assistant: Assistant, corpus: Path
) -> None:
    answer = assistant.ask(ASKED)
    assert answer.answered
    assert answer.citations[0].quote == "A keeper named Ottesen looks after it."
    assert answer.citations[0].source == "harbour.md"
    assert_sound(answer, corpus)


@pytest.mark.parametrize("question", ["Why do bees swarm in June?", "xyzzy", "Yksi kaksi kolme"])
def test_what_the_articles_do_not_say_is_refused(
    assistant: Assistant, corpus: Path, question: str
) -> None:
    answer = assistant.ask(question)
    assert not answer.answered
    assert answer.reason == "weak evidence"
    assert answer.text == phrases(answer.language).not_found
    assert_sound(answer, corpus)


def test_a_question_that_is_tried_out_is_judged_as_one_that_is_asked(assistant: Assistant) -> None:
    trial, answer = assistant.try_out(ASKED), assistant.ask(ASKED)
    assert trial.evidence[0].text == answer.citations[0].quote
    assert (trial.kind, trial.verdict.probability) == ("fact", answer.probability)
    assert assistant.try_out("xyzzy").verdict.reason == "weak evidence"


def test_a_follow_up_is_searched_for_with_what_it_refers_to(
    assistant: Assistant, corpus: Path
) -> None:
    history = [Turn("Who is Ottesen?", phrases("en").not_found)]
    answer = assistant.ask("What does he look after?", history=history)
    assert answer.question == "What does he look after?"
    assert answer.understood == "Who is Ottesen?\nWhat does he look after?"
    shown = "Who is Ottesen? → What does he look after?"
    assert phrases("en").understood.format(question=shown) in answer.notices
    assert answer.evidence[0].text == "A keeper named Ottesen looks after it."
    assert_sound(answer, corpus)


def test_a_follow_up_is_not_answered_by_what_answered_before(assistant: Assistant) -> None:
    asked, said = "Twelve fishing boats are left?", "Its lighthouse is 46 metres tall."
    after = assistant.ask(asked, history=[Turn("Boats?", f"The articles say:\n\n“{said}” [1]")])
    assert after.answered
    assert said not in [each.text for each in after.evidence]
    assert said in [each.text for each in assistant.ask(after.understood or "").evidence]


@pytest.mark.parametrize(
    ("encoding", "line_end"),
    [
        ("utf-8", "\r\n"), ("utf-8-sig", "\n"), ("utf-16", "\n"), ("utf-16", "\r\n"),
        ("gb18030", "\n"), ("latin-1", "\n"), ("cp1252", "\r\n"), ("utf-8", "\r"),
    ],
)  # fmt: skip
@pytest.mark.parametrize(
    ("name", "text", "question"),
    [
        ("es/faro.md", FARO, "¿Cuándo cerró el puerto de Skagen a los cargueros?"),
        ("gang.txt", GANG, "斯卡恩港哪年关闭？"),
    ],
    ids=["es", "zh"],
)
def test_citations_are_verbatim_however_the_file_is_saved(
    assistant: Assistant, corpus: Path, name: str, text: str, question: str, encoding: str,
    line_end: str,
) -> None:  # fmt: skip
    if name == "gang.txt" and encoding in ("latin-1", "cp1252"):
        encoding = "gbk"
    if name == "es/faro.md" and encoding == "gb18030":
        encoding = "utf-16-le"
    write(corpus, name, text.replace("\n", line_end), encoding)
    answer = assistant.ask(question)
    assert answer.citations[0].source == name
    assert "1987" in answer.citations[0].quote
    assert_sound(answer, corpus)


def replayed(events: Sequence[Event]) -> str:
    return "".join(event.text for event in events if isinstance(event, Piece))


@pytest.mark.parametrize("question", [ASKED, "xyzzy"], ids=["answered", "refused"])
def test_what_is_streamed_is_the_answers_text(assistant: Assistant, question: str) -> None:
    *pieces, answer = assistant.stream(question)
    assert isinstance(answer, Answer)
    assert replayed(pieces) == answer.text
    assert tuple(pieces) == answer.pieces


def test_the_async_twins_give_the_same(assistant: Assistant) -> None:
    async def collect() -> list[Event]:
        return [event async for event in assistant.astream(ASKED)]

    events = asyncio.run(collect())
    answer = asyncio.run(assistant.aask(ASKED))
    assert isinstance(events[-1], Answer)
    assert replayed(events) == events[-1].text == answer.text == assistant.ask(ASKED).text


def test_a_question_can_be_asked_of_some_articles_only(assistant: Assistant, corpus: Path) -> None:
    question = "El puerto de Skagen cerró en 1987?"
    for scope, source in (
        (Scope(languages=frozenset({"es"})), "es/faro.md"),
        (Scope(languages=frozenset({"en", "zh"})), "harbour.md"),
        (Scope(sources=frozenset({"harbour.md"})), "harbour.md"),
    ):
        answer = assistant.ask(question, scope=scope)
        assert answer.evidence[0].passage.chunk.source == source
        assert all(citation.source == source for citation in answer.citations)
        assert_sound(answer, corpus)
        assert asyncio.run(assistant.aask(question, scope=scope)).text == answer.text
        assert replayed(list(assistant.stream(question, scope=scope))) == answer.text


def test_a_scope_without_articles_leaves_nothing_to_answer_from(
    assistant: Assistant, corpus: Path
) -> None:
    answer = assistant.ask(ASKED, scope=Scope(languages=frozenset({"it"})))
    assert (answer.answered, answer.reason, answer.evidence) == (False, "no evidence", ())
    assert_sound(answer, corpus)


def test_the_articles_that_are_listed_are_those_in_the_scope(
    assistant: Assistant, taken_for: Callable[[Kind], None]
) -> None:
    taken_for("folder")
    assert "A quiet harbour" in assistant.ask("What is here?").text
    listed = assistant.ask("What is here?", scope=Scope(languages=frozenset({"es"}))).text
    assert "El puerto" in listed
    assert "A quiet harbour" not in listed


def test_threads_may_share_an_assistant(assistant: Assistant, corpus: Path) -> None:
    questions = [ASKED, "Quedan doce barcos de pesca", "xyzzy", "斯卡恩港哪年关闭？"] * 6
    with ThreadPoolExecutor(8) as threads:
        answers = list(threads.map(assistant.ask, questions))
    for question, answer in zip(questions, answers, strict=True):
        assert answer.text == assistant.ask(question).text
        assert_sound(answer, corpus)


def test_a_file_that_changed_since_is_named_and_not_quoted(
    assistant: Assistant, corpus: Path
) -> None:
    assistant.prepare()
    write(corpus, "harbour.md", HARBOUR.replace("Ottesen looks", "Hansen looks"))
    answer = assistant.ask(ASKED)
    assert any("harbour.md" in notice for notice in answer.notices)
    assert all("Ottesen" not in citation.quote for citation in answer.citations)
    assert all("Ottesen" not in evidence.text for evidence in answer.evidence)
    assert_sound(answer, corpus)


def test_a_file_that_is_gone_is_named_and_not_quoted(assistant: Assistant, corpus: Path) -> None:
    assistant.prepare()
    (corpus / "harbour.md").unlink()
    answer = assistant.ask(ASKED)
    assert any("harbour.md" in notice for notice in answer.notices)
    assert not any(citation.source == "harbour.md" for citation in answer.citations)


def test_the_first_question_indexes_and_the_next_process_picks_up_changes(
    make_assistant: MakeAssistant, corpus: Path
) -> None:
    assert make_assistant().ask(ASKED).answered
    write(corpus, "new.md", "A whale named Ole was seen.")
    answer = make_assistant().ask("Was a whale named Ole seen?")
    assert answer.citations[0].source == "new.md"


def test_while_another_writes_questions_are_answered_from_what_is_there(
    make_assistant: MakeAssistant,
) -> None:
    writer, reader = make_assistant(), make_assistant()
    asked: list[Answer] = []

    def ask(done: int, total: int) -> None:
        asked.append(reader.ask(ASKED))

    with pytest.raises(IndexBusyError):  # nothing is there yet
        writer.library.sync(progress=ask)
    writer.library.sync()
    writer.library.sync(rebuild=True, progress=ask)
    assert asked
    assert all(answer.answered for answer in asked)


def test_articles_that_cannot_be_read_leave_nothing_to_answer_from(
    assistant: Assistant, corpus: Path
) -> None:
    for file in [path for path in corpus.rglob("*") if path.is_file()]:
        file.write_bytes(b"\0")
    answer = assistant.ask(ASKED)
    assert (answer.answered, answer.reason) == (False, "no evidence")
    assert (answer.evidence, answer.passages) == ((), ())


def test_a_missing_folder_is_named(make_assistant: MakeAssistant, corpus: Path) -> None:
    corpus.rename(corpus.with_name("elsewhere"))
    with pytest.raises(CorpusError, match="There is no folder"):
        make_assistant().ask(ASKED)


def test_a_first_question_from_many_threads_indexes_once(assistant: Assistant) -> None:
    reports = []
    threads = [
        threading.Thread(target=lambda: reports.append(assistant.prepare())) for _ in range(6)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(reports) == 6
    assert sum(report is not None for report in reports) == 1


def test_what_an_article_on_other_years_says_counts_less(
    assistant: Assistant, corpus: Path
) -> None:
    write(corpus, "catch-2023.md", "The catch of herring was 40 tonnes in 2023.")
    write(corpus, "catch.md", "The catch of herring was counted.")
    assistant.prepare()
    first = assistant.ask("The catch of herring in 2023?").evidence[0]
    assert (first.source, first.signals.version) == ("catch-2023.md", 1.0)
    found = assistant.ask("The catch of herring in 2021?").evidence
    assert found[0].source == "catch.md", "nearly as good"
    assert {e.signals.version for e in found if e.source == "catch-2023.md"} == {0.0}
    order = [each.source for each in found]
    assert order.index("catch-2023.md") < order.index("gang.txt"), "far worse"


def test_two_questions_in_one_are_answered_one_by_one(assistant: Assistant) -> None:
    first, second = "The harbour of Skagen closed when?", "A keeper named Ottesen looks after what?"
    answer = assistant.ask(f"{first} {second}")
    one, other = assistant.ask(first), assistant.ask(second)
    assert answer.text.startswith(f"1. {first}")
    assert f"2. {second}" in answer.text
    assert {c.quote for c in answer.citations} == {
        c.quote for each in (one, other) for c in each.citations
    }


def test_of_two_questions_in_one_that_without_an_answer_says_so(assistant: Assistant) -> None:
    answer = assistant.ask("A keeper named Ottesen looks after what? Who is Zaphod Beeblebrox?")
    assert answer.answered
    assert answer.text.endswith(phrases("en").not_found)


def test_two_questions_that_one_sentence_answers_are_one(assistant: Assistant) -> None:
    answer = assistant.ask("The harbour of Skagen closed when? When closed Skagen?")
    assert not answer.text.startswith("1.")
    assert answer.answered
