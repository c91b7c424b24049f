"""``python -m tests.door.bench_frames``: how many of the frames the door's reader reads, and how fast. Prints JSON.

Each frame by itself, in the worker that phones use; the times include the way to the worker and back.
"""

import json
import os
import statistics
import sys
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")

import django

django.setup()

from playwright.sync_api import sync_playwright  # noqa: E402

from tests.browser.chromium import FLAGS  # noqa: E402
from tests.conftest import CHROMIUM  # noqa: E402
from tests.door.frames import FAMILIES, make_frames  # noqa: E402
from tests.door.reading import read_frame, reader_page  # noqa: E402


def measure_frames() -> dict[str, Any]:
    """``frames``, ``read``, ``wrong``, ``median_ms``, ``p95_ms`` of all frames and of each family."""
    frames = list(make_frames())
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        with reader_page(browser, frames) as page:
            for number in range(0, len(frames), 8):
                read_frame(page, number)  # warm, as the reader of a guard is
            answers = [read_frame(page, number) for number in range(len(frames))]
        browser.close()
    seen = [(frame, text, taken) for frame, (text, taken) in zip(frames, answers, strict=True)]
    families = {family: _summary([one for one in seen if one[0].family == family]) for family in FAMILIES}
    return {**_summary(seen), "families": families}


def _summary(seen: list) -> dict[str, float]:
    times = sorted(taken for _, _, taken in seen)
    return {
        "frames": len(seen),
        "read": sum(text == frame.text for frame, text, _ in seen),
        "wrong": sum(text is not None and text != frame.text for frame, text, _ in seen),
        "median_ms": round(statistics.median(times), 1),
        "p95_ms": round(times[int(len(times) * 0.95)], 1),
    }


if __name__ == "__main__":
    if not CHROMIUM:
        sys.exit("There is no Chromium on this machine.")
    sys.stdout.write(json.dumps(measure_frames(), indent=2) + "\n")
