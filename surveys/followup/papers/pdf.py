"""The follow-up as a tagged PDF (PDF/UA-1), from the plain data."""

from typing import Any

from django.utils import translation

from events.pdf import compile_pdf, printable
from surveys.followup.papers.chart import chart_of, chart_words
from surveys.followup.papers.sheet import sheet_of


def pdf_bytes(contents: dict[str, Any], *, sha256: str = "") -> bytes:
    """``contents`` to print, in its own language; with ``sha256`` the seal of a frozen version stands at the foot."""
    with translation.override(contents["language"]):
        sheet = sheet_of(contents, sha256=sha256)
    return compile_pdf("followup.typ", _clean(sheet) | {"chart": chart_of(contents), "alt": chart_words(contents)})


def _clean(value: Any) -> Any:
    """Every text without pictures that our font lacks, line by line."""
    if isinstance(value, str):
        return "\n".join(printable(line) for line in value.splitlines())
    if isinstance(value, list):
        return [_clean(one) for one in value]
    return {name: _clean(one) for name, one in value.items()} if isinstance(value, dict) else value
