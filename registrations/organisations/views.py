"""The way in for a company: find it, add it or ask to join it; and its own page with its people."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from django_ratelimit.decorators import ratelimit

from events.access.gate import get_event_for, get_public_event
from events.access.models import AuditEntry
from events.access.rules import may
from events.errors import Refusal, Stale
from events.once.guard import makes_once
from events.programme.models import Event
from events.versions import show_stale
from registrations.exhibitors.services import start_application
from registrations.exhibitors.steps import steps_of
from registrations.organisations import services
from registrations.organisations.forms import ChangeOrganisationForm, FindForm, NewOrganisationForm, UnnumberedForm
from registrations.organisations.gate import get_organisation_for
from registrations.organisations.models import Membership, Organisation
from registrations.organisations.numbers import NotANumber, read_organisation_number

PAGES = "registrations/organisations"
JOIN_SALT = "registrations.organisations.join"
JOIN_SECONDS = 3600


@login_required
def apply(request: HttpRequest, slug: str) -> HttpResponse:
    """First step: which company. One of your own, or one that is found by its organisation number."""
    event = _event_with_exhibitors(request, slug)
    form = FindForm(request.POST if request.method == "POST" else None)
    context: dict[str, Any] = {"form": form, "mine": Organisation.objects.of(request.user).alphabetical()}
    status = 200
    if request.method == "POST":
        if not form.is_valid():
            status = 422
        else:
            number = form.cleaned_data["number"]
            found = Organisation.objects.filter(organisation_number=number).first()
            if not found:
                return redirect(f"{reverse('registrations:company-add', args=[slug])}?number={number}")
            if may(request.user, "organisation.view", found):
                return _start(request, event, found)
            context["found"] = found
            context["has_owner"] = found.has_owner()
            context["ticket"] = signing.dumps(found.pk, salt=JOIN_SALT)
            context["asked"] = found.memberships.asked().filter(user=request.user).exists()
    return _render_step(request, event, "apply", context, status)


@login_required
@require_POST
def start(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Begin (or go on with) the application of a company of your own."""
    event = _event_with_exhibitors(request, slug)
    return _start(request, event, get_organisation_for(request.user, pk, "exhibitor.edit"))


@login_required
@makes_once
def add(request: HttpRequest, slug: str) -> HttpResponse:
    """A company that is not here yet: by its number, or without one (``?without``)."""
    event = _event_with_exhibitors(request, slug)
    without = "without" in request.GET
    form_class = UnnumberedForm if without else NewOrganisationForm
    form = form_class(
        request.POST if request.method == "POST" else None, initial={"number": _pretty(request.GET.get("number", ""))}
    )
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            fields = {k: v for k, v in form.cleaned_data.items() if k != "number"}
            number = form.cleaned_data.get("number") or None
            try:
                company = services.add_organisation(
                    organisation_number=number, by=request.user, at=timezone.now(), **fields
                )
            except services.CompanyExists as refusal:
                form.add_error("number", str(refusal))
                status = 409
            else:
                return _start(request, event, company)
    return _render_step(request, event, "add", {"form": form, "without": without}, status)


@login_required
@require_POST
@ratelimit(key="user", rate="10/h", block=True)
def join(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask the company's owner to be let in; whoever is in already just goes on.

    The company comes signed from the search by number: nobody asks their way through a register of keys.
    """
    event = _event_with_exhibitors(request, slug)
    try:
        pk = signing.loads(request.POST.get("company", ""), salt=JOIN_SALT, max_age=JOIN_SECONDS)
    except signing.BadSignature:
        messages.error(request, _("Search for the company again, then ask."))
        return redirect("registrations:apply", slug)
    company = get_object_or_404(Organisation, pk=pk)
    try:
        services.ask_to_join(organisation=company, by=request.user, at=timezone.now(), event=event)
    except services.AlreadyWithCompany:
        return _start(request, event, company)
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect("registrations:apply", slug)
    return _render_step(request, event, "asked", {"found": company, "has_owner": company.has_owner()}, 200)


@login_required
@require_safe
def organisation(request: HttpRequest, pk: int) -> HttpResponse:
    """The company's own page: facts, people, requests to join, its events."""
    company = get_organisation_for(request.user, pk, "organisation.view")
    memberships = company.memberships.select_related("user")
    context = {
        "organisation": company,
        "people": list(memberships.active()),
        "requests": list(memberships.asked()) if may(request.user, "organisation.people", company) else [],
        "exhibitors": company.exhibitors.select_related("event").order_by("-event__starts_at"),
        "entries": AuditEntry.objects.about(company)[:20],
    }
    return render(request, f"{PAGES}/organisation.html", context)


@login_required
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    company = get_organisation_for(request.user, pk, "organisation.edit")
    form = ChangeOrganisationForm(request.POST if request.method == "POST" else None, instance=company)
    context: dict[str, Any] = {"organisation": company, "form": form}
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            fields = dict(form.cleaned_data)
            seen = fields.pop("version")
            try:
                services.change_organisation(
                    organisation=company, seen=seen, by=request.user, at=timezone.now(), **fields
                )
            except Stale as refusal:
                stored = Organisation.objects.get(pk=pk)
                context |= {"refusal": refusal, "stored": show_stale(form, stored)}
                status = 409
            else:
                messages.success(request, _("Saved."))
                return redirect("registrations:organisation", pk)
    return render(request, f"{PAGES}/edit.html", context, status=status)


@login_required
@require_POST
def answer_request(request: HttpRequest, pk: int, membership_pk: int) -> HttpResponse:
    """The owner lets a colleague in, or not."""
    company = get_organisation_for(request.user, pk, "organisation.people")
    membership = get_object_or_404(company.memberships.asked().select_related("user"), pk=membership_pk)
    _answer(request, membership)
    return redirect("registrations:organisation", pk)


@login_required
@require_POST
def change_member(request: HttpRequest, pk: int, membership_pk: int) -> HttpResponse:
    """The owner makes a colleague owner too, or takes somebody who has left away."""
    company = get_organisation_for(request.user, pk, "organisation.people")
    membership = get_object_or_404(
        company.memberships.active().select_related("user", "organisation"), pk=membership_pk
    )
    act = services.remove_member if request.POST.get("act") == "remove" else services.make_owner
    try:
        act(membership=membership, by=request.user, at=timezone.now())
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Saved."))
    if membership.user == request.user and not may(request.user, "organisation.view", company):
        return redirect("events:home")
    return redirect("registrations:organisation", pk)


@login_required
@require_safe
def adoption_list(request: HttpRequest, slug: str) -> HttpResponse:
    """Companies without an owner, and who asks to act for them: the event's organiser answers."""
    event = get_event_for(request.user, slug, "companies.adopt")
    return render(request, f"{PAGES}/adoptions.html", {"event": event, "requests": Membership.objects.to_adopt(event)})


@login_required
@require_POST
def adopt(request: HttpRequest, slug: str, membership_pk: int) -> HttpResponse:
    event = get_event_for(request.user, slug, "companies.adopt")
    _answer(request, get_object_or_404(Membership.objects.to_adopt(event), pk=membership_pk))
    return redirect("registrations:company-adoptions", slug)


def _answer(request: HttpRequest, membership: Membership) -> None:
    welcome = request.POST.get("answer") == "yes"
    services.answer_request(membership=membership, welcome=welcome, by=request.user, at=timezone.now())
    text = _("%(person)s is now with the company.") if welcome else _("%(person)s was turned down.")
    messages.success(request, text % {"person": membership.user})


def _event_with_exhibitors(request: HttpRequest, slug: str) -> Event:
    event = get_public_event(request.user, slug)
    if not event.takes_exhibitors:
        raise Http404
    return event


def _start(request: HttpRequest, event: Event, company: Organisation) -> HttpResponse:
    try:
        exhibitor = start_application(event=event, organisation=company, by=request.user, at=timezone.now())
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect("events:event", event.slug)
    return redirect("registrations:own-exhibitor", exhibitor.pk)


def _render_step(
    request: HttpRequest, event: Event, template: str, context: dict[str, Any], status: int
) -> HttpResponse:
    context |= {
        "event": event,
        "steps": steps_of(event),
        "is_open": event.registration_is_open(timezone.now()),
    }
    return render(request, f"{PAGES}/{template}.html", context, status=status)


def _pretty(number: str) -> str:
    try:
        digits = read_organisation_number(number)
    except NotANumber:
        return number[:30]
    return f"{digits[:6]}-{digits[6:]}"
