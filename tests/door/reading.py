"""The door's own reader in Chromium: the files that phones get, from a server of its own, fed with frames."""

import mimetypes
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

from playwright.sync_api import Browser, Page

from tests.door.frames import HEIGHT, WIDTH, Frame

STATIC = Path(__file__).parents[2] / "static"
ADDRESSES = {"worker": "/door/decode-worker.js", "wasm": "/vendor/zxing/zxing_reader.wasm"}
TYPES = {".js": "text/javascript", ".wasm": "application/wasm"}

PREPARE = """async ([addresses, patience]) => {
  const { read, prepare } = await import('/door/reader.js');
  const { createDecoder } = await import('/door/decode.js');
  await prepare(addresses.wasm);
  const decode = patience !== null ? (picture) => read(picture, patience) : await createDecoder(addresses);
  window.readFrame = async (address, width) => {
    const pixels = new Uint8ClampedArray(await (await fetch(address)).arrayBuffer());
    const picture = new ImageData(pixels, width);
    const start = performance.now();
    const text = await decode(picture);
    return [text, performance.now() - start];
  };
}"""


@contextmanager
def reader_page(browser: Browser, frames: list[Frame], *, patience: int | None = None) -> Iterator[Page]:
    """A page that reads ``frames`` as the door does, in the worker; with ``patience`` (ms), on the page."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Files, frames))
    Thread(target=server.serve_forever, daemon=True).start()
    context = browser.new_context()
    try:
        page = context.new_page()
        page.goto(f"http://127.0.0.1:{server.server_port}/")
        page.evaluate(PREPARE, [ADDRESSES, patience])
        yield page
    finally:
        context.close()
        server.shutdown()
        server.server_close()


def read_frame(page: Page, number: int) -> tuple[str | None, float]:
    """What the reader makes of frame ``number``, and the milliseconds from having its pixels to having the answer."""
    text, taken = page.evaluate("([address, width]) => readFrame(address, width)", [f"/frame/{number}", WIDTH])
    return text, taken


class _Files(BaseHTTPRequestHandler):
    """An empty page at ``/``, the frames' pixels at ``/frame/N``, and our static files."""

    def __init__(self, frames: list[Frame], *args) -> None:
        self.frames = frames
        super().__init__(*args)

    def do_GET(self) -> None:
        path = self.path.partition("?")[0]
        if path == "/":
            self._answer(b"<!doctype html><title>Reader</title>", "text/html")
        elif path.startswith("/frame/"):
            pixels = self.frames[int(path.rsplit("/", 1)[1])].rgba()
            assert len(pixels) == WIDTH * HEIGHT * 4
            self._answer(pixels, "application/octet-stream")
        elif (file := (STATIC / path.lstrip("/")).resolve()).is_file() and STATIC in file.parents:
            kind = TYPES.get(file.suffix) or mimetypes.guess_type(file.name)[0]
            self._answer(file.read_bytes(), kind or "application/octet-stream")
        else:
            self.send_error(404)

    def _answer(self, body: bytes, kind: str) -> None:
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args) -> None:
        """Nobody reads along."""
