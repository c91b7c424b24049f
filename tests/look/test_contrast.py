"""Every pair of colours that the pages use, measured: WCAG 2.2 wants 4.5 for text, 3 for what surrounds controls."""

import re

import pytest
from django.conf import settings

TOKENS = (settings.BASE_DIR / "static/css/tokens.css").read_text()
TONES = ["info", "good", "mind", "stop", "plain"]
GROUNDS = ["paper", "sand", "sand-deep"]

TEXT_PAIRS = (
    [(text, ground) for text in ["ink", "muted", "pine", "pine-strong", *TONES] for ground in GROUNDS]
    + [(tone, f"{tone}-soft") for tone in TONES]
    + [("ink", f"{tone}-soft") for tone in TONES]
    + [("pine", f"{tone}-soft") for tone in TONES]
    + [
        ("pine", "pine-soft"),
        ("on-pine", "pine"),
        ("on-pine", "pine-strong"),
        ("on-stop", "stop"),
        ("on-head", "head"),
        ("on-head-muted", "head"),
        ("on-head", "head-deep"),
        ("on-head-muted", "head-deep"),
        ("on-head", "head-line"),
        ("on-raps", "raps"),
        ("on-raps", "raps-strong"),
        ("on-next", "next"),
        ("on-next-button", "next-button"),
    ]
)
CONTROL_PAIRS = [
    ("field-line", "paper"),
    ("field-line", "sand"),
    ("focus", "paper"),
    ("focus", "sand"),
    ("focus", "sand-deep"),
    ("pine", "sand"),
    ("stop", "sand"),
    ("raps", "head"),
    ("on-next", "next"),
    ("next-button", "next"),
]


def colours_of(selector: str) -> dict[str, str]:
    """The custom properties that are colours in the block that begins with ``selector``."""
    block = TOKENS.split(selector, 1)[1].split("{", 1)[1].split("}", 1)[0]
    return dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", block))


SCHEMES = {
    "light": colours_of(':root,\n[data-theme="light"]'),
    "dark": colours_of(':root:not([data-theme="light"])'),
}


def luminance(colour: str) -> float:
    """Relative luminance of "#rrggbb" (WCAG 2.2)."""
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def test_contrast_black_on_white():
    assert round(contrast("#000000", "#ffffff"), 1) == 21


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize(("text", "ground"), TEXT_PAIRS)
def test_text_is_readable(scheme, text, ground):
    colours = SCHEMES[scheme]

    assert contrast(colours[text], colours[ground]) >= 4.5


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize(("line", "ground"), CONTROL_PAIRS)
def test_controls_and_focus_can_be_seen(scheme, line, ground):
    colours = SCHEMES[scheme]

    assert contrast(colours[line], colours[ground]) >= 3


def test_dark_says_the_same_for_the_system_and_by_hand():
    assert colours_of('\n[data-theme="dark"]') == SCHEMES["dark"]


def test_light_and_dark_name_the_same_colours():
    assert list(SCHEMES["light"]) == list(SCHEMES["dark"])


def test_components_take_their_colours_from_the_tokens():
    """White under a logo or a QR code, and greys in print, are the exceptions."""
    found = {}
    for path in sorted((settings.BASE_DIR / "static/css").glob("**/*.css")):
        rules = path.read_text()
        loose = {c for c in re.findall(r"#[0-9a-fA-F]{3,8}\b", rules) if not re.fullmatch(r"#(\w)\1\1", c)}
        if path.name != "tokens.css" and loose:
            found[path.name] = loose

    assert found == {}
