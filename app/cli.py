"""The terminal: python -m app index, fetch, copy, ask, chat, mcp, status, eval."""

import argparse
import io
import json
import os
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any, TypeAlias

from tqdm import tqdm

from app.assistant import Assistant
from app.doors.rendering import to_lines
from app.evaluation import PARTS, EvaluationError
from app.question.question import check_question
from app.settings import PROJECT, Settings, SettingsError
from app.writing.model.failures import LanguageModelError
from index.errors import CorpusChatError, CorpusError, IndexUnavailableError
from index.folder.passed_over import PassedOver, counted
from index.library import Library
from index.sync import SyncReport

_SHOWN = 20  # lines at most of each kind

_Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; return 0, or 1 after one line on stderr that says what went wrong."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # a pipe may not encode every letter
            stream.reconfigure(encoding="utf-8")
    options = _parser().parse_args(arguments)
    try:
        try:
            options.run(options, Settings.load())
        finally:
            sys.stdout.flush()
    except BrokenPipeError:  # whoever read our output stopped: | head
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except CorpusChatError as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("Stopped.", file=sys.stderr)
        return 1
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m app",
        description="Cited answers over a folder of articles.",
        epilog="Settings are environment variables; the README lists them.",
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    _add_index(commands)
    _add_fetch(commands)
    _add_copy(commands)
    _add_ask(commands)
    chat = commands.add_parser("chat", help="open the web chat")
    chat.set_defaults(run=_chat)
    tools = commands.add_parser("mcp", help="serve the articles as tools, on standard input")
    tools.set_defaults(run=_mcp)
    _add_status(commands)
    _add_eval(commands)
    return parser


def _add_index(commands: _Commands) -> None:
    index = commands.add_parser("index", help="bring the index in step with the folder of articles")
    index.add_argument("--rebuild", action="store_true", help="build it anew, beside the old one")
    index.add_argument(
        "--watch", action="store_true", help="go on, and follow what changes in the folder"
    )
    index.set_defaults(run=_index)


def _add_fetch(commands: _Commands) -> None:
    fetch = commands.add_parser("fetch", help="save web pages into the folder of articles")
    fetch.add_argument(
        "pages", nargs="+", metavar="URL_OR_FILE", help="a URL, or a file with one in each line"
    )
    fetch.set_defaults(run=_fetch)


def _add_copy(commands: _Commands) -> None:
    copy = commands.add_parser("copy", help="copy the index in INDEX_DIR to a Chroma server")
    copy.add_argument(
        "url",
        metavar="URL",
        help="the address of the server, which may end in the name of a database; "
        "what this program had there is replaced",
    )
    copy.set_defaults(run=_copy)


def _add_ask(commands: _Commands) -> None:
    ask = commands.add_parser("ask", help="answer one question")
    ask.add_argument("question")
    ask.add_argument("--json", action="store_true", help="print the whole answer as one object")
    ask.set_defaults(run=_ask)


def _add_status(commands: _Commands) -> None:
    status = commands.add_parser("status", help="say what is indexed, and with which model")
    status.add_argument(
        "--verify", action="store_true", help="compare index and articles, and name differences"
    )
    status.set_defaults(run=_status)


def _add_eval(commands: _Commands) -> None:
    measure = commands.add_parser("eval", help="measure on questions of known outcome")
    measure.add_argument(
        "tasks",
        nargs="+",
        type=Path,
        metavar="FOLDER_OR_FILE",
        help="a folder with articles/ and questions.jsonl, a question set in BEIR layout, "
        "or a file of questions, as JSON lines, over --corpus",
    )
    measure.add_argument(
        "--corpus", type=Path, metavar="DIR", help="the folder of articles; default: CORPUS_DIR"
    )
    measure.add_argument(
        "--together", action="store_true", help="ask over the articles of all folders in one index"
    )
    measure.add_argument("--part", choices=PARTS, help="ask the questions of one part of each set")
    measure.add_argument(
        "--questions", type=_positive, metavar="N", help="ask at most N questions of each"
    )
    measure.add_argument(
        "--output",
        type=Path,
        metavar="DIR",
        default=PROJECT / "artefacts" / "eval",
        help="where figures and a plot are written; default: artefacts/eval",
    )
    measure.set_defaults(run=_eval)


def _positive(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is no whole number from 1 on")
    return int(text)


def _index(options: argparse.Namespace, settings: Settings) -> None:
    library = Assistant(settings).library
    with _Bar() as bar:
        report = library.sync(rebuild=options.rebuild, progress=bar.show)
    _report(report)
    _name_passed_over(report.passed_over)
    if options.watch:
        _watch(library)


def _watch(library: Library) -> None:
    """Sync whenever the folder changes; print errors and go on, as they may be mended."""
    print(f"Following {library.corpus.path} (Ctrl+C stops it)", flush=True)
    for _ in library.corpus.changes():
        try:
            _report(library.sync())
        except CorpusChatError as error:
            print(error, file=sys.stderr)
        sys.stdout.flush()


def _report(report: SyncReport) -> None:
    _report_problems(report)
    print(
        f"{report.new} new, {report.changed} changed, {report.moved} moved, "
        f"{report.removed} removed, "
        f"{report.unchanged} unchanged, {len(report.problems)} with a problem, "
        f"{len(report.passed_over)} not read; "
        f"{report.embedded} chunks embedded in {report.seconds:.1f} s."
    )


def _name_passed_over(passed_over: Sequence[PassedOver]) -> None:
    """Name on stderr what is not read, and why."""
    for each in passed_over[:_SHOWN]:
        print(each, file=sys.stderr)
    if others := passed_over[_SHOWN:]:
        print(f"and {len(others):,} more that are not read: {counted(others)}", file=sys.stderr)


def _fetch(options: argparse.Namespace, settings: Settings) -> None:
    from index.folder.fetching import FetchError, fetch, read_urls

    corpus = Assistant(settings).library.corpus
    failed = 0
    for url in list(read_urls(options.pages)):
        try:
            print(f"{url} -> {fetch(url, corpus)}")
        except CorpusChatError as error:
            print(error, file=sys.stderr)
            failed += 1
    if failed:
        raise FetchError(f"{failed} of the pages could not be saved.")


def _copy(options: argparse.Namespace, settings: Settings) -> None:
    here = Assistant(settings.model_copy(update={"chroma_url": None})).library
    there = Assistant(Settings.load({**os.environ, "CHROMA_URL": options.url}))
    with _Bar("Copying", "chunk") as bar:
        count = here.copy_to(there.library, progress=bar.show)
    print(f"{count:,} chunks copied; use them: CHROMA_URL={options.url}")


def _ask(options: argparse.Namespace, settings: Settings) -> None:
    check_question(options.question)  # before the model is loaded
    assistant = Assistant(settings)
    with _Bar() as bar:
        report = assistant.prepare(progress=bar.show)
    if report:
        _report_problems(report)
    answer = assistant.ask(options.question)
    if options.json:
        print(json.dumps(answer.to_json(), ensure_ascii=False, indent=1))
    else:
        print(to_lines(answer))


def _chat(options: argparse.Namespace, settings: Settings) -> None:
    from app.doors.web.server import serve

    serve(settings, _report_problems)


def _mcp(options: argparse.Namespace, settings: Settings) -> None:
    from app.doors.api.tools import build_tools

    build_tools(Assistant(settings)).run("stdio")


def _status(options: argparse.Namespace, settings: Settings) -> None:
    assistant = Assistant(settings)
    print(f"articles: {settings.corpus_dir}")
    try:
        assistant.library.corpus.listed()
    except CorpusError as error:
        print(f"          {error}")
    print(f"index:    {settings.chroma_url or settings.index_dir}")
    print(f"model:    {settings.embedding_model}")
    print(f"reader:   {settings.reader or 'none'}")
    if not assistant.is_calibrated:
        print("          refusal is not calibrated for these two: expect it to be off")
    print(f"llm:      {_llm(assistant)}")
    articles = assistant.library.articles()
    languages: dict[str, int] = {}
    for info in articles.values():
        languages[info.language] = languages.get(info.language, 0) + 1
    counts = ", ".join(f"{count} {language}" for language, count in sorted(languages.items()))
    print(f"indexed:  {len(articles)} articles ({counts}), {assistant.library.count()} chunks")
    _print_passed_over(assistant.library)
    if options.verify:
        _verify(assistant.library)


def _print_passed_over(library: Library) -> None:
    try:
        passed_over = library.corpus.passed_over()
    except CorpusChatError as error:
        print(f"not read: {error}")
        return
    print(f"not read: {len(passed_over):,}" + (f" ({counted(passed_over)})" if passed_over else ""))
    _print_some("", passed_over)


def _verify(library: Library) -> None:
    found = library.verify()
    for title, lines in (("unusable", found.problems), ("differs", found.differences)):
        _print_some(f"{title}:", lines)
    if found.differences:
        raise IndexUnavailableError(
            f"The index differs from the articles in {len(found.differences):,} points; "
            "bring it in step: python -m app index"
        )
    print("verified: the index has what can be read of the articles, as they are")


def _print_some(title: str, lines: Sequence[object]) -> None:
    """Print lines behind a title, and how many more there are."""
    for number, line in enumerate(lines[:_SHOWN]):
        print(f"{title if not number else '':<10}{line}")
    if len(lines) > _SHOWN:
        print(f"{'':<10}and {len(lines) - _SHOWN:,} more")


def _llm(assistant: Assistant) -> str:
    """Return a line: which language model is set, and what it says to a short question."""
    settings = assistant.settings
    if settings.llm is None:
        return "none: answers are quotations"
    address = f" at {settings.llm_base_url}" if settings.llm_base_url else ""
    name = f"{settings.llm}{address}"
    started = time.monotonic()
    try:
        said = assistant.check_model()
    except SettingsError as error:
        return str(error)
    except LanguageModelError as error:
        return f"{name}: {error}"
    return f"{name}: answered “{said}” after {time.monotonic() - started:.1f} s"


def _eval(options: argparse.Namespace, settings: Settings) -> None:
    try:
        from app.evaluation.metrics import measure
        from app.evaluation.questions import read_task, together
        from app.evaluation.report import Report, check_writable, to_table, write_report
        from app.evaluation.run import ask_all
    except ModuleNotFoundError as error:
        if error.name is None or error.name.startswith(("app.", "index.")):
            raise
        raise EvaluationError(
            f"Measuring needs the package {error.name}: pip install -r requirements-eval.txt"
        ) from None
    corpus = options.corpus or settings.corpus_dir
    tasks = [
        read_task(path, corpus=corpus, part=options.part, limit=options.questions)
        for path in options.tasks
    ]
    if options.together:
        tasks = [together(tasks)]
    check_writable(options.output)  # before the long work
    report = Report.start(settings, part=options.part)
    for task in tasks:
        with (
            _Bar(f"Indexing {task.name}") as indexing,
            _Bar(f"Asking {task.name}", "question") as asking,
        ):
            outcomes = ask_all(task, settings, indexing=indexing.show, asking=asking.show)
        report = report.add(task, measure(task, outcomes), outcomes)
        print(to_table(report.results[-1].figures), end="\n\n")
        write_report(report, options.output)  # after each: the next may take hours
    print(f"Written to {options.output}.")


def _report_problems(report: SyncReport) -> None:
    if report.mended:
        print(f"{report.mended} It was built anew.", file=sys.stderr)
    for problem in report.problems:
        print(problem, file=sys.stderr)


class _Bar:
    """A progress bar on stderr; it appears once there is work to count."""

    def __init__(self, doing: str = "Indexing", unit: str = "article") -> None:
        self._doing = doing
        self._unit = unit
        self._bar: tqdm[Any] | None = None

    def show(self, done: int, total: int) -> None:
        if self._bar is None and total:
            self._bar = tqdm(total=total, desc=self._doing, unit=self._unit, disable=None)
        if self._bar is not None:
            self._bar.update(done - self._bar.n)

    def __enter__(self) -> "_Bar":
        return self

    def __exit__(self, *_: object) -> None:
        if self._bar is not None:
            self._bar.close()
