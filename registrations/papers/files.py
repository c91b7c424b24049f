"""A paper as a file: its name, and what a browser may do with it."""

from io import BytesIO

from django.http import FileResponse
from django.utils.text import slugify

CLASS_SHEETS = "klassblad"
STATION_LISTS = "stationslista"
BUS_LISTS = "busslista"
WALL_PLAN = "vaggplan"
LONGEST = 80


def pdf_name(kind: str, *parts: str) -> str:
    """ "klassblad-industrinatten-2027-malmo.pdf": Swedish words in plain letters, whatever a school is called."""
    name = slugify("-".join([kind, *(part for part in parts if part)]))
    return f"{name[:LONGEST].rstrip('-')}.pdf"


def pdf_response(content: bytes, name: str) -> FileResponse:
    """``content`` to read in the browser or to save as ``name``; nobody keeps a copy on the way."""
    response = FileResponse(BytesIO(content), filename=name, content_type="application/pdf")
    response["Cache-Control"] = "private, no-store"
    return response
