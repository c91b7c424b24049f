"""The organiser's programme of an evening: rules, admissions, zones and walks, fields."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from events.access.models import AuditEntry
from events.answers import status_of
from events.errors import Refusal, Stale
from events.nights import services
from events.nights.forms import TABLES, ProgrammeForm
from events.nights.gate import get_night_for
from events.nights.models import Night
from events.nights.queries import warnings_about
from events.once.guard import makes_once
from events.versions import show_stale


@login_required
@makes_once
def night_edit(request: HttpRequest, slug: str) -> HttpResponse:
    """The programme on one page. "One more" rows come back with what was typed; only the save button saves."""
    night = get_night_for(request.user, slug, "event.edit")
    posted = request.method == "POST"
    more = request.POST.get("more", "")
    more = more if more in TABLES else ""
    form: Any = ProgrammeForm(night, request.POST if posted else None, more)
    answer: dict[str, Any] = {}
    if posted and not more and form.is_valid():
        try:
            saved = services.save_programme(
                event=night.event,
                details=form.details(),
                seen=form.night.cleaned_data["version"],
                by=request.user,
                at=timezone.now(),
            )
        except Stale as refusal:
            answer = {"refusal": refusal, "stored": _as_saved_now(form, night)}
        except Refusal as refusal:
            answer = {"refusal": refusal}
            form.add_error(None, str(refusal))
        else:
            messages.success(request, " ".join([_("The programme is saved."), *saved.told]))
            return redirect("events:night-edit", slug)
    context = {
        "event": night.event,
        "night": night,
        "form": form,
        "warnings": warnings_about(night) if night.pk else [],
        "history": AuditEntry.objects.about(night)[:5] if night.pk else [],
        **answer,
    }
    status = 200 if more else status_of(form, answer.get("refusal"))
    return render(request, "events/nights/edit.html", context, status=status)


def _as_saved_now(form: ProgrammeForm, night: Night) -> list[tuple[str, str]]:
    """What a colleague has saved otherwise than it is typed here, as (label, text)."""
    stored = Night.objects.get(event=night.event)
    now = services.picture_of(stored)
    rows = [
        (_(name).capitalize(), "\n".join(now[name]))
        for name, typed in form.typed_picture().items()
        if now[name] != typed
    ]
    return show_stale(form.night, stored) + rows
