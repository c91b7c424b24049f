"""A plan of the hall that somebody uploads: only a picture comes out, or a refusal that says what was wrong."""

import io
from pathlib import Path

import pytest
import typst
from django.core.files.base import ContentFile
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from events.errors import Refusal
from registrations.stands.svg_files import NotAnSvg, UnsafeSvg, clean_svg
from registrations.stands.uploads import MAX_BYTES, NotAPlan, PdfNotDrawn, PlanTooLarge, clean_plan


def svg(inner: str, attributes: str = 'viewBox="0 0 100 50"') -> bytes:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" {attributes}>{inner}</svg>'
    ).encode()


def png(width: int = 40, height: int = 20) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (width, height), "white").save(out, "PNG")
    return out.getvalue()


def upload(data: bytes, name: str = "plan") -> ContentFile:
    return ContentFile(data, name=name)


def test_drawing_is_kept():
    cleaned = clean_svg(svg('<rect x="1" y="2" width="30" height="9" fill="url(#stripes)"/><text>Entré</text>'))

    assert b'<rect x="1" y="2" width="30" height="9" fill="url(#stripes)"' in cleaned
    assert "Entré".encode() in cleaned


@pytest.mark.parametrize(
    "inner",
    [
        "<script>alert(1)</script>",
        '<rect onload="alert(1)" width="1" height="1"/>',
        '<rect ONCLICK="alert(1)" width="1" height="1"/>',
        "<foreignObject><p>x</p></foreignObject>",
        '<a href="javascript:alert(1)"><rect width="1" height="1"/></a><g href="javascript:alert(1)"/>',
        '<use href="https://other.example/x.svg#a"/>',
        '<use xlink:href="//other.example/x.svg#a"/>',
        '<image href="https://other.example/x.png"/>',
        '<rect width="1" height="1" fill="url(https://other.example/x)"/>',
        '<style>@import "https://other.example/x.css"</style>',
        "<style>rect { fill: u\\rl(x) }</style>",
        '<animate attributeName="x" to="1"/>',
        '<x:wrap xmlns:x="urn:editor"><script>alert(1)</script></x:wrap>',
    ],
)
def test_what_acts_or_reaches_out_is_refused_by_name(inner):
    with pytest.raises(UnsafeSvg):
        clean_svg(svg(inner))


def test_entities_are_refused_before_they_are_read():
    with pytest.raises(UnsafeSvg):
        clean_svg(b'<!DOCTYPE svg [<!ENTITY a "aaaa">]>' + svg("<text>&a;</text>"))


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"<svg",
        b"<html></html>",
        svg("<rect/>", attributes=""),
        svg("<rect/>").decode().encode("utf-16"),
        svg('<g id="a"><use href="#a"/></g>'),
        svg("<g>" * 150 + "</g>" * 150),
    ],
    ids=["nothing", "broken", "no svg", "no size", "other encoding", "leads to itself", "deep"],
)
def test_what_is_no_picture_is_refused(data):
    with pytest.raises(NotAnSvg):
        clean_svg(data)


def test_what_an_editor_left_behind_falls_away():
    cleaned = clean_svg(
        svg('<x:view xmlns:x="urn:editor" zoom="2"/><rect width="1" height="1" x:y="2" xmlns:x="urn:e"/>')
    )

    assert b"urn:" not in cleaned
    assert b"<rect" in cleaned


@given(st.binary(max_size=300))
def test_any_bytes_are_cleaned_or_refused(data):
    try:
        cleaned = clean_plan(upload(data))
    except Refusal:
        return
    assert cleaned.name.endswith((".svg", ".webp"))


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
def test_pictures_become_our_own_webp(kind):
    out = io.BytesIO()
    Image.new("RGB", (4000, 100), "white").save(out, kind)

    stored = clean_plan(upload(out.getvalue()))

    picture = Image.open(stored)
    assert (picture.format, picture.size) == ("WEBP", (3000, 75))


def test_first_page_of_a_pdf_is_drawn(tmp_path):
    (tmp_path / "plan.typ").write_text("#set page(width: 200pt, height: 100pt)\nHall A\n#pagebreak()\nHall B")
    pdf = typst.compile(str(tmp_path / "plan.typ"))

    picture = Image.open(clean_plan(upload(pdf)))

    assert picture.width == pytest.approx(2 * picture.height, abs=4)


def test_pdf_that_is_broken_says_so():
    with pytest.raises(PdfNotDrawn):
        clean_plan(upload(b"%PDF-1.7\nnothing"))


def test_thirty_megabytes_are_refused_before_they_are_read():
    class Heavy(ContentFile):
        def read(self, *_args):
            raise AssertionError("read although it was too large")

    heavy = Heavy(b"")
    heavy.size = 30 * 1024 * 1024

    with pytest.raises(PlanTooLarge):
        clean_plan(heavy)
    assert MAX_BYTES == 10 * 1024 * 1024


def test_picture_that_unpacks_to_more_than_anybody_draws_is_refused():
    with pytest.raises(PlanTooLarge):
        clean_plan(upload(png(10_000, 7_000)))


def test_something_else_is_no_plan():
    with pytest.raises(NotAPlan):
        clean_plan(upload(Path(__file__).read_bytes().replace(b"<", b"")))
