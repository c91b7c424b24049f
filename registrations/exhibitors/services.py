"""What a company does with its application: start, fill in step by step, send, withdraw."""

from datetime import datetime

from django.core.files.base import File
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from events.access import audit
from events.access.models import User
from events.errors import Refusal
from events.mail.services import write_letter
from events.programme.models import Event
from events.versions import take_version
from registrations.exhibitors.hooks import (
    before_change,
    before_waiting,
    further_gaps,
    sending_gives_places,
    staff_limits,
    when_sent,
    when_withdrawn,
)
from registrations.exhibitors.logos import rewrite_logo
from registrations.exhibitors.models import Exhibitor, StandStaff
from registrations.exhibitors.states import State, can_become
from registrations.organisations.models import Organisation
from registrations.tickets.services import cancel_badge, cancel_badges, issue_badges

STARTED = audit.verb("exhibitor.started", _("started an application"))
CHANGED = audit.verb("exhibitor.changed", _("changed the application"))
LOGO_CHANGED = audit.verb("exhibitor.logo", _("changed the logo"))
STAFF_ADDED = audit.verb("exhibitor.staff_added", _("added stand staff"))
STAFF_REMOVED = audit.verb("exhibitor.staff_removed", _("removed stand staff"))
SENT = audit.verb("exhibitor.sent", _("sent the application"))
WITHDRAWN = audit.verb("exhibitor.withdrawn", _("withdrew the application"))

MAX_STAFF = 20


class RegistrationClosed(Refusal):
    code = "registration_closed"
    message = _("Registration is not open. What you have written is kept; ask the organiser if you still want to come.")


class EventOver(Refusal):
    code = "event_over"
    message = _("The event is over; the application can no longer be changed.")


class Incomplete(Refusal):
    """``missing`` names the steps that lack something."""

    code = "incomplete"
    message = _("Something is missing before the application can be sent.")

    def __init__(self, missing: list[str]):
        self.missing = missing
        super().__init__()


class WrongState(Refusal):
    code = "wrong_state"
    message = _("That can not be done with the application as it is now. Somebody may have changed it meanwhile.")


class TooManyStaff(Refusal):
    code = "too_many_staff"
    message = _("A stand can have at most 20 people.")


class TooManyBadges(Refusal):
    code = "too_many_badges"
    message = _(
        "Your package holds %(badges)s badges. Let somebody take over one of them, or ask the organiser for more."
    )


@transaction.atomic
def start_application(*, event: Event, organisation: Organisation, by: User, at: datetime) -> Exhibitor:
    """The company's application to ``event``, begun now unless it was before. A second click is the same application.

    An application that was withdrawn is taken up again as a draft. Last year's profile and logo are copied.
    Raises RegistrationClosed (not for an application that exists).
    """
    exhibitor = Exhibitor.objects.select_for_update(no_key=True).filter(event=event, organisation=organisation).first()
    if exhibitor and exhibitor.state != State.WITHDRAWN:
        return exhibitor
    if not event.registration_is_open(at):
        raise RegistrationClosed
    if exhibitor:
        with audit.change(exhibitor, STARTED, by=by, at=at):
            exhibitor.state = State.DRAFT
            exhibitor.save(update_fields=["state"])
        return exhibitor
    last = organisation.exhibitors.exclude(state=State.DRAFT).order_by("-event__starts_at").first()
    texts = {name: getattr(last, name) for name in ("profile", "field", "website", "logo")} if last else {}
    exhibitor, new = Exhibitor.objects.get_or_create(
        event=event,
        organisation=organisation,
        defaults={
            "website": organisation.website,
            "contact_name": by.name,
            "contact_email": by.email,
            "started_by": by,
            "started_at": at,
            **texts,
        },
    )
    if new:
        audit.created(exhibitor, STARTED, by=by, at=at)
    return exhibitor


@transaction.atomic
def save_details(*, exhibitor: Exhibitor, seen: int, by: User, at: datetime, **fields: str) -> Exhibitor:
    """Store one step's ``fields``. ``seen`` is the version that the form was opened with.

    Raises Stale when a colleague has saved meanwhile, EventOver after the event, and what ``hooks.before_change`` refuses.
    """
    exhibitor = locked(exhibitor)
    refuse_settled(exhibitor, at)
    _ask_before(exhibitor, {name for name, value in fields.items() if getattr(exhibitor, name) != value}, at)
    take_version(exhibitor, seen)
    with audit.change(exhibitor, CHANGED, by=by, at=at):
        for name, value in fields.items():
            setattr(exhibitor, name, value)
        exhibitor.save()
    return exhibitor


@transaction.atomic
def save_logo(*, exhibitor: Exhibitor, upload: File | None, by: User, at: datetime) -> Exhibitor:
    """Store ``upload`` as the logo, rewritten; ``None`` takes the logo away. Raises NotALogo, LogoTooLarge, EventOver."""
    picture = rewrite_logo(upload) if upload else None
    exhibitor = locked(exhibitor)
    refuse_settled(exhibitor, at)
    _ask_before(exhibitor, {"logo"}, at)
    with audit.change(exhibitor, LOGO_CHANGED, by=by, at=at):
        # The old file stays: last year's application may show the same one.
        exhibitor.logo = picture or ""
        exhibitor.save(update_fields=["logo"])
    return exhibitor


@transaction.atomic
def add_staff(*, exhibitor: Exhibitor, name: str, email: str, by: User, at: datetime) -> StandStaff:
    """Somebody for the stand; an accepted exhibitor's gets a badge at once. The same name and address twice is one.

    Raises TooManyStaff, TooManyBadges, EventOver.
    """
    exhibitor = locked(exhibitor)
    refuse_settled(exhibitor, at)
    _ask_before(exhibitor, {"staff"}, at)
    known = exhibitor.staff.filter(name=name, email__iexact=email).first()
    if known:
        return known
    before = exhibitor.staff.count()
    if before >= MAX_STAFF:
        raise TooManyStaff
    badges = badges_allowed(exhibitor)
    if badges is not None and before >= badges:
        raise TooManyBadges(badges=badges)
    staff = StandStaff.objects.create(exhibitor=exhibitor, name=name, email=email)
    audit.record(exhibitor, STAFF_ADDED, by=by, at=at, changes={"staff": [before, before + 1]})
    if exhibitor.state in State.holding():
        issue_badges(exhibitor=exhibitor, at=at)
    return staff


@transaction.atomic
def remove_staff(*, staff: StandStaff, by: User, at: datetime) -> None:
    """Take somebody off the stand; the badge stops working."""
    exhibitor = locked(staff.exhibitor)
    refuse_settled(exhibitor, at)
    _ask_before(exhibitor, {"staff"}, at)
    before = exhibitor.staff.count()
    audit.record(exhibitor, STAFF_REMOVED, by=by, at=at, changes={"staff": [before, before - 1]})
    cancel_badge(staff=staff, at=at)
    staff.delete()


def badges_allowed(exhibitor: Exhibitor) -> int | None:
    """How many people may be named for the stand; ``None``: nobody has said so, and MAX_STAFF holds."""
    told = [limit for ask in staff_limits if (limit := ask(exhibitor)) is not None]
    return min(told, default=None)


def missing_steps(exhibitor: Exhibitor) -> list[str]:
    """The steps that lack something before the application can be sent: ``profile``, ``stations``, ``contact``, ``staff``,
    and what other subjects ask for (``hooks.further_gaps``).
    """
    missing = []
    if not (exhibitor.profile and exhibitor.field):
        missing.append("profile")
    if exhibitor.event.takes_schools and not exhibitor.stations.filter(cancelled_at__isnull=True).exists():
        missing.append("stations")
    if not (exhibitor.contact_name and exhibitor.contact_email and exhibitor.contact_phone):
        missing.append("contact")
    named, badges = exhibitor.staff.count(), badges_allowed(exhibitor)
    if not named or (badges is not None and named > badges):
        missing.append("staff")
    return missing + [gap for gaps in further_gaps for gap in gaps(exhibitor)]


@transaction.atomic
def send_application(*, exhibitor: Exhibitor, by: User, at: datetime, agreed: int | None = None) -> Exhibitor:
    """Hand the application to the organiser; both contact and sender get a receipt. A second click changes nothing.

    ``agreed`` is the price that the company saw, in öre to pay. Raises RegistrationClosed, Incomplete, WrongState, and what
    ``hooks.when_sent`` refuses.
    """
    event = _event_for_sending(exhibitor)
    exhibitor = locked(exhibitor, event)
    # Where the first to come is the first served, the first click has already been answered with a place.
    if exhibitor.state in {State.APPLIED, State.ACCEPTED, State.WAITING}:
        return exhibitor
    if not can_become(exhibitor.state, State.APPLIED):
        raise WrongState
    if not exhibitor.event.registration_is_open(at):
        raise RegistrationClosed
    if missing := missing_steps(exhibitor):
        raise Incomplete(missing)
    with audit.change(exhibitor, SENT, by=by, at=at):
        exhibitor.state = State.APPLIED
        exhibitor.applied_at = at
        exhibitor.decided_at = None
        exhibitor.save(update_fields=["state", "applied_at", "decided_at"])
    answered = [follow(exhibitor, agreed, by, at) for follow in when_sent]
    for address in dict.fromkeys([exhibitor.contact_email.lower(), by.email.lower()]) if not any(answered) else ():
        write_letter(
            to=address,
            template="registrations/exhibitors/mail/received",
            context={"exhibitor": exhibitor},
            language=by.language,
            event=exhibitor.event,
        )
    return exhibitor


@transaction.atomic
def withdraw(*, exhibitor: Exhibitor, by: User, at: datetime) -> Exhibitor:
    """The company takes its application back; its place is free and its badges stop working.

    The contact person and the organiser are told, unless it was a draft that the organiser never saw.

    Raises WrongState, EventOver.
    """
    # Places are counted under the event's lock, so whoever frees one takes it too, and always before the application's.
    event = Event.objects.locked(exhibitor.event_id)
    exhibitor = locked(exhibitor, event)
    if event.is_over(at):
        raise EventOver
    if exhibitor.state == State.WITHDRAWN:
        return exhibitor
    if not can_become(exhibitor.state, State.WITHDRAWN):
        raise WrongState
    was_sent = exhibitor.state != State.DRAFT
    with audit.change(exhibitor, WITHDRAWN, by=by, at=at):
        exhibitor.state = State.WITHDRAWN
        exhibitor.save(update_fields=["state"])
    cancel_badges(exhibitor=exhibitor, at=at)
    for follow in when_withdrawn:
        follow(exhibitor, by, at)
    if was_sent:
        for address in dict.fromkeys([exhibitor.contact_email.lower(), event.contact_email.lower()]):
            write_letter(
                to=address,
                template="registrations/exhibitors/mail/withdrawn",
                context={"exhibitor": exhibitor, "by": by},
                language=by.language,
                event=event,
            )
    return exhibitor


def _event_for_sending(exhibitor: Exhibitor) -> Event:
    """The event's row: locked where a place is given to whoever sends, otherwise held, so that senders do not wait in line.

    The terms cannot change once the row is held; should they have done so just before, the lock is taken after all.
    """
    if _gives_places(exhibitor.event):
        for ask in before_waiting:
            ask(exhibitor)
        return Event.objects.locked(exhibitor.event_id)
    held = Event.objects.held(exhibitor.event_id)
    return Event.objects.locked(held.pk) if _gives_places(held) else held


def _gives_places(event: Event) -> bool:
    return any(gives(event) for gives in sending_gives_places)


def locked(exhibitor: Exhibitor, event: Event | None = None) -> Exhibitor:
    """The application as it is now, locked for those who change it; ``event``: the one whose lock the caller holds."""
    related = ["organisation"] if event else ["organisation", "event"]
    rows = Exhibitor.objects.select_for_update(of=("self",), no_key=True).select_related(*related)
    row: Exhibitor = rows.get(pk=exhibitor.pk)
    if event:
        row.event = event
    return row


def refuse_settled(exhibitor: Exhibitor, at: datetime) -> None:
    """Nothing is changed in an application to an event that is over, nor in one that was declined or withdrawn."""
    if exhibitor.event.is_over(at):
        raise EventOver
    if exhibitor.state in {State.DECLINED, State.WITHDRAWN}:
        raise WrongState


def _ask_before(exhibitor: Exhibitor, names: set[str], at: datetime) -> None:
    for ask in before_change:
        ask(exhibitor, frozenset(names), at)
