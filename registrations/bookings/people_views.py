"""Who shares a booking: twins that turn out to be one class, invitations, requests, handing over."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from django_ratelimit.decorators import ratelimit

from events.access.rules import may
from events.errors import Refusal
from events.once.guard import makes_once
from registrations.bookings import people, services
from registrations.bookings.forms import InviteForm
from registrations.bookings.gate import get_own_booking, get_own_class
from registrations.bookings.models import Booking
from registrations.bookings.queries import asking, owners_of, twins_of
from registrations.bookings.states import BookingState
from registrations.bookings.steps import step_url

PAGES = "registrations/bookings"


@login_required
def twin(request: HttpRequest, pk: int, class_pk: int) -> HttpResponse:
    """A colleague has booked a class of the same name: the same class, or another one?"""
    one = get_own_class(request.user, pk, class_pk, "booking.edit")
    booking = one.booking
    twins = twins_of(one)
    onward = step_url(booking, "classes") if booking.state == BookingState.DRAFT else ""
    own_page = reverse("registrations:own-booking", args=[pk])
    if not twins:
        return redirect(onward or own_page)
    if request.method == "POST":
        if request.POST.get("choice") == "ask":
            other = next((t.booking for t in twins if str(t.booking_id) == request.POST.get("booking")), None)
            if other is None:
                raise Http404
            try:
                people.ask_to_share(booking=other, by=request.user, at=timezone.now())
            except Refusal as refusal:
                messages.error(request, str(refusal))
                return redirect("registrations:own-booking", other.pk)
            messages.success(
                request,
                _(
                    "You have asked. Until you get an answer the class stays in your booking too, so that no place is lost."
                ),
            )
        services.keep_beside_twin(school_class=one, by=request.user, at=timezone.now())
        return redirect(onward or own_page)
    shown = [{"twin": t, "names": _names(t.booking, request)} for t in {t.booking_id: t for t in twins}.values()]
    context = {"booking": booking, "event": booking.night.event, "one": one, "twins": shown, "draft": bool(onward)}
    return render(request, f"{PAGES}/twin.html", context)


def _names(booking: Booking, request: HttpRequest) -> str:
    """Who booked it, for a colleague with an address of the same employer; nobody's name for anybody else."""
    known = [str(owner) for owner in owners_of(booking) if people.same_employer(owner, request.user)]
    return ", ".join(known)


@login_required
@require_POST
@makes_once
@ratelimit(key="user", rate="20/h", block=True)
def invite(request: HttpRequest, pk: int) -> HttpResponse:
    """A colleague gets a link by e-mail, and joins by it after signing in."""
    booking = get_own_booking(request.user, pk, "booking.people")
    form = InviteForm(request.POST)
    if form.is_valid():
        email = form.cleaned_data["email"]
        try:
            people.invite_colleague(booking=booking, email=email, by=request.user, at=timezone.now())
        except Refusal as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("An invitation is on its way to %(email)s.") % {"email": email})
    else:
        messages.error(request, " ".join(form.errors["email"]))
    return _back(pk)


@login_required
def join(request: HttpRequest, token: str) -> HttpResponse:
    """Where an invitation leads: it works for the address that it was sent to."""
    invitation = people.read_invitation(token)
    booking = None
    if invitation:
        booking = Booking.objects.select_related("school", "night__event").filter(pk=invitation.booking_pk).first()
    if booking and may(request.user, "booking.edit", booking):
        return _back(booking.pk)
    if not invitation or booking is None or people.is_withdrawn(booking, invitation.sent_at):
        return render(request, f"{PAGES}/join.html", {"invitation": None}, status=410)
    right = invitation.email == request.user.email.lower()
    if request.method == "POST" and right:
        try:
            people.join_by_invitation(booking=booking, sent_at=invitation.sent_at, by=request.user, at=timezone.now())
        except Refusal as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("You share the booking now."))
            return _back(booking.pk)
    context = {"invitation": invitation, "booking": booking, "event": booking.night.event, "right": right}
    return render(request, f"{PAGES}/join.html", context if right else {"invitation": invitation, "right": False})


@login_required
@require_POST
def answer(request: HttpRequest, pk: int, person_pk: int) -> HttpResponse:
    """The owner lets a colleague in who has booked the same class, or not."""
    booking = get_own_booking(request.user, pk, "booking.people")
    person = get_object_or_404(asking(booking).select_related("booking__night"), pk=person_pk)
    welcome = request.POST.get("answer") == "yes"
    people.answer_request(person=person, welcome=welcome, by=request.user, at=timezone.now())
    text = _("%(person)s shares the booking now.") if welcome else _("%(person)s was turned down.")
    messages.success(request, text % {"person": person.user})
    return _back(pk)


@login_required
@require_POST
def change_person(request: HttpRequest, pk: int, person_pk: int) -> HttpResponse:
    """The owner hands the booking over to a colleague, or takes somebody out."""
    booking = get_own_booking(request.user, pk, "booking.people")
    person = get_object_or_404(booking.people.filter(joined_at__isnull=False).select_related("booking"), pk=person_pk)
    act = people.remove_person if request.POST.get("act") == "remove" else people.hand_over
    try:
        act(person=person, by=request.user, at=timezone.now())
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Saved."))
    return _back(pk)


@login_required
@require_POST
def leave(request: HttpRequest, pk: int) -> HttpResponse:
    """A colleague leaves the booking; whoever is responsible hands it over first."""
    booking = get_own_booking(request.user, pk, "booking.edit")
    person = get_object_or_404(booking.people.select_related("booking"), user=request.user)
    try:
        people.remove_person(person=person, by=request.user, at=timezone.now())
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return _back(pk)
    messages.success(request, _("You have left the booking."))
    return redirect("events:home")


def _back(pk: int) -> HttpResponse:
    return redirect("registrations:own-booking", pk)
