"""Applicants to the programmes beside the night, and the file that they come from."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from events.access.gate import get_event_for
from surveys.applicants.chart import columns_of
from surveys.applicants.files import UnreadableFile
from surveys.applicants.forms import ApplicantsForm
from surveys.applicants.queries import beside_the_night
from surveys.applicants.services import import_applicants

PAGE = "surveys/applicants/applicants.html"


@login_required
def applicants(request: HttpRequest, slug: str) -> HttpResponse:
    """The series with its table; who may edit surveys takes in a new file here."""
    event = get_event_for(request.user, slug, "surveys.edit" if request.method == "POST" else "figures.view")
    if not event.takes_schools:
        raise Http404
    form = ApplicantsForm(request.POST or None, request.FILES or None) if request.method == "POST" else ApplicantsForm()
    context: dict[str, Any] = {"event": event, "form": form}
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                told = import_applicants(
                    content=form.cleaned_data["file"].read(),
                    source=form.cleaned_data["source"],
                    partial=form.cleaned_data["partial"],
                    at=timezone.now(),
                    by=request.user,
                    event=event,
                )
            except UnreadableFile as fault:
                form.add_error("file", _("The file cannot be read: %(fault)s.") % {"fault": fault})
            else:
                if not told.refused or form.cleaned_data["partial"]:
                    n = len(told.rows)
                    text = ngettext("%(n)s number is saved.", "%(n)s numbers are saved.", n) % {"n": n}
                    messages.success(request, text)
                    return redirect("surveys:applicants", slug)
                context["refused"] = told.refused
                form.add_error("file", _("Nothing was saved: some rows cannot be read. They are listed below."))
    beside = beside_the_night(event, at=timezone.now())
    context |= {"beside": beside, "marks": columns_of(beside.series, get_language()) if beside else []}
    if beside:
        context["rows"] = [(name, beside.series.rows[code]) for code, name in beside.municipalities.items()]
    return render(request, PAGE, context, status=status)
