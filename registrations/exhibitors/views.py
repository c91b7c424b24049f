"""The company's way to a stand: its application step by step, and its own page afterwards."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from events.access.models import AuditEntry
from events.access.rules import may
from events.answers import status_of
from events.errors import Refusal, Stale
from events.once.guard import makes_once
from events.programme.models import EventState
from events.versions import show_stale
from registrations.allocation.visiting import visiting
from registrations.exhibitors import replacing, services
from registrations.exhibitors.forms import ContactForm, ProfileForm, StaffForm, StepForm
from registrations.exhibitors.hooks import own_next_steps, own_sections, send_pieces, what_withdrawing_means
from registrations.exhibitors.models import Exhibitor
from registrations.exhibitors.states import State, can_become
from registrations.exhibitors.steps import current_step, progress, step_after, steps_of
from registrations.organisations.gate import get_own_exhibitor

PAGES = "registrations/exhibitors"


@login_required
@require_safe
def own_exhibitor(request: HttpRequest, pk: int) -> HttpResponse:
    """The company's own page for one event: next step, state, papers, history. A draft leads on to its next step."""
    exhibitor = get_own_exhibitor(request.user, pk, "exhibitor.edit")
    if exhibitor.state == State.DRAFT and "stay" not in request.GET:
        return redirect(_first_gap(exhibitor))
    is_over = exhibitor.event.is_over(timezone.now())
    return render(
        request,
        f"{PAGES}/own.html",
        {
            "exhibitor": exhibitor,
            "event": exhibitor.event,
            "staff": exhibitor.staff.select_related("ticket"),
            "timeline": progress(exhibitor, timezone.now()),
            "is_over": is_over,
            "editable": not is_over and exhibitor.state not in {State.DECLINED, State.WITHDRAWN},
            "entries": AuditEntry.objects.about(exhibitor)[:20],
            "sections": [section(exhibitor, request) for section in own_sections],
            "first": next((step for give in own_next_steps if (step := give(exhibitor, request))), None),
            "visiting": visiting(exhibitor)
            if exhibitor.event.takes_schools
            and exhibitor.event.state != EventState.CANCELLED
            and exhibitor.state in State.holding()
            else None,
        },
    )


def _edit_step(request: HttpRequest, pk: int, name: str, form_class: type[StepForm]) -> HttpResponse:
    exhibitor = get_own_exhibitor(request.user, pk, "exhibitor.edit")
    posted = request.method == "POST"
    form = form_class(request.POST if posted else None, request.FILES if posted else None, instance=exhibitor)
    context: dict[str, Any] = {"form": form}
    status = 200
    if posted:
        try:
            if form.is_valid():
                services.save_details(
                    exhibitor=exhibitor,
                    seen=form.cleaned_data["version"],
                    by=request.user,
                    at=timezone.now(),
                    **form.changed_fields(),
                )
                _store_logo(request, exhibitor, form)
                return _go_on(request, exhibitor, name)
            status = 422
            _store_logo(request, exhibitor, form)
        except Stale as refusal:
            row = Exhibitor.objects.get(pk=pk)
            context |= {"refusal": refusal, "stored": show_stale(form, row)}
            status = 409
        except Refusal as refusal:
            form.add_error(None, str(refusal))
            status = 409
    return _render_step(request, exhibitor, name, context, status)


def _store_logo(request: HttpRequest, exhibitor: Exhibitor, form: StepForm) -> None:
    """A sound picture is kept even when another field is wrong: a browser cannot fill in a file again."""
    upload = form.cleaned_data.get("logo")
    if upload:
        services.save_logo(exhibitor=exhibitor, upload=upload, by=request.user, at=timezone.now())
        if form.errors:
            messages.info(request, _("The logo is saved."))
    elif form.cleaned_data.get("remove_logo") and not form.errors:
        services.save_logo(exhibitor=exhibitor, upload=None, by=request.user, at=timezone.now())


@login_required
def profile(request: HttpRequest, pk: int) -> HttpResponse:
    return _edit_step(request, pk, "profile", ProfileForm)


@login_required
def contact(request: HttpRequest, pk: int) -> HttpResponse:
    return _edit_step(request, pk, "contact", ContactForm)


@login_required
def staff(request: HttpRequest, pk: int) -> HttpResponse:
    """Who will stand in the stand; one is added at a time and saved at once."""
    exhibitor = get_own_exhibitor(request.user, pk, "exhibitor.edit")
    form = StaffForm(request.POST if request.method == "POST" else None)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                services.add_staff(exhibitor=exhibitor, by=request.user, at=timezone.now(), **form.cleaned_data)
            except Refusal as refusal:
                form.add_error(None, str(refusal))
                status = 409
            else:
                messages.success(request, _("%(name)s is added.") % form.cleaned_data)
                return redirect("registrations:exhibitor-staff", pk)
    people = list(exhibitor.staff.select_related("ticket"))
    badges = services.badges_allowed(exhibitor)
    context = {"form": form, "staff": people, "badges": badges, "over": max(0, len(people) - (badges or len(people)))}
    return _render_step(request, exhibitor, "staff", context, status)


@login_required
@require_POST
def remove_staff(request: HttpRequest, pk: int, staff_pk: int) -> HttpResponse:
    exhibitor = get_own_exhibitor(request.user, pk, "exhibitor.edit")
    person = get_object_or_404(exhibitor.staff.select_related("exhibitor"), pk=staff_pk)
    _or_say_why(request, lambda: services.remove_staff(staff=person, by=request.user, at=timezone.now()), _("Removed."))
    return redirect("registrations:exhibitor-staff", pk)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@makes_once
def replace_staff(request: HttpRequest, pk: int, staff_pk: int) -> HttpResponse:
    """Somebody else takes over a badge; the old code stops working."""
    exhibitor = get_own_exhibitor(request.user, pk, "exhibitor.edit")
    person = get_object_or_404(exhibitor.staff, pk=staff_pk)
    form = StaffForm(request.POST if request.method == "POST" else None)
    refusal = None
    if form.is_valid():
        try:
            replacing.replace_staff(
                staff_pk=person.pk, exhibitor=exhibitor, by=request.user, at=timezone.now(), **form.cleaned_data
            )
        except Refusal as reason:
            refusal = reason
            form.add_error(None, str(reason))
        else:
            messages.success(
                request, _("%(name)s has the badge now. The old code no longer works.") % form.cleaned_data
            )
            return redirect("registrations:exhibitor-staff", pk)
    context = {
        "exhibitor": exhibitor,
        "event": exhibitor.event,
        "person": person,
        "form": form,
        "back": reverse("registrations:exhibitor-staff", args=[pk]),
    }
    return render(request, f"{PAGES}/replace.html", context, status=status_of(form, refusal))


@login_required
def send(request: HttpRequest, pk: int) -> HttpResponse:
    """Everything on one page, and the button that sends it."""
    exhibitor = get_own_exhibitor(request.user, pk, "exhibitor.edit")
    if exhibitor.state != State.DRAFT:
        return redirect("registrations:own-exhibitor", pk)
    refusal = None
    if request.method == "POST":
        try:
            services.send_application(exhibitor=exhibitor, agreed=_agreed(request), by=request.user, at=timezone.now())
            messages.success(request, _("The application is sent. A receipt is on its way by e-mail."))
            return redirect("registrations:own-exhibitor", pk)
        except Refusal as reason:
            refusal = reason
    context = {
        "staff": exhibitor.staff.all(),
        "missing": services.missing_steps(exhibitor),
        "pieces": [piece(exhibitor, request) for piece in send_pieces],
        "is_open": exhibitor.event.registration_is_open(timezone.now()),
        "refusal": refusal,
    }
    return _render_step(request, exhibitor, "send", context, 409 if refusal else 200)


@login_required
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Asks first; then the application is taken back."""
    exhibitor = get_own_exhibitor(request.user, pk, "exhibitor.withdraw")
    own_page = reverse("registrations:own-exhibitor", args=[pk])
    if not can_become(exhibitor.state, State.WITHDRAWN):
        return redirect(own_page)
    if request.method == "POST":
        _or_say_why(
            request,
            lambda: services.withdraw(exhibitor=exhibitor, by=request.user, at=timezone.now()),
            _("The application is withdrawn."),
        )
        return redirect(f"{own_page}?stay")
    return render(
        request,
        "components/confirm.html",
        {
            "title": _("Withdraw the application?"),
            "text": " ".join(
                [
                    _what_withdrawing_means(exhibitor),
                    *filter(None, (means(exhibitor, timezone.now()) for means in what_withdrawing_means)),
                ]
            ),
            "action_label": _("Withdraw the application"),
            "cancel_url": own_page,
            "tone": "danger",
        },
    )


@require_safe
def logo(request: HttpRequest, pk: int) -> FileResponse:
    """The exhibitor's logo: for everybody once it is on the public page, before that for the company and the organiser."""
    exhibitor = get_object_or_404(Exhibitor.objects.select_related("event").exclude(logo=""), pk=pk)
    is_public = exhibitor.event.is_public and exhibitor.state in State.holding()
    if not is_public and not may(request.user, "exhibitors.view", exhibitor.event):
        get_own_exhibitor(request.user, pk, "exhibitor.edit")
    try:
        picture = default_storage.open(exhibitor.logo.name)
    except FileNotFoundError as gone:
        raise Http404 from gone
    response = FileResponse(picture, content_type="image/webp")
    response["Cache-Control"] = "public, max-age=86400" if is_public else "private, no-store"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


def _render_step(
    request: HttpRequest, exhibitor: Exhibitor, name: str, context: dict[str, Any], status: int
) -> HttpResponse:
    context |= {
        "exhibitor": exhibitor,
        "event": exhibitor.event,
        "steps": steps_of(exhibitor.event, exhibitor),
        "current": current_step(exhibitor.event, name),
        "back": reverse("registrations:own-exhibitor", args=[exhibitor.pk]) + "?stay",
    }
    return render(request, f"{PAGES}/step_{name}.html", context, status=status)


def _go_on(request: HttpRequest, exhibitor: Exhibitor, name: str) -> HttpResponse:
    """A draft goes on to the next step; whoever changes a sent application returns to its page."""
    if exhibitor.state == State.DRAFT:
        return redirect(step_after(exhibitor, name))
    messages.success(request, _("Saved."))
    return redirect("registrations:own-exhibitor", exhibitor.pk)


def _first_gap(exhibitor: Exhibitor) -> str:
    missing = [*services.missing_steps(exhibitor), "send"]
    return reverse(f"registrations:exhibitor-{missing[0]}", args=[exhibitor.pk])


def _agreed(request: HttpRequest) -> int | None:
    """The price that stood on the page, if one did."""
    typed = request.POST.get("agreed", "")
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 15 else None


def _what_withdrawing_means(exhibitor: Exhibitor) -> str:
    facts = {"company": exhibitor.organisation, "event": exhibitor.event.title}
    if exhibitor.event.takes_schools:
        return (
            _(
                "%(company)s gives up its place at %(event)s: its stations receive no pupils, and the badges stop working."
            )
            % facts
        )
    return _("%(company)s gives up its place at %(event)s, and the badges stop working.") % facts


def _or_say_why(request: HttpRequest, act: Callable[[], Any], done: str) -> None:
    try:
        act()
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, done)
