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

    Raises Stale when a colleague has saved meanwhile, EventOver after the event.
    """
    exhibitor = _locked(exhibitor)
    _refuse_settled(exhibitor, at)
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
    exhibitor = _locked(exhibitor)
    _refuse_settled(exhibitor, at)
    with audit.change(exhibitor, LOGO_CHANGED, by=by, at=at):
        # The old file stays: last year's application may show the same one.
        exhibitor.logo = picture or ""
        exhibitor.save(update_fields=["logo"])
    return exhibitor


@transaction.atomic
def add_staff(*, exhibitor: Exhibitor, name: str, email: str, by: User, at: datetime) -> StandStaff:
    """Somebody for the stand; an accepted exhibitor's gets a badge at once. The same name and address twice is one.

    Raises TooManyStaff, EventOver.
    """
    exhibitor = _locked(exhibitor)
    _refuse_settled(exhibitor, at)
    known = exhibitor.staff.filter(name=name, email__iexact=email).first()
    if known:
        return known
    before = exhibitor.staff.count()
    if before >= MAX_STAFF:
        raise TooManyStaff
    staff = StandStaff.objects.create(exhibitor=exhibitor, name=name, email=email)
    audit.record(exhibitor, STAFF_ADDED, by=by, at=at, changes={"staff": [before, before + 1]})
    if exhibitor.state in State.holding():
        issue_badges(exhibitor=exhibitor, at=at)
    return staff


@transaction.atomic
def remove_staff(*, staff: StandStaff, by: User, at: datetime) -> None:
    """Take somebody off the stand; the badge stops working."""
    exhibitor = _locked(staff.exhibitor)
    _refuse_settled(exhibitor, at)
    before = exhibitor.staff.count()
    audit.record(exhibitor, STAFF_REMOVED, by=by, at=at, changes={"staff": [before, before - 1]})
    cancel_badge(staff=staff, at=at)
    staff.delete()


def missing_steps(exhibitor: Exhibitor) -> list[str]:
    """The steps that lack something before the application can be sent: ``profile``, ``stations``, ``contact``, ``staff``."""
    missing = []
    if not (exhibitor.profile and exhibitor.field):
        missing.append("profile")
    if exhibitor.event.takes_schools and not exhibitor.stations.filter(cancelled_at__isnull=True).exists():
        missing.append("stations")
    if not (exhibitor.contact_name and exhibitor.contact_email and exhibitor.contact_phone):
        missing.append("contact")
    if not exhibitor.staff.exists():
        missing.append("staff")
    return missing


@transaction.atomic
def send_application(*, exhibitor: Exhibitor, by: User, at: datetime) -> Exhibitor:
    """Hand the application to the organiser; both contact and sender get a receipt. A second click changes nothing.

    Raises RegistrationClosed, Incomplete, WrongState.
    """
    exhibitor = _locked(exhibitor)
    if exhibitor.state == State.APPLIED:
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
    for address in dict.fromkeys([exhibitor.contact_email.lower(), by.email.lower()]):
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
    exhibitor = _locked(exhibitor)
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


def _locked(exhibitor: Exhibitor) -> Exhibitor:
    rows = Exhibitor.objects.select_for_update(of=("self",), no_key=True).select_related("event", "organisation")
    return rows.get(pk=exhibitor.pk)


def _refuse_settled(exhibitor: Exhibitor, at: datetime) -> None:
    """Nothing is changed in an application to an event that is over, nor in one that was declined or withdrawn."""
    if exhibitor.event.is_over(at):
        raise EventOver
    if exhibitor.state in {State.DECLINED, State.WITHDRAWN}:
        raise WrongState
