"""A film of many tickets for Chromium's camera, in which every frame carries its own number.

The number stands as squares in the picture's lowest rows, so that whoever sees a frame knows which one it is: what the
page says of its speed can be held against what the camera was showing.
"""

import random
from collections.abc import Iterator, Sequence
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageDraw, ImageFilter

from registrations.tickets.qr import qr_modules

SIZE = (640, 480)
FRAMES_A_SECOND = 30  # Chromium's, for a film of JPEG frames
LEAD, EMPTY, SHOWN = 60, 9, 27
BITS, SQUARE = 14, 16
HALL, PAPER, INK = 150, 232, 45


def ticket_film(texts: Sequence[str], path: Path, *, seed: int = 4) -> Path:
    """Write to ``path`` (.mjpeg): LEAD frames of nothing, then for each text EMPTY frames and SHOWN frames with it."""
    chance = random.Random(seed)
    with path.open("wb") as film:
        for number, picture in enumerate(_pictures(texts, chance)):
            film.write(_jpeg(_numbered(picture, number)))
    return path


def looping_film(parts: Sequence[tuple[str | None, int]], path: Path, *, seed: int = 4) -> Path:
    """Write to ``path`` (.mjpeg) each text, or nothing, for so many frames; Chromium begins again at the end."""
    chance = random.Random(seed)
    with path.open("wb") as film:
        for text, frames in parts:
            picture = _held_up(text, chance) if text else Image.new("L", SIZE, HALL)
            film.write(_jpeg(picture) * frames)
    return path


def ticket_of(number: int) -> tuple[int, int] | None:
    """Which text frame ``number`` shows and how many frames of it came before; ``None`` where it shows nothing."""
    text, at = divmod(number - LEAD, EMPTY + SHOWN)
    return (text, at - EMPTY) if text >= 0 and at >= EMPTY else None


def _pictures(texts: Sequence[str], chance: random.Random) -> Iterator[Image.Image]:
    hall = Image.new("L", SIZE, HALL)
    yield from [hall] * LEAD
    for text in texts:
        yield from [hall] * EMPTY
        yield from [_held_up(text, chance)] * SHOWN


def _held_up(text: str, chance: random.Random) -> Image.Image:
    """A telephone or a paper, as straight and as sharp as people hold it: a little turned, a little soft."""
    modules = qr_modules(text)
    side, quiet = len(modules), 4
    code = Image.new("L", (side + 2 * quiet, side + 2 * quiet), PAPER)
    code.paste(_drawn(modules), (quiet, quiet))
    scale = chance.uniform(4.5, 8)
    length = round(code.width * scale)
    code = code.resize((length, length), Image.Resampling.NEAREST)
    turned = code.rotate(chance.uniform(-12, 12), Image.Resampling.BICUBIC, expand=True, fillcolor=HALL)
    frame = Image.new("L", SIZE, HALL)
    middle = (SIZE[0] - turned.width) // 2 + chance.randint(-40, 40), (SIZE[1] - turned.height) // 2 - 10
    frame.paste(turned, middle)
    return frame.filter(ImageFilter.GaussianBlur(chance.uniform(0.4, 1.2)))


def _drawn(modules: list[list[bool]]) -> Image.Image:
    drawn = Image.new("L", (len(modules), len(modules)))
    drawn.putdata([INK if dark else PAPER for row in modules for dark in row])
    return drawn


def _numbered(picture: Image.Image, number: int) -> Image.Image:
    numbered = picture.copy()
    draw = ImageDraw.Draw(numbered)
    top = SIZE[1] - SQUARE
    for bit in range(BITS):
        fill = 255 if number >> bit & 1 else 0
        draw.rectangle((bit * SQUARE, top, (bit + 1) * SQUARE - 1, SIZE[1] - 1), fill=fill)
    return numbered


def _jpeg(picture: Image.Image) -> bytes:
    file = BytesIO()
    picture.convert("RGB").save(file, "JPEG", quality=75)
    return file.getvalue()
