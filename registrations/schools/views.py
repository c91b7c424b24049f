"""The organiser's pages about the register of schools: find one, its history, and taking in a new file."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from events.access.rules import events_where
from events.answers import status_of
from events.errors import Refusal
from events.municipalities.models import Municipality
from events.nights.gate import get_night_for
from events.programme.models import Event
from registrations.schools import queries, services
from registrations.schools.comparison import Comparison
from registrations.schools.forms import RegisterFileForm, SuccessorForm, sealed, unsealed
from registrations.schools.models import School

PAGES = "registrations/schools"


@login_required
@require_safe
def school_register(request: HttpRequest, slug: str) -> HttpResponse:
    """Every school that we know, also the closed ones: search and filter."""
    event = get_night_for(request.user, slug, "schools.register").event
    chosen = queries.Filter.from_query(request.GET)
    rows = queries.register_rows(chosen)
    count = rows.count()
    context = {
        "event": event,
        "chosen": chosen,
        "schools": rows[: chosen.shown],
        "count": count,
        "more": min(count - chosen.shown, queries.PAGE),
        "next_shown": chosen.shown + queries.PAGE,
        "statuses": queries.status_counts(chosen),
        "municipalities": queries.municipality_counts(chosen),
    }
    part = "_list" if request.headers.get("HX-Target") == "schools" else "list"
    return render(request, f"{PAGES}/{part}.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def register_import(request: HttpRequest, slug: str) -> HttpResponse:
    """Choose a file; then see what it would do before anything is written."""
    event = get_night_for(request.user, slug, "schools.register").event
    form = RegisterFileForm(request.POST if request.method == "POST" else None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        register = form.register
        found = services.compare_with_register(register.rows)
        context = {
            "event": event,
            "file_name": form.cleaned_data["file"].name,
            "register": register,
            "sealed": sealed(register, request.user),
            **_told(found, event),
        }
        return render(request, f"{PAGES}/preview.html", context)
    context = {"event": event, "form": form, "known": School.objects.count()}
    return render(request, f"{PAGES}/import.html", context, status=status_of(form))


@login_required
@require_POST
def register_write(request: HttpRequest, slug: str) -> HttpResponse:
    """Yes, write it: what the page before showed, all of it, or the good rows where somebody chose so."""
    event = get_night_for(request.user, slug, "schools.register").event
    try:
        rows, refused = unsealed(request.POST.get("register", ""), request.user)
    except signing.BadSignature:
        messages.error(request, _("The page was too old, so nothing was written. Choose the file again."))
        return redirect("registrations:school-register-import", slug)
    if refused and "partial" not in request.POST:
        messages.error(request, _("Rows were refused, so nothing was written. Put them right, or take the others."))
        return redirect("registrations:school-register-import", slug)
    found = services.take_rows(rows=rows, by=request.user, at=timezone.now(), event=event)
    if found.writes_nothing:
        messages.info(request, _("Nothing changed: the register says what the file says."))
    else:
        text = _("The register is updated: %(new)s new, %(changed)s changed, %(closed)s closed.")
        counts = {"new": len(found.new), "changed": len(found.changed), "closed": len(found.closed)}
        messages.success(request, text % counts)
    if refused:
        left = ngettext("%(n)s refused row was left out.", "%(n)s refused rows were left out.", refused)
        messages.warning(request, left % {"n": refused})
    return redirect("registrations:school-register", slug)


@login_required
@require_safe
def school_detail(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    """One school: what it was called, its evenings, and who took over."""
    event = get_night_for(request.user, slug, "schools.view").event
    return _render_school(request, event, _school(code))


@login_required
@require_POST
def school_successor(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    """Name the school that took over."""
    event = get_night_for(request.user, slug, "schools.register").event
    school = _school(code)
    form = SuccessorForm(request.POST)
    refusal = None
    if form.is_valid():
        try:
            services.name_successor(
                school=school, successor=form.cleaned_data["code"], by=request.user, at=timezone.now()
            )
        except Refusal as reason:
            refusal = reason
        else:
            messages.success(request, _("Saved."))
            return redirect("registrations:school-detail", slug, code)
    return _render_school(request, event, school, form, refusal)


def _render_school(
    request: HttpRequest,
    event: Event,
    school: School,
    form: SuccessorForm | None = None,
    refusal: Refusal | None = None,
) -> HttpResponse:
    names = dict(Municipality.objects.values_list("code", "name"))
    context = {
        "event": event,
        "school": school,
        "form": form or SuccessorForm(initial={"code": school.successor.code if school.successor else ""}),
        "refusal": refusal,
        "changes": [services.in_words(change, names) for change in school.changes.all()],
        "evenings": queries.evenings_of(school, events_where(request.user, "schools.view")),
        "predecessors": school.predecessors.alphabetical(),
    }
    return render(request, f"{PAGES}/detail.html", context, status=status_of(form, refusal))


def _school(code: str) -> School:
    return get_object_or_404(School.objects.select_related("municipality", "successor"), code=code)


def _told(found: Comparison, event: Event) -> dict[str, object]:
    """The comparison for the page: changes in words, and what hangs on the schools that close."""
    names = dict(Municipality.objects.values_list("code", "name"))
    booked = queries.coming_bookings([one.after.code for one in found.closed], event)
    return {
        "found": found,
        "names": names,
        "new": [(row, names.get(row.municipality, "")) for row in found.new],
        "changed": [(one.after, [services.in_words(change, names) for change in one.changes]) for one in found.changed],
        "closed": [(one.after, booked.get(one.after.code, 0)) for one in found.closed],
    }
