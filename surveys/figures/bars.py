"""The geometry of a figure's bar with its intervals, for an SVG that is as wide as its place. Pure.

Positions are texts such as ``"76.06%"``: a bar needs no script and no style, and its words keep their size on a phone.
"""

from dataclasses import dataclass

from events.look.formats import percent
from surveys.figures.figure import Figure

# A label this near an end of the bar would be cut off, so that it hangs from its other side.
MARGIN = 0.12


@dataclass(frozen=True, slots=True)
class Span:
    """From ``low``, ``width`` wide, to ``high``."""

    low: str
    high: str
    width: str


@dataclass(frozen=True, slots=True)
class Bar:
    """``value`` ends the bar, ``label`` is written at ``at`` with its ``anchor`` there; spans may be ``None``."""

    value: str
    label: str
    at: str
    anchor: str
    interval: Span | None
    finite: Span | None


def bar_of(figure: Figure, language: str | None) -> Bar | None:
    """The bar of ``figure``; ``None`` where it is withheld."""
    if figure.value is None:
        return None
    anchor = "start" if figure.value < MARGIN else "end" if figure.value > 1 - MARGIN else "middle"
    return Bar(
        value=_place(figure.value),
        label=percent(figure.value, language),
        at=_place(figure.value),
        anchor=anchor,
        interval=_span(figure.interval.low, figure.interval.high) if figure.interval else None,
        finite=_span(figure.finite.low, figure.finite.high) if figure.finite else None,
    )


def _span(low: float, high: float) -> Span:
    return Span(_place(low), _place(high), _place(high - low))


def _place(share: float) -> str:
    return f"{share * 100:.2f}%"
