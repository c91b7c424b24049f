"""The year's shares as one small picture: a thin bar a share, its interval, its number. Pure: plain data in, SVG out."""

from html import escape
from typing import Any

from events.look.formats import for_xml, percent

WIDTH, ROW, TOP, LABEL, BAR = 640, 30, 6, 330, 220
INK, MUTED, LINE, PINE = "#17231f", "#4a5751", "#d8d1c2", "#1c5a4a"
LONGEST = 52


def shares_of(contents: dict[str, Any]) -> list[dict[str, Any]]:
    """The shares that can be drawn, in the order of the paper."""
    return [one for one in contents["figures"] if one["kind"] in ("share", "reported") and one["value"] is not None]


def chart_of(contents: dict[str, Any]) -> str:
    """The picture as SVG; empty where there is nothing to draw."""
    rows = shares_of(contents)
    if not rows:
        return ""
    height = TOP * 2 + ROW * len(rows)
    body = "".join(_bar(one, TOP + ROW * place, contents["language"]) for place, one in enumerate(rows))
    return for_xml(
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" height="{height}" '
        f'font-family="Inter" font-size="12">{body}</svg>'
    )


def chart_words(contents: dict[str, Any]) -> str:
    """What the picture shows, for those who do not see it."""
    return ". ".join(f"{one['title'].rstrip('.')}: {one['value_words']}" for one in shares_of(contents)) + "."


def _bar(one: dict[str, Any], y: int, language: str) -> str:
    middle, value = y + ROW / 2, min(one["value"], 1)
    interval = one.get("finite") or one.get("interval")
    title = one["title"] if len(one["title"]) <= LONGEST else one["title"][: LONGEST - 1].rstrip() + "…"
    reported = one["kind"] == "reported"
    bar = (
        f'<text x="0" y="{middle + 4}" fill="{INK}">{escape(title)}</text>'
        f'<rect x="{LABEL}" y="{middle - 7}" width="{BAR}" height="14" fill="none" stroke="{LINE}"/>'
        f'<rect x="{LABEL}" y="{middle - 7}" width="{BAR * value:.1f}" height="14" '
        f'fill="{"none" if reported else PINE}" stroke="{PINE}"/>'
    )
    if interval:
        low, high = (LABEL + BAR * end for end in interval)
        bar += f'<path d="M{low:.1f} {middle + 11}H{high:.1f}" stroke="{MUTED}" stroke-width="2"/>'
    words = escape(one["value_words"] or percent(one["value"], language))
    return bar + f'<text x="{LABEL + BAR + 12}" y="{middle + 4}" fill="{INK}" font-weight="600">{words}</text>'
