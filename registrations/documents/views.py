"""The organiser's documents, and the file itself for those whom it is for."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from events.access.gate import get_event_for
from events.access.rules import may
from events.answers import status_of
from events.errors import Refusal
from events.once.guard import makes_once
from registrations.documents import services
from registrations.documents.forms import DocumentForm
from registrations.documents.models import Document
from registrations.exhibitors.states import State
from registrations.organisations.gate import get_own_exhibitor


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@makes_once
def document_list(request: HttpRequest, slug: str) -> HttpResponse:
    """What the exhibitors are given, and a form to give them more."""
    event = get_event_for(request.user, slug, "tasks.edit" if request.method == "POST" else "tasks.view")
    posted = request.method == "POST"
    form = DocumentForm(request.POST if posted else None, request.FILES if posted else None)
    refusal = None
    if form.is_valid():
        try:
            services.add_document(
                event=event,
                name=form.cleaned_data["name"],
                upload=form.cleaned_data["file"],
                by=request.user,
                at=timezone.now(),
            )
        except Refusal as reason:
            refusal = reason
            form.add_error(None, str(reason))
        else:
            messages.success(request, _("“%(name)s” is on every exhibitor's page.") % form.cleaned_data)
            return redirect("registrations:document-list", slug)
    context = {
        "event": event,
        "documents": Document.objects.for_event(event),
        "form": form,
        "can_edit": may(request.user, "tasks.edit", event),
    }
    return render(request, "registrations/documents/list.html", context, status=status_of(form, refusal))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def remove(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Asks first."""
    event = get_event_for(request.user, slug, "tasks.edit")
    document = get_object_or_404(Document.objects.for_event(event), pk=pk)
    if request.method == "POST":
        services.remove_document(document=document, by=request.user, at=timezone.now())
        messages.success(request, _("“%(name)s” is removed.") % {"name": document})
        return redirect("registrations:document-list", slug)
    context = {
        "title": _("Remove “%(name)s”?") % {"name": document},
        "text": _("The exhibitors can no longer open it."),
        "action_label": _("Remove the document"),
        "cancel_url": reverse("registrations:document-list", args=[slug]),
        "tone": "danger",
    }
    return render(request, "components/confirm.html", context)


@login_required
@require_safe
def file(request: HttpRequest, slug: str, pk: int) -> FileResponse:
    """A document for those who work with the event."""
    event = get_event_for(request.user, slug, "tasks.view")
    return _pdf(get_object_or_404(Document.objects.for_event(event), pk=pk))


@login_required
@require_safe
def own_file(request: HttpRequest, pk: int, document_pk: int) -> FileResponse:
    """A document for a company that has a place; 404 to every other."""
    exhibitor = get_own_exhibitor(request.user, pk, "task.answer")
    if exhibitor.state not in State.holding():
        raise Http404
    return _pdf(get_object_or_404(Document.objects.for_event(exhibitor.event), pk=document_pk))


def _pdf(document: Document) -> FileResponse:
    """The file to keep, never to be shown inside our pages: its contents are somebody else's."""
    try:
        content = default_storage.open(document.file.name)
    except FileNotFoundError as gone:
        raise Http404 from gone
    name = slugify(document.name) or "document"
    response = FileResponse(content, as_attachment=True, filename=f"{name}.pdf", content_type="application/pdf")
    response["Cache-Control"] = "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
