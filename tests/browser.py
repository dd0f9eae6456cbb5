"""Finds a browser for the tests of the page, and installs one where there is none.

    python -m tests.browser

That is the system's, or Playwright's own, or Debian's package.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
_PACKAGE = ("apt-get", "install", "-y", "-qq", "chromium")


def find_browser() -> str | None:
    """Return the path of a Chromium, or None."""
    system = next(filter(None, map(shutil.which, _NAMES)), None)
    if system is not None:
        return system
    with sync_playwright() as playwright:
        own = playwright.chromium.executable_path
    return own if Path(own).exists() else None


def main() -> None:
    """Install a browser where there is none; exit with 1 and a line if that fails."""
    attempts = [[sys.executable, "-m", "playwright", "install", "chromium"]]
    if shutil.which("apt-get") and os.geteuid() == 0:
        attempts += [["apt-get", "update", "-qq"], list(_PACKAGE)]
    for attempt in attempts:
        if find_browser() is not None:
            return
        print("No browser for the tests of the page:", *attempt)
        subprocess.run(attempt, check=False)
    if find_browser() is None:
        sys.exit("No browser could be installed; install Chromium, and run this again.")


if __name__ == "__main__":
    main()
