"""From the camera's film to a text with its times: the page's half of reading."""

import pytest
from playwright.sync_api import sync_playwright

from tests.browser.camera import film_of
from tests.browser.chromium import FLAGS
from tests.conftest import CHROMIUM
from tests.door.reading import ADDRESSES, reader_page

pytestmark = pytest.mark.browser

TEXT = "HTTPS://TORGET.EXAMPLE/T/0123456789ABCDEF"
WATCH = """async ([addresses, asPixels]) => {
  const { createDecoder, watch } = await import('/door/decode.js');
  const video = Object.assign(document.createElement('video'), { muted: true });
  document.body.append(video);
  video.srcObject = await navigator.mediaDevices.getUserMedia({ video: true });
  await video.play();
  const decode = await createDecoder(addresses);
  if (asPixels) decode.takesFrames = false;
  const seen = [];
  const heard = { frames: 0 };
  await new Promise((enough) => {
    const watching = watch(
      video,
      decode,
      (text, timing) => {
        seen.push({ text, ...timing, now: performance.now() });
        if (seen.length < 5) return;
        watching.stop();
        enough();
      },
      { onFrame: () => heard.frames++ },
    );
  });
  const atStop = heard.frames;
  await new Promise((resolve) => setTimeout(resolve, 300));
  return { seen, frames: heard.frames, after: heard.frames - atStop };
}"""


@pytest.mark.parametrize("as_pixels", [False, True], ids=["frames", "pixels"])
def test_watch_tells_what_it_read_and_when_it_was_seen(tmp_path, as_pixels):
    film = film_of(TEXT, tmp_path / "film.mjpeg")
    camera = ["--use-fake-ui-for-media-stream", "--use-fake-device-for-media-stream"]
    flags = [*FLAGS, *camera, f"--use-file-for-fake-video-capture={film}"]

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=flags)
        with reader_page(browser, []) as page:
            watched = page.evaluate(WATCH, [ADDRESSES, as_pixels])
        browser.close()

    seen = watched["seen"]
    assert [one["text"] for one in seen] == [TEXT] * 5
    # Each from a frame of its own, taken before it was read.
    assert sorted({one["seenAt"] for one in seen}) == [one["seenAt"] for one in seen]
    assert all(0 < one["decodeMs"] <= one["now"] - one["seenAt"] for one in seen)
    assert watched["frames"] >= 4
    assert watched["after"] <= 1
