"""Small multiples of a question's figure, group by group: a drawing for pages, as SVG. Pure.

A point for each group with its interval as a thin bar, its value written beside it, one panel for each dimension. Altair
describes it and vl-convert draws it, without a browser. What comes out is cleaned for our pages: no script, no link and
no style in it, and classes in place of colours, so that the page's own styles (light, dark, print) reach it.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from xml.etree import ElementTree

from events.look.formats import for_xml

SVG = "http://www.w3.org/2000/svg"
WIDTH, STEP = 300, 26
LONGEST_LABEL, NAME_ROOM = 170, 24
# Colours that stand for a class, and are taken out of the drawing.
INK, MUTED, HUE, LINE = "#000001", "#000002", "#000003", "#000004"
CLASSES = {INK: "chart-ink", MUTED: "chart-muted", HUE: "chart-hue", LINE: "chart-line"}
ELEMENTS = {"svg", "g", "path", "rect", "line", "text", "circle", "title", "desc"}
ATTRIBUTES = {
    "viewBox", "d", "x", "y", "x1", "x2", "y1", "y2", "width", "height", "transform", "text-anchor", "font-size",
    "font-weight", "stroke-width", "stroke-dasharray", "opacity", "r", "cx", "cy", "dx", "dy", "rx", "ry",
}  # fmt: skip
_COLOUR = re.compile(r"^#[0-9a-fA-F]{3,8}$|^[a-z]+$")


@dataclass(frozen=True, slots=True)
class Mark:
    """A group: its name, its value with the words for it, and the limits of its interval (``None``: none)."""

    name: str
    value: float
    words: str
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class Panel:
    """One dimension's groups, under its name."""

    name: str
    marks: tuple[Mark, ...]


def draw(panels: Sequence[Panel], *, title: str, description: str, ends: tuple[float, float], overall: float) -> str:
    """The SVG of ``panels``, each on the same axis from ``ends`` to ``ends`` with a line at the ``overall`` value."""
    import altair as alt
    import vl_convert

    charts = [_panel(alt, panel, ends, overall) for panel in panels]
    # Browsers set the names a little wider than the renderer measures them.
    chart = alt.vconcat(*charts, spacing=28, padding={"left": NAME_ROOM, "top": 5, "right": 5, "bottom": 5})
    chart = chart.configure(font="Inter Variable, Inter, sans-serif")
    chart = chart.configure_view(stroke=None).configure_title(anchor="start", color=INK, fontSize=14, fontWeight=600)
    return clean(vl_convert.vegalite_to_svg(chart.to_dict(validate=False)), title, description)


def _panel(alt, panel: Panel, ends: tuple[float, float], overall: float):  # type: ignore[no-untyped-def]
    rows = [
        {
            "name": for_xml(mark.name),
            "value": mark.value,
            "words": for_xml(mark.words),
            "low": mark.value if mark.low is None else mark.low,
            "high": mark.value if mark.high is None else mark.high,
        }
        for mark in panel.marks
    ]
    base = alt.Chart(alt.Data(values=rows))
    scale = alt.Scale(domain=list(ends), nice=False)
    ticks = alt.Axis(labels=False, ticks=False, domainColor=LINE, gridColor=LINE, tickCount=4, title=None)
    names = alt.Axis(
        title=None,
        ticks=False,
        domain=False,
        labelColor=INK,
        labelFontSize=13,
        labelLimit=LONGEST_LABEL,
        labelPadding=8,
    )
    y = alt.Y("name:N", sort=None, axis=names)
    across = alt.Chart(alt.Data(values=[{"all": overall}])).mark_rule(color=MUTED, strokeDash=[3, 3])
    return alt.layer(
        across.encode(x=alt.X("all:Q", scale=scale, axis=ticks)),
        base.mark_rule(color=HUE, strokeWidth=2).encode(x=alt.X("low:Q", scale=scale, axis=ticks), x2="high:Q", y=y),
        base.mark_point(filled=True, color=HUE, size=70, opacity=1).encode(x="value:Q", y=y),
        base.mark_text(color=INK, align="left", fontSize=13).encode(x=alt.value(WIDTH + 10), y=y, text="words:N"),
    ).properties(title=for_xml(panel.name), width=WIDTH, height=alt.Step(STEP))


def clean(svg: str, title: str, description: str) -> str:
    """``svg`` with what pages may hold and nothing else, named by ``title`` and told by ``description``.

    Only known elements and attributes stay; a colour becomes a class or goes. Its parts are hidden from screen readers,
    which read the name, the description and the table beside it.
    """
    root = ElementTree.fromstring(svg)  # noqa: S314 our own renderer's
    width, height = root.get("width", "0"), root.get("height", "0")
    cleaned = _clean(root)
    inner = "".join(_written(child) for child in cleaned)
    about = f"<title>{_escaped(title)}</title><desc>{_escaped(description)}</desc>"
    return (
        f'<svg class="chart" role="img" xmlns="{SVG}" viewBox="0 0 {float(width):g} {float(height):g}" '
        f'width="{float(width):g}" height="{float(height):g}">{about}<g aria-hidden="true">{inner}</g></svg>'
    )


def _clean(element: ElementTree.Element) -> ElementTree.Element:
    kept = ElementTree.Element(_name(element))
    for key, value in element.attrib.items():
        if key in ATTRIBUTES:
            kept.set(key, value)
    classes = [f"{CLASSES[value]}-{side}" for side in ("fill", "stroke") if (value := element.get(side, "")) in CLASSES]
    if classes:
        kept.set("class", " ".join(classes))
    for side in ("fill", "stroke"):
        colour = element.get(side, "")
        if colour not in CLASSES and _COLOUR.match(colour):
            kept.set(side, "none")
    kept.text = element.text if kept.tag == "text" else None
    kept.extend(_clean(child) for child in element if _name(child) in ELEMENTS and not _is_empty(child))
    return kept


def _is_empty(element: ElementTree.Element) -> bool:
    """A ground or a frame that is not drawn."""
    return element.get("display") == "none" or element.get("class") in {"background", "foreground"}


def _name(element: ElementTree.Element) -> str:
    return element.tag.removeprefix(f"{{{SVG}}}") if isinstance(element.tag, str) else ""


def _written(element: ElementTree.Element) -> str:
    return ElementTree.tostring(element, encoding="unicode")


def _escaped(text: str) -> str:
    return for_xml(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
