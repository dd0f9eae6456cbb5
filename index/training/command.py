"""The command line that all trainings share."""

import argparse
import sys
from collections.abc import Callable
from pathlib import Path

from index.errors import CorpusChatError

AddArguments = Callable[[argparse.ArgumentParser], None]


def add_folders(parser: argparse.ArgumentParser) -> None:
    """Add the folders of articles with questions to learn from."""
    parser.add_argument(
        "folders", type=Path, nargs="+", help="each has folders of articles with questions"
    )
    parser.add_argument(
        "--without", nargs="*", default=(), metavar="NAME", help="folders to leave out"
    )


def run(
    train: Callable[[argparse.Namespace], None],
    description: str | None,
    output: Path,
    *,
    add: AddArguments = lambda parser: None,
) -> int:
    """Train as the command line says; return 0, or 1 after an error, printed to stderr.

    `train` gets `sets` and `output`, and before them the arguments that `add` adds.
    """
    parser = argparse.ArgumentParser(
        description=description, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    add(parser)
    parser.add_argument("sets", type=Path, help="a folder of question sets in BEIR layout")
    parser.add_argument("--output", type=Path, default=output, help="the file of weights to write")
    options = parser.parse_args()
    try:
        train(options)
    except CorpusChatError as error:
        print(error, file=sys.stderr)
        return 1
    return 0
