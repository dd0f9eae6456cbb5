"""The terminal: python -m app index, ask, chat, status."""

import argparse
import io
import json
import sys
from collections.abc import Sequence
from typing import Any

from tqdm import tqdm

from app.assistant import Assistant
from app.question import check_question
from app.rendering import to_json, to_lines
from app.settings import Settings
from index.errors import CorpusChatError
from index.sync import SyncReport


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; return 0, or 1 after saying in one line on stderr what went wrong."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # a pipe's encoding may lack an article's letters
            stream.reconfigure(encoding="utf-8")
    options = _parser().parse_args(arguments)
    try:
        options.run(options, Settings.load())
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

    index = commands.add_parser("index", help="bring the index in step with the folder of articles")
    index.add_argument("--rebuild", action="store_true", help="build it anew, beside the old one")
    index.set_defaults(run=_index)

    ask = commands.add_parser("ask", help="answer one question")
    ask.add_argument("question")
    ask.add_argument("--json", action="store_true", help="print the whole answer as one object")
    ask.set_defaults(run=_ask)

    chat = commands.add_parser("chat", help="open the web chat")
    chat.set_defaults(run=_chat)

    status = commands.add_parser("status", help="say what is indexed, and with which model")
    status.set_defaults(run=_status)
    return parser


def _index(options: argparse.Namespace, settings: Settings) -> None:
    assistant = Assistant(settings)
    with _Bar() as bar:
        report = assistant.library.sync(
            settings.corpus_dir, rebuild=options.rebuild, progress=bar.show
        )
    _report_problems(report)
    print(
        f"{report.new} new, {report.changed} changed, {report.removed} removed, "
        f"{report.unchanged} unchanged, {len(report.problems)} with a problem; "
        f"{report.embedded} chunks embedded in {report.seconds:.1f} s."
    )


def _ask(options: argparse.Namespace, settings: Settings) -> None:
    check_question(options.question)  # before the model is loaded
    assistant = Assistant(settings)
    with _Bar() as bar:
        report = assistant.prepare(progress=bar.show)
    if report:
        _report_problems(report)
    answer = assistant.ask(options.question)
    if options.json:
        print(json.dumps(to_json(answer), ensure_ascii=False, indent=1))
    else:
        print(to_lines(answer))


def _chat(options: argparse.Namespace, settings: Settings) -> None:
    from app.web.server import serve

    serve(settings, _report_problems)


def _status(options: argparse.Namespace, settings: Settings) -> None:
    assistant = Assistant(settings)
    print(f"articles: {settings.corpus_dir}")
    print(f"index:    {settings.index_dir}")
    print(f"model:    {settings.embedding_model}")
    if not assistant.is_calibrated:
        print("          refusal is not calibrated for this model: expect it to be off")
    articles = assistant.library.articles()
    languages: dict[str, int] = {}
    for info in articles.values():
        languages[info.language] = languages.get(info.language, 0) + 1
    counts = ", ".join(f"{count} {language}" for language, count in sorted(languages.items()))
    print(f"indexed:  {len(articles)} articles ({counts}), {assistant.library.count()} chunks")


def _report_problems(report: SyncReport) -> None:
    for problem in report.problems:
        print(problem, file=sys.stderr)


class _Bar:
    """A progress bar on stderr, shown once there is something to do."""

    def __init__(self) -> None:
        self._bar: tqdm[Any] | None = None

    def show(self, done: int, total: int) -> None:
        if self._bar is None and total:
            self._bar = tqdm(total=total, desc="Indexing", unit="article", disable=None)
        if self._bar is not None:
            self._bar.update(done - self._bar.n)

    def __enter__(self) -> "_Bar":
        return self

    def __exit__(self, *_: object) -> None:
        if self._bar is not None:
            self._bar.close()
