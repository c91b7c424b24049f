"""The generator of frames, and the door's reader on the easier ones; how fast is for the bench."""

import numpy as np
import pytest

from registrations.tickets.codes import read_code
from tests.conftest import CHROMIUM
from tests.door.frames import FAMILIES, HEIGHT, SEVERITIES, WIDTH, make_frame, make_frames
from tests.door.reading import read_frame, reader_page

# Six of each family, from the easiest to where clear pictures end.
STEPS = range(0, 18, 3)
LONG = 60_000


def test_frame_is_the_same_every_time():
    first, second = make_frame("noise", 20), make_frame("noise", 20)

    assert first.text == second.text
    assert np.array_equal(first.grey, second.grey)


def test_frames_have_the_size_of_the_camera_and_codes_of_their_own():
    frames = list(make_frames(3))

    assert [frame.family for frame in frames] == [family for family in FAMILIES for _ in range(3)]
    assert {frame.grey.shape for frame in frames} == {(HEIGHT, WIDTH)} == {(480, 640)}
    assert len({read_code(frame.text) for frame in frames} - {None}) == len(frames)
    assert len(frames[0].rgba()) == 640 * 480 * 4


def test_no_two_of_all_frames_show_the_same_code(monkeypatch):
    monkeypatch.setattr("tests.door.frames.MAKERS", dict.fromkeys(FAMILIES, lambda *_: np.zeros((HEIGHT, WIDTH))))

    assert len({read_code(frame.text) for frame in make_frames()}) == len(FAMILIES) * SEVERITIES == 240


@pytest.mark.parametrize("family", ["blur", "contrast", "inverted"])
def test_hardest_frame_has_flatter_edges_than_the_easiest(family):
    easy, hard = (_steepness(make_frame(family, step).grey) for step in (0, SEVERITIES - 1))

    assert hard < easy / 2


def test_noise_grows():
    easy, hard = (_steepness(make_frame("noise", step).grey) for step in (0, SEVERITIES - 1))

    assert hard > easy * 2


def _steepness(grey: np.ndarray) -> float:
    """How much a pixel in the middle differs from the next one in its row, on average."""
    middle = grey[160:320, 240:400].astype(float)
    return float(np.abs(np.diff(middle, axis=1)).mean())


@pytest.fixture(scope="module")
def browser():
    from playwright.sync_api import sync_playwright

    from tests.browser.chromium import FLAGS

    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield running
        running.close()


@pytest.mark.browser
def test_reader_reads_the_easier_half_and_nothing_wrongly(browser):
    frames = [make_frame(family, step) for family in FAMILIES for step in STEPS]

    with reader_page(browser, frames, patience=LONG) as page:
        texts = [read_frame(page, number)[0] for number in range(len(frames))]

    assert [text for frame, text in zip(frames, texts, strict=True) if text not in {frame.text, None}] == []
    assert sum(text is not None for text in texts) == len(frames) == 48


@pytest.mark.browser
def test_reader_looks_again_at_what_is_not_clear(browser):
    unclear = [make_frame("blur", 20), make_frame("blur", 22), make_frame("contrast", 26)]

    with reader_page(browser, unclear, patience=0) as page:
        at_first = [read_frame(page, number)[0] for number in range(len(unclear))]
    with reader_page(browser, unclear, patience=LONG) as page:
        texts = [read_frame(page, number)[0] for number in range(len(unclear))]

    assert at_first == [None] * len(unclear)
    assert texts == [frame.text for frame in unclear]
