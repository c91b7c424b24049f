"""Which files are taken as documents: PDFs by their bytes, whatever they are called."""

import uuid

from django.core.files.base import ContentFile, File
from django.utils.translation import gettext_lazy as _

from events.errors import Refusal

MAX_BYTES = 10 * 1024 * 1024
START, END = b"%PDF-", b"%%EOF"
# Programs write a line end, and some a few bytes more, after the end mark.
TAIL = 1024


class DocumentTooLarge(Refusal):
    code = "document_too_large"
    message = _("The file is too large: at most 10 MB. Most programs can save a smaller PDF.")


class NotAPdf(Refusal):
    code = "not_a_pdf"
    message = _("That file is not a whole PDF. Save it as PDF and choose that file.")


def checked_pdf(upload: File) -> ContentFile:
    """``upload`` as it is stored, under a name of our own. Raises DocumentTooLarge, NotAPdf."""
    if upload.size > MAX_BYTES:
        raise DocumentTooLarge
    upload.seek(0)
    content = upload.read()
    if not content.startswith(START) or END not in content[-TAIL:]:
        raise NotAPdf
    return ContentFile(content, name=f"{uuid.uuid4().hex}.pdf")
