"""The plan that an organiser uploads: judged by its size before it is read, then cleaned or drawn anew.

SVG is cleaned (``svg_files.py``). PNG, JPEG and WebP, and the first page of a PDF, become a WebP of our own, so that
nothing but a picture is ever stored.
"""

import io
import subprocess  # nosec B404
import sys
import tempfile
import uuid
import warnings
from pathlib import Path

from django.core.files.base import ContentFile, File
from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageOps, UnidentifiedImageError

from events.errors import Refusal
from registrations.stands import pdf_page
from registrations.stands.svg_files import clean_svg

MAX_BYTES = 10 * 1024 * 1024
MAX_PIXELS = 60_000_000
SIDE_PX = 3000
FORMATS = ("PNG", "JPEG", "WEBP")
PDF_SECONDS = 20


class PlanTooLarge(Refusal):
    code = "plan_too_large"
    message = _("The file is too large: at most 10 MB. Export the plan with fewer details, or as PNG.")


class NotAPlan(Refusal):
    code = "not_a_plan"
    message = _("That file is not a plan that we can read. SVG, PNG, JPEG and PDF will do.")


class PdfNotDrawn(Refusal):
    code = "pdf_not_drawn"
    message = _("The PDF's first page could not be drawn. Export the plan as PNG instead.")


def clean_plan(upload: File) -> ContentFile:
    """``upload`` as it is stored, under a name of our own.

    Raises PlanTooLarge, NotAPlan, UnsafeSvg, NotAnSvg, PdfNotDrawn.
    """
    if upload.size > MAX_BYTES:
        raise PlanTooLarge
    data = upload.read()
    start = data.lstrip(b"\xef\xbb\xbf \t\r\n")[:1024]
    if b"%PDF-" in start:
        return _as_webp(_first_page(data))
    if start.startswith(b"<"):
        return ContentFile(clean_svg(data), name=f"{uuid.uuid4().hex}.svg")
    return _as_webp(data)


def _first_page(data: bytes) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder) / "plan.pdf", Path(folder) / "plan.png"
        source.write_bytes(data)
        command = [sys.executable, "-I", str(Path(pdf_page.__file__)), str(source), str(target)]
        try:
            subprocess.run(command, check=True, capture_output=True, timeout=PDF_SECONDS)  # nosec B603
            return target.read_bytes()
        except (subprocess.SubprocessError, OSError) as broken:
            raise PdfNotDrawn from broken


def _as_webp(data: bytes) -> ContentFile:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            picture: Image.Image = Image.open(io.BytesIO(data), formats=FORMATS)
            if picture.width * picture.height > MAX_PIXELS:
                raise PlanTooLarge
            picture = ImageOps.exif_transpose(picture)
            picture = picture.convert("RGBA" if picture.has_transparency_data else "RGB")
            picture.thumbnail((SIDE_PX, SIDE_PX))
    except Image.DecompressionBombError as bomb:
        raise PlanTooLarge from bomb
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError) as broken:
        raise NotAPlan from broken
    out = io.BytesIO()
    picture.save(out, "WEBP", quality=85)
    return ContentFile(out.getvalue(), name=f"{uuid.uuid4().hex}.webp")
