"""Papers to print: a typst template and its data become a PDF, tagged as PDF/UA-1.

Everything reaches the template as data (JSON); nothing that people have written is ever read as markup.
"""

import json
import unicodedata
from pathlib import Path
from typing import Any

import typst
from django.conf import settings

PDF = Path(settings.BASE_DIR) / "templates" / "pdf"
# Emoji and other pictures, which a text font does not have: symbols, and what joins and colours them.
PICTURES = {"So", "Sk", "Cs", "Co", "Cn", "Cc"}
JOINERS = {"\u200d", "\ufe0e", "\ufe0f"}


def compile_pdf(template: str, data: dict[str, Any]) -> bytes:
    """``template`` (a file in templates/pdf) with ``data`` as a PDF/UA-1.

    Words in letters that our font lacks are set in the machine's own fonts; the file is then not PDF/UA.
    """
    source: dict[str, Any] = {
        "input": str(PDF / template),
        "root": str(PDF),
        "font_paths": [str(PDF / "fonts")],
        "sys_inputs": {"data": json.dumps(data)},
    }
    try:
        return typst.compile(**source, ignore_system_fonts=True, pdf_standards=["ua-1"])
    except typst.TypstError as error:
        if "PDF/UA" not in str(error):
            raise
        return typst.compile(**source, ignore_system_fonts=False)


def printable(text: str) -> str:
    """``text`` without pictures and control signs: "Emma 🎉 Ek" is "Emma Ek"."""
    kept = (" " if unicodedata.category(sign) in PICTURES else sign for sign in text if sign not in JOINERS)
    return " ".join("".join(kept).split())
