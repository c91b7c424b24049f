"""Node.js, for the tests that run the browser's code without a browser."""

import os
import shutil
import subprocess

import pytest

OLDEST = 20


def node_or_skip() -> str:
    """Where a Node.js that is new enough lies; without one the test is skipped, or fails where everything must be tested."""
    found = shutil.which("node")
    version = subprocess.run([found, "--version"], capture_output=True, text=True).stdout if found else ""
    if found and int(version.lstrip("v").split(".")[0]) >= OLDEST:
        return found
    missing = f"there is no Node.js {OLDEST} or newer on this machine"
    if os.environ.get("TORGET_BROWSER_TESTS") == "required":
        pytest.fail(missing)
    pytest.skip(missing)
