"""Documents come and go."""

from datetime import datetime
from functools import partial

from django.core.files.base import File
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from events.access import audit
from events.access.models import User
from events.errors import Refusal
from events.programme.models import Event
from registrations.documents.models import Document
from registrations.documents.uploads import checked_pdf

ADDED = audit.verb("document.added", _("added a document"))
REMOVED = audit.verb("document.removed", _("removed a document"))
MOST = 30


class TooManyDocuments(Refusal):
    code = "too_many_documents"
    message = _("An event can have at most 30 documents. Remove one that nobody needs.")


class NameTaken(Refusal):
    code = "name_taken"
    message = _("There is a document with that name already.")


@transaction.atomic
def add_document(*, event: Event, name: str, upload: File, by: User, at: datetime) -> Document:
    """Give ``upload`` to everybody with a place at ``event``.

    Raises DocumentTooLarge, NotAPdf, TooManyDocuments, NameTaken.
    """
    content = checked_pdf(upload)
    event = Event.objects.locked(event.pk)
    documents = Document.objects.for_event(event)
    if documents.count() >= MOST:
        raise TooManyDocuments
    if documents.filter(name=name).exists():
        raise NameTaken
    document = Document.objects.create(
        event=event, name=name, file=content, size=content.size, added_at=at, added_by=by
    )
    audit.created(document, ADDED, by=by, at=at)
    return document


@transaction.atomic
def remove_document(*, document: Document, by: User, at: datetime) -> None:
    """Take ``document`` away; the file goes when the row is gone for good."""
    audit.record(document, REMOVED, by=by, at=at)
    stored = str(document.file.name)
    document.delete()
    transaction.on_commit(partial(default_storage.delete, stored))
