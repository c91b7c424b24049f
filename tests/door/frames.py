"""Frames as a cheap camera in a bad hall gives them: 240 of them, each with a code of its own. Deterministic.

Eight families of thirty, from easy to hopeless: what is asked of the reader is where in each family it gives up. The
severities were set before the reader was tuned, so that zxing-cpp with its own settings reads some five of six.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from math import cos, pi, radians, sin

import numpy as np
from numpy.random import Generator
from PIL import Image

from registrations.tickets.codes import encode
from registrations.tickets.qr import qr_modules

WIDTH, HEIGHT = 640, 480
FAMILIES = ("blur", "motion", "rotation", "contrast", "perspective", "noise", "inverted", "distance")
SEVERITIES = 30
SEED = 20270324
# Drawn this much larger and then averaged, as a sensor's cells do.
FINE = 2
# A tilted card is seen from this far, in frame pixels: a phone's lens at arm's length.
LENS = 700.0


@dataclass(frozen=True)
class Frame:
    """``grey`` is HEIGHT × WIDTH in 0–255; ``severity`` runs from 0 (easy) to 1."""

    family: str
    severity: float
    text: str
    grey: np.ndarray

    def rgba(self) -> bytes:
        """As a canvas holds it: four bytes a pixel, row by row."""
        pixels = np.full((HEIGHT, WIDTH, 4), 255, dtype=np.uint8)
        pixels[..., :3] = self.grey[..., None]
        return pixels.tobytes()


@dataclass(frozen=True)
class Card:
    """How the code is held: pixels a module, turn and tilt in degrees, and what is dark and light on it."""

    module_px: float = 5.0
    turn: float = 0.0
    tilt: float = 0.0
    tilt_axis: float = 0.0
    dark: float = 30.0
    light: float = 225.0


def make_frames(severities: int = SEVERITIES) -> Iterator[Frame]:
    """All frames, family by family; with fewer ``severities`` every n-th of the same frames, the easy ones first."""
    for family in FAMILIES:
        for step in range(0, SEVERITIES, SEVERITIES // severities):
            yield make_frame(family, step)


def make_frame(family: str, step: int) -> Frame:
    """Frame ``step`` (0 ≤ step < SEVERITIES) of ``family``: always the same one."""
    rng = np.random.default_rng([SEED, FAMILIES.index(family), step])
    severity = step / (SEVERITIES - 1)
    text = f"HTTPS://TORGET.EXAMPLE/T/{encode(int.from_bytes(rng.bytes(10), 'big'))}"
    light = MAKERS[family](text, severity, rng)
    grey = np.clip(np.rint(light), 0, 255).astype(np.uint8)
    return Frame(family, severity, text, grey)


# --- The families --------------------------------------------------------------------------------------------------


def _blur(text: str, severity: float, rng: Generator) -> np.ndarray:
    """Out of focus: the spread in modules is what counts."""
    card = Card(module_px=rng.uniform(4, 6), turn=rng.uniform(-8, 8))
    spread = card.module_px * _between(0.1, 0.75, severity)
    return _sensor(_gaussian(_scene(text, card, rng), spread), rng)


def _motion(text: str, severity: float, rng: Generator) -> np.ndarray:
    """A hand that does not wait, in any direction."""
    card = Card(module_px=rng.uniform(4, 6), turn=rng.uniform(-8, 8))
    length = card.module_px * _between(0.3, 2.0, severity)
    return _sensor(_smeared(_scene(text, card, rng), length, rng.uniform(0, pi)), rng)


def _rotation(text: str, severity: float, rng: Generator) -> np.ndarray:
    """Any angle; ever smaller and softer."""
    card = Card(module_px=_between(6, 2, severity), turn=rng.uniform(0, 360))
    return _sensor(_gaussian(_scene(text, card, rng), _between(0.5, 1.2, severity)), rng, sigma=4)


def _contrast(text: str, severity: float, rng: Generator) -> np.ndarray:
    """A dimmed screen or grey print, with light that falls off to one side."""
    half = _between(80, 3, severity**0.7)
    middle = rng.uniform(90, 150)
    card = Card(module_px=rng.uniform(4, 6), turn=rng.uniform(-15, 15), dark=middle - half, light=middle + half)
    scene = _gaussian(_scene(text, card, rng), 0.8)
    return _sensor(scene * _falloff(rng, _between(0.2, 0.8, severity)), rng, sigma=3)


def _perspective(text: str, severity: float, rng: Generator) -> np.ndarray:
    """Held askew, about any axis."""
    card = Card(
        module_px=rng.uniform(4.5, 6),
        turn=rng.uniform(-20, 20),
        tilt=_between(10, 72, severity),
        tilt_axis=rng.uniform(0, 360),
    )
    return _sensor(_gaussian(_scene(text, card, rng), 0.7), rng)


def _noise(text: str, severity: float, rng: Generator) -> np.ndarray:
    """A sensor in the dark: grain, and cells that are white or black."""
    card = Card(module_px=rng.uniform(4, 6), turn=rng.uniform(-8, 8))
    seen = _sensor(_gaussian(_scene(text, card, rng), 0.6), rng, sigma=_between(8, 75, severity))
    fate = rng.random(seen.shape)
    share = _between(0, 0.05, severity)
    seen[fate < share] = 255
    seen[fate > 1 - share / 2] = 0
    return seen


def _inverted(text: str, severity: float, rng: Generator) -> np.ndarray:
    """White on black, as a dark theme shows it, with a little of everything else."""
    half = _between(95, 25, severity)
    card = Card(
        module_px=_between(6, 2.8, severity),
        turn=rng.uniform(0, 360),
        tilt=_between(0, 40, severity),
        tilt_axis=rng.uniform(0, 360),
        dark=110 + half,
        light=110 - half,
    )
    scene = _gaussian(_scene(text, card, rng), _between(0.5, 1.5, severity))
    return _sensor(scene, rng, sigma=_between(2, 8, severity))


def _distance(text: str, severity: float, rng: Generator) -> np.ndarray:
    """Held too far away; a lamp's glare lies on every third, a thumb's tip on every third."""
    card = Card(module_px=_between(4, 1.2, severity), turn=rng.uniform(-25, 25))
    middle = _somewhere(rng)
    scene = _scene(text, card, rng, middle)
    kind = rng.integers(3)
    if kind:
        size = 29 * card.module_px
        spot = _spot(middle + rng.uniform(-0.4, 0.4, 2) * size, size * _between(0.05, 0.12, severity))
        scene = scene * (1 - spot) + (250 if kind == 1 else 120) * spot
    return _sensor(_gaussian(scene, 0.6), rng, sigma=3)


MAKERS: dict[str, Callable[[str, float, Generator], np.ndarray]] = {
    "blur": _blur,
    "motion": _motion,
    "rotation": _rotation,
    "contrast": _contrast,
    "perspective": _perspective,
    "noise": _noise,
    "inverted": _inverted,
    "distance": _distance,
}


# --- What they are made of -----------------------------------------------------------------------------------------


def _between(easy: float, hard: float, severity: float) -> float:
    return easy + (hard - easy) * severity


def _somewhere(rng: Generator) -> np.ndarray:
    """Near the middle, as people aim."""
    return np.array([WIDTH / 2, HEIGHT / 2]) + rng.uniform(-40, 40, 2)


def _scene(text: str, card: Card, rng: Generator, middle: np.ndarray | None = None) -> np.ndarray:
    """The card with the code, its centre at ``middle``, in front of a hall."""
    modules = np.array(qr_modules(text))
    looks = _seen_from(card, len(modules), _somewhere(rng) if middle is None else middle)
    picture = Image.fromarray(np.where(modules, card.dark, card.light).astype(np.float32))
    size = (WIDTH * FINE, HEIGHT * FINE)
    fine = np.asarray(picture.transform(size, Image.Transform.PERSPECTIVE, looks, Image.Resampling.NEAREST))
    # Pillow leaves 0 where the card is not; no ink is that black.
    covered = _averaged((fine > 0).astype(np.float32))
    return _averaged(fine) + (1 - covered) * _hall(rng)


def _averaged(fine: np.ndarray) -> np.ndarray:
    """Each pixel the mean of its FINE × FINE fine ones."""
    cells = [fine[down::FINE, across::FINE] for down in range(FINE) for across in range(FINE)]
    return sum(cells) / np.float32(FINE * FINE)


def _seen_from(card: Card, side: int, middle: np.ndarray) -> list[float]:
    """The eight numbers that take a fine pixel to the module that it shows, as Pillow wants them."""
    turn, tilt, axis = radians(card.turn), radians(card.tilt), radians(card.tilt_axis)
    flat = np.array([[cos(turn), -sin(turn), 0], [sin(turn), cos(turn), 0], [0, 0, 1]])
    x, y, c, s = cos(axis), sin(axis), cos(tilt), sin(tilt)
    # Rodrigues: a turn by the tilt about an axis that lies in the picture.
    about = [
        [c + x * x * (1 - c), x * y * (1 - c), y * s],
        [x * y * (1 - c), c + y * y * (1 - c), -x * s],
        [-y * s, x * s, c],
    ]
    across, down, deep = np.array(about) @ flat
    # The card lies in the plane z = 0: the third columns are of no account.
    seen = np.array([[*across[:2], 0], [*down[:2], 0], [*deep[:2] / LENS, 1]])
    onto_card = np.diag([card.module_px, card.module_px, 1]) @ [[1, 0, -side / 2], [0, 1, -side / 2], [0, 0, 1]]
    onto_frame = np.diag([FINE, FINE, 1]) @ [[1, 0, middle[0]], [0, 1, middle[1]], [0, 0, 1]]
    back = np.linalg.inv(onto_frame @ seen @ onto_card)
    return list((back / back[2, 2]).ravel()[:8])


def _hall(rng: Generator) -> np.ndarray:
    """What is behind: lighter at the top, with people and stands as soft boxes."""
    rows = np.linspace(rng.uniform(140, 190), rng.uniform(60, 110), HEIGHT // 4, dtype=np.float32)
    hall = np.repeat(rows[:, None], WIDTH // 4, axis=1)
    for _ in range(12):
        left, top = rng.integers(0, WIDTH // 4 - 10), rng.integers(0, HEIGHT // 4 - 10)
        width, height = rng.integers(5, 50, 2)
        hall[top : top + height, left : left + width] += rng.uniform(-60, 60)
    soft = Image.fromarray(_gaussian(np.clip(hall, 10, 245), 1))
    return np.asarray(soft.resize((WIDTH, HEIGHT), Image.Resampling.BICUBIC))


def _gaussian(picture: np.ndarray, sigma: float) -> np.ndarray:
    """Softened by ``sigma`` pixels, along the columns and then along the rows."""
    reach = int(sigma * 3.5) + 1
    weights = np.exp(-(np.arange(-reach, reach + 1) ** 2) / (2 * sigma**2))
    weights = (weights / weights.sum()).astype(np.float32)
    for _ in range(2):
        wide = np.pad(picture, ((reach, reach), (0, 0)), mode="edge")
        height = len(picture)
        picture = sum(weight * wide[at : at + height] for at, weight in enumerate(weights)).T
    return picture


def _smeared(picture: np.ndarray, length: float, angle: float) -> np.ndarray:
    """The mean of what the sensor saw while the picture moved ``length`` pixels."""
    steps = max(2, int(length * 3))
    image = Image.fromarray(picture)
    total = np.zeros_like(picture)
    for at in np.linspace(-length / 2, length / 2, steps):
        shift = (1, 0, at * cos(angle), 0, 1, at * sin(angle))
        moved = image.transform(image.size, Image.Transform.AFFINE, shift, Image.Resampling.BILINEAR)
        total += np.asarray(moved)
    return total / steps


def _falloff(rng: Generator, depth: float) -> np.ndarray:
    """Light that falls from 1 to 1 − ``depth`` across the picture, from any side."""
    angle = rng.uniform(0, 2 * pi)
    y, x = np.mgrid[0:HEIGHT, 0:WIDTH]
    along = (x - WIDTH / 2) * cos(angle) + (y - HEIGHT / 2) * sin(angle)
    along = (along - along.min()) / (along.max() - along.min())
    return 1 - depth * along


def _spot(offset: np.ndarray, radius: float) -> np.ndarray:
    """1 in a disc that lies ``offset`` from the middle, soft at the edge, 0 elsewhere."""
    y, x = np.mgrid[0:HEIGHT, 0:WIDTH]
    away = np.hypot(x - WIDTH / 2 - offset[0], y - HEIGHT / 2 - offset[1])
    return np.clip((radius - away) / 3 + 0.5, 0, 1)


def _sensor(picture: np.ndarray, rng: Generator, sigma: float = 2) -> np.ndarray:
    """The grain that every sensor has."""
    return picture + rng.normal(0, sigma, picture.shape)
