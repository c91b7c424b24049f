"""What documents add to the company's own page."""

from django.http import HttpRequest
from django.template.loader import render_to_string

from registrations.documents.models import Document
from registrations.exhibitors.models import Exhibitor
from registrations.exhibitors.states import State


def own_section(exhibitor: Exhibitor, request: HttpRequest) -> str:
    """The event's documents, for those who have a place."""
    documents = list(Document.objects.for_event(exhibitor.event)) if exhibitor.state in State.holding() else []
    if not documents:
        return ""
    context = {"exhibitor": exhibitor, "documents": documents}
    return render_to_string("registrations/documents/own_section.html", context, request)
