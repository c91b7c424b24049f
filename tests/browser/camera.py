"""A film for Chromium's camera: JPEG frames one after the other (it loops), a few empty, then a code."""

from collections.abc import Sequence
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageFilter

from registrations.tickets.qr import qr_modules

SIZE = (640, 480)
EMPTY, SHOWN = 10, 40


def film_of(texts: str | Sequence[str], path: Path, *, module_px: int = 8) -> Path:
    """Write to ``path`` (.mjpeg) a film in which each of ``texts`` is shown once, with empty frames before it."""
    frames = []
    for text in [texts] if isinstance(texts, str) else texts:
        frames += [_jpeg(_hall())] * EMPTY + [_jpeg(_with_code(text, module_px))] * SHOWN
    path.write_bytes(b"".join(frames))
    return path


def _hall() -> Image.Image:
    """A grey nothing, light at the top as halls are."""
    return Image.linear_gradient("L").resize(SIZE).point(lambda value: 170 - value // 4).convert("RGB")


def _with_code(text: str, module_px: int) -> Image.Image:
    modules = qr_modules(text)
    side = len(modules)
    code = Image.new("L", (side, side), 235)
    code.putdata([40 if dark else 235 for row in modules for dark in row])
    code = code.resize((side * module_px, side * module_px), Image.Resampling.NEAREST).convert("RGB")
    frame = _hall()
    turned = code.rotate(4, expand=True, fillcolor=(150, 150, 150))
    frame.paste(turned, ((SIZE[0] - turned.width) // 2, (SIZE[1] - turned.height) // 2))
    return frame.filter(ImageFilter.GaussianBlur(0.8))


def _jpeg(picture: Image.Image) -> bytes:
    file = BytesIO()
    picture.save(file, "JPEG", quality=80)
    return file.getvalue()
