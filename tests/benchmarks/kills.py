"""Kill builds at random moments, and check that nothing is lost.

    python -m tests.benchmarks.kills [--articles 2000] [--kills 45] [--real] [--seed 0]

Every other build is the first of an index; the others index a third of the articles again, which
were changed, moved or removed. Each is killed (SIGKILL) at a random moment. The index that is left
must open and search, and the next build must end with the index of an undisturbed build: the same
articles, chunks and vectors. With --real the shipped encoder embeds, else a fast stand-in.
"""

import argparse
import contextlib
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from index.encoder.bundled_model import CACHE_DIR, NAME
from index.encoder.embedding import Encoder, SentenceTransformerEncoder
from index.errors import IndexUnavailableError
from index.library import Library
from tests.encoders import BagOfWords
from tests.files import PROJECT, Contents, assert_same, contents, library_of, write

_BUILD = """
import sys
from pathlib import Path
from tests.benchmarks.kills import encoder
from tests.files import library_of

library = library_of(Path(sys.argv[1]), Path(sys.argv[2]), encoder(sys.argv[3] == "real"))
library._encoder.encode_passages(["warm"])
print("building", flush=True)
library.sync()
"""


def main() -> None:
    """Kill, build again and compare, and print the outcomes."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=2000)
    parser.add_argument("--kills", type=int, default=45)
    parser.add_argument("--real", action="store_true")
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    draw = random.Random(options.seed)
    with tempfile.TemporaryDirectory() as name:
        trial = Trial(Path(name), options.articles, is_real=options.real)
        outcomes: Counter[str] = Counter()
        for number in range(options.kills):
            is_first = number % 2 == 0
            share = draw.random()
            outcome = trial.kill(is_first, share)
            outcomes[f"{'first' if is_first else 'later'} build, {outcome}"] += 1
            print(f"{number + 1}: {share:.0%} of a {'first' if is_first else 'later'} build: "
                  f"{outcome}", flush=True)  # fmt: skip
    for line, count in sorted(outcomes.items()):
        print(f"{count:3} {line}")
    print(f"{options.kills} killed, all ended at the undisturbed index")


def encoder(is_real: bool) -> Encoder:
    """Return the shipped encoder, or a stand-in."""
    if not is_real:
        return BagOfWords()
    return SentenceTransformerEncoder(NAME, cache_dir=CACHE_DIR)


class Trial:
    """A folder of articles before and after changes, and the index of each."""

    def __init__(self, folder: Path, articles: int, *, is_real: bool) -> None:
        """Write both folders, and build an undisturbed index of each, with its time."""
        self._folder = folder
        self._is_real = is_real
        self._corpora = {True: folder / "before", False: folder / "after"}
        for number in range(articles):
            text = f"Boat {number} has {number * 7} nets. It sails on day {number}."
            write(self._corpora[True], f"{number:05}.md", f"# Boat {number}\n\n{text}")
        shutil.copytree(self._corpora[True], self._corpora[False])
        for number in range(0, articles - 2, 9):
            file = self._corpora[False] / f"{number:05}.md"
            write(file.parent, file.name, f"# Boat {number}\n\nIt was painted in colour {number}.")
            (file.parent / f"{number + 1:05}.md").rename(file.parent / f"moved-{number}.md")
            (file.parent / f"{number + 2:05}.md").unlink()
        self._wanted: dict[bool, Contents] = {}
        self._seconds: dict[bool, float] = {}
        index = folder / "undisturbed"
        for is_first in (True, False):
            process = self._start(is_first, index)
            started = time.perf_counter()
            assert process.wait() == 0
            self._seconds[is_first] = time.perf_counter() - started
            self._wanted[is_first] = self._contents(is_first, index)
            if is_first:
                shutil.copytree(index, folder / "built")

    def kill(self, is_first: bool, share: float) -> str:
        """Kill a build after this share of its time; return the outcome."""
        index = self._folder / "killed"
        shutil.rmtree(index, ignore_errors=True)
        if not is_first:
            shutil.copytree(self._folder / "built", index)
        process = self._start(is_first, index)
        time.sleep(share * self._seconds[is_first])
        process.send_signal(signal.SIGKILL)
        was_over = process.wait() == 0
        library = self._open(is_first, index)
        try:
            found = library.find("How many nets does boat 4 have?", 5)
            outcome = "over already" if was_over else "searched" if found else "searched, empty"
        except IndexUnavailableError:
            assert is_first, "an index that was there must stay"
            outcome = "no index yet"
        library.sync()
        library.close()
        assert_same(self._contents(is_first, index), self._wanted[is_first])
        return outcome

    def _open(self, is_first: bool, index: Path) -> Library:
        return library_of(self._corpora[is_first], index, encoder(self._is_real))

    def _contents(self, is_first: bool, index: Path) -> Contents:
        with contextlib.closing(self._open(is_first, index)) as library:
            return contents(library)

    def _start(self, is_first: bool, index: Path) -> "subprocess.Popen[str]":
        kind = "real" if self._is_real else "stand-in"
        process = subprocess.Popen(
            [sys.executable, "-c", _BUILD, str(self._corpora[is_first]), str(index), kind],
            cwd=PROJECT,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert process.stdout is not None
        assert process.stdout.readline() == "building\n"
        return process


if __name__ == "__main__":
    main()
