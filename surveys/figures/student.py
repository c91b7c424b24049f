"""Student's t. Pure."""

from functools import lru_cache
from math import atan, cos, pi, sin, sqrt

from surveys.figures.shares import Z_95

# From here on the expansion around the normal distribution is right to ten figures.
MANY = 300


@lru_cache(maxsize=1024)
def t_95(freedom: int) -> float:
    """The number that Student's t with ``freedom`` ≥ 1 degrees stays within, up and down, in 95 cases of 100.

    Cornish and Fisher's expansion (Abramowitz & Stegun 26.7.5), corrected by the exact distribution while that is a
    short sum (26.7.3–4). Raises ValueError for fewer than 1.
    """
    if freedom < 1:
        raise ValueError("no degree of freedom")
    if freedom == 1:
        return sin(0.475 * pi) / cos(0.475 * pi)
    near = _expansion(freedom)
    if freedom >= MANY:
        return near
    low, high = 0.5 * near, 4 * near
    for _ in range(80):
        middle = (low + high) / 2
        if _within(middle, freedom) < 0.95:
            low = middle
        else:
            high = middle
    return (low + high) / 2


def _expansion(freedom: int) -> float:
    z, v = Z_95, freedom
    return (
        z
        + (z**3 + z) / (4 * v)
        + (5 * z**5 + 16 * z**3 + 3 * z) / (96 * v**2)
        + (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / (384 * v**3)
        + (79 * z**9 + 776 * z**7 + 1482 * z**5 - 1920 * z**3 - 945 * z) / (92160 * v**4)
    )


def _within(t: float, freedom: int) -> float:
    """How likely |t| is no more than ``t``, with 2 degrees or more."""
    angle = atan(t / sqrt(freedom))
    odd = freedom % 2
    term = total = cos(angle) if odd else 1.0
    for step in range(2 + odd, freedom - 1, 2):
        term *= cos(angle) ** 2 * (step - 1) / step
        total += term
    return 2 / pi * (angle + sin(angle) * total) if odd else sin(angle) * total
