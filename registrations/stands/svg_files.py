"""An uploaded SVG becomes one that can do nothing but be looked at. Pure.

What draws is kept by an allow-list; what an editor left behind (its own names, metadata) falls away silently. What could
act or reach out (script, event handlers, embedded pages, addresses elsewhere) is refused by name, so that whoever
uploaded it learns what their file carries.
"""

import re
from xml.etree import ElementTree

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from events.errors import Refusal

SVG = "http://www.w3.org/2000/svg"
XLINK = "http://www.w3.org/1999/xlink"
MOST_ELEMENTS = 100_000
DEEPEST = 100

ELEMENTS = frozenset(
    "svg g path rect circle ellipse line polyline polygon text tspan title desc defs symbol use clipPath mask pattern "
    "linearGradient radialGradient stop marker style".split()
)
ATTRIBUTES = frozenset(
    "id class x y x1 y1 x2 y2 cx cy r rx ry dx dy d fx fy width height viewBox points transform preserveAspectRatio "
    "offset rotate textLength lengthAdjust pathLength version "
    "fill fill-opacity fill-rule stroke stroke-width stroke-opacity stroke-dasharray stroke-dashoffset stroke-linecap "
    "stroke-linejoin stroke-miterlimit opacity color display visibility overflow vector-effect paint-order "
    "font-family font-size font-style font-weight font-variant letter-spacing word-spacing text-anchor "
    "dominant-baseline alignment-baseline baseline-shift text-decoration writing-mode "
    "clip-path clip-rule clipPathUnits mask maskUnits maskContentUnits patternUnits patternContentUnits "
    "patternTransform gradientUnits gradientTransform spreadMethod stop-color stop-opacity "
    "marker-start marker-mid marker-end markerWidth markerHeight markerUnits refX refY orient style".split()
)
ACTING = frozenset(
    "script foreignObject iframe object embed audio video animate set animateTransform animateMotion handler".split()
)
# Whatever loads from somewhere: url() of anything but a part of the file itself, imports, and escapes that hide them.
INNER = re.compile(r"url\(\s*['\"]?#[^)'\"]*['\"]?\s*\)", re.IGNORECASE)
REACHING = re.compile(r"url\s*\(|@import|expression\s*\(|javascript:|image-set|-moz-binding|\\", re.IGNORECASE)
DOCTYPE = re.compile(rb"<!DOCTYPE(?P<inner>[^>\[]*)(?P<entities>\[)?", re.IGNORECASE)


class UnsafeSvg(Refusal):
    code = "unsafe_svg"
    message = _("The SVG file carries %(what)s. Save it as a plain SVG, or export it as PNG.")


class NotAnSvg(Refusal):
    code = "not_an_svg"
    message = _("That file is not an SVG picture that we can read. Export it anew, or as PNG.")


SCRIPT = _("script")
HANDLER = _("event handlers")
EMBEDDED = _("embedded pages, film or animation")
ELSEWHERE = _("references to somewhere else")
ENTITIES = _("entities of its own")


def clean_svg(data: bytes) -> bytes:
    """``data`` as an SVG of allowed elements and attributes only. Raises UnsafeSvg or NotAnSvg."""
    root = _parsed(data)
    if root.tag != f"{{{SVG}}}svg":
        raise NotAnSvg
    count = _cleaned(root, 0)
    if not count:
        raise NotAnSvg
    if _drawn_elements(root) > MOST_ELEMENTS:
        raise NotAnSvg
    if "viewBox" not in root.attrib and not {"width", "height"} <= root.attrib.keys():
        raise NotAnSvg
    ElementTree.register_namespace("", SVG)
    ElementTree.register_namespace("xlink", XLINK)
    return ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)


def _parsed(data: bytes) -> ElementTree.Element:
    found = DOCTYPE.search(data)
    # Only UTF-8 (and what lies in it): in another encoding the look for a DOCTYPE would see nothing.
    if data[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\0" in data:
        raise NotAnSvg
    if re.search(rb"<!ENTITY", data, re.IGNORECASE) or (found and found["entities"]):
        raise _unsafe(ENTITIES)
    head = data[:200]
    if (said := re.search(rb"encoding\s*=\s*['\"]([^'\"]+)", head)) and said[1].lower() not in {
        b"utf-8", b"us-ascii", b"ascii", b"iso-8859-1", b"windows-1252",
    }:  # fmt: skip
        raise NotAnSvg
    try:
        return ElementTree.fromstring(data)  # noqa: S314  # nosec B314 — entities were refused above
    except (ElementTree.ParseError, ValueError, LookupError) as broken:
        raise NotAnSvg from broken


def _cleaned(element: ElementTree.Element, depth: int) -> int:
    """Clean ``element`` and what is in it, in place; how many elements are left. Raises UnsafeSvg, NotAnSvg."""
    if depth > DEEPEST:
        raise NotAnSvg
    _clean_attributes(element)
    if _local(element.tag) == "style" and REACHING.search(INNER.sub("", element.text or "")):
        raise _unsafe(ELSEWHERE)
    count = 1
    for child in list(element):
        name = _local(child.tag)
        if name in ACTING:
            raise _unsafe(SCRIPT if name in {"script", "handler"} else EMBEDDED)
        if _namespace(child.tag) != SVG or name not in ELEMENTS:
            _refuse_acting(child)
            _unhook(element, child)
            continue
        count += _cleaned(child, depth + 1)
        if count > MOST_ELEMENTS:
            raise NotAnSvg
    return count


def _clean_attributes(element: ElementTree.Element) -> None:
    for name, value in list(element.attrib.items()):
        local = _local(name)
        if local.lower().startswith("on"):
            raise _unsafe(HANDLER)
        if local == "href" and _namespace(name) in ("", XLINK):
            if not value.strip().startswith("#"):
                raise _unsafe(ELSEWHERE)
            continue
        if _namespace(name) or local not in ATTRIBUTES:
            del element.attrib[name]
        elif REACHING.search(INNER.sub("", value)):
            raise _unsafe(ELSEWHERE)


def _refuse_acting(element: ElementTree.Element) -> None:
    """What falls away may be an editor's own; script in it is still named."""
    for inner in element.iter():
        name = _local(inner.tag)
        if name in {"script", "foreignObject"}:
            raise _unsafe(SCRIPT if name == "script" else EMBEDDED)
        if name == "image" and _namespace(inner.tag) == SVG:
            raise _unsafe(ELSEWHERE)


def _drawn_elements(root: ElementTree.Element) -> float:
    """How many elements a browser draws when every ``use`` is followed; infinite for one that leads to itself."""
    named = {element.attrib["id"]: element for element in root.iter() if "id" in element.attrib}
    known: dict[int, float] = {}

    def count(element: ElementTree.Element) -> float:
        if id(element) not in known:
            known[id(element)] = float("inf")  # until it is known: whoever comes back here runs in a ring
            total = 1 + sum(count(child) for child in element)
            if _local(element.tag) == "use":
                target = element.attrib.get("href", element.attrib.get(f"{{{XLINK}}}href", ""))
                found = named.get(target.strip().removeprefix("#"))
                total += count(found) if found is not None else 0
            known[id(element)] = total
        return known[id(element)]

    try:
        return count(root)
    except RecursionError:
        return float("inf")


def _unhook(parent: ElementTree.Element, child: ElementTree.Element) -> None:
    """Take ``child`` out; the text after it stays."""
    place = list(parent).index(child)
    if child.tail:
        if place:
            parent[place - 1].tail = (parent[place - 1].tail or "") + child.tail
        else:
            parent.text = (parent.text or "") + child.tail
    parent.remove(child)


def _local(tag: object) -> str:
    return tag.rsplit("}", 1)[-1] if isinstance(tag, str) else ""


def _namespace(tag: object) -> str:
    return tag[1:].split("}", 1)[0] if isinstance(tag, str) and tag.startswith("{") else ""


def _unsafe(what: Promise) -> UnsafeSvg:
    return UnsafeSvg(what=what)
