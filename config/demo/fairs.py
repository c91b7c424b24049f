"""Who was at the fair of 2019, who came through its door, what they answered; and who has applied to the next."""

from datetime import datetime, timedelta
from random import Random

from django.utils import timezone

from config.demo.dates import at_clock
from config.demo.files import FOLDER, rows
from events.access.models import User
from events.programme.models import Event
from registrations.checkin.models import Gate, Presence, Scan
from registrations.checkin.verdict import Outcome
from registrations.exhibitors.models import Exhibitor, StandStaff
from registrations.exhibitors.states import State
from registrations.organisations.models import Organisation
from registrations.tickets.models import Ticket
from registrations.visitors.models import Visitor
from surveys.answers.services import import_answers
from surveys.questionnaires.models import Audience, Survey
from surveys.questionnaires.services import close_survey, create_survey, open_survey

Companies = list[tuple[Organisation, dict[str, str]]]
EXHIBITORS_2019 = 134
STATES_OF_COMING = [State.ACCEPTED] * 18 + [State.APPLIED] * 14 + [State.WAITING] * 4 + [State.DECLINED] * 2


def hold_fair_of_2019(event: Event, companies: Companies, scale: int, organiser: User) -> Survey:
    """134 exhibitors (times ``scale``), their staff and the visitors through the door, and the imported answers."""
    at_fair = [
        pair for copy in range(scale) for pair in companies[copy * len(rows("companies.csv")) :][:EXHIBITORS_2019]
    ]
    exhibitors = _exhibit(event, at_fair, [State.ACCEPTED] * len(at_fair))
    tickets = _badges(exhibitors) + _visit(event, rows("visitors.csv") * scale)
    _walk_in(event, tickets, organiser)
    return _ask(event, scale, organiser)


def open_coming_fair(event: Event, companies: Companies, scale: int) -> None:
    """Some applications of each kind, and the first visitors. The demo's own company has not applied yet."""
    fresh = companies[EXHIBITORS_2019 : len(rows("companies.csv"))]
    known = companies[1 : 1 + len(STATES_OF_COMING) - len(fresh)]
    applicants = [pair for two in zip(fresh, known, strict=False) for pair in two]
    applicants += [pair for pair in fresh + known if pair not in applicants]
    exhibitors = _exhibit(event, applicants, STATES_OF_COMING)
    _badges([exhibitor for exhibitor in exhibitors if exhibitor.state == State.ACCEPTED])
    _visit(event, rows("visitors.csv")[:60] * scale)


def _exhibit(event: Event, companies: Companies, states: list[State]) -> list[Exhibitor]:
    exhibitors, staff = [], []
    for place, ((company, row), state) in enumerate(zip(companies, states, strict=False)):
        applied_at = _moment(event, place, len(companies))
        exhibitor = Exhibitor(
            event=event,
            organisation=company,
            state=state,
            profile=row["profile_sv"],
            field=row["field"],
            website=row["website"],
            contact_name=row["contact_name"],
            contact_email=row["contact_email"],
            contact_phone=row["contact_phone"],
            started_at=applied_at,
            applied_at=applied_at,
            decided_at=None if state == State.APPLIED else applied_at + timedelta(days=1),
        )
        exhibitors.append(exhibitor)
        staff += [StandStaff(exhibitor=exhibitor, name=row[key]) for key in ("staff1", "staff2") if row[key]]
    Exhibitor.objects.bulk_create(exhibitors, batch_size=500)
    StandStaff.objects.bulk_create(staff, batch_size=500)
    return exhibitors


def _moment(event: Event, place: int, of: int) -> datetime:
    """When number ``place`` of ``of`` signed up: in office hours, spread from the day registration opened until
    it closed, or until yesterday."""
    first = timezone.localtime(event.registration_opens_at).date()
    last = min(timezone.localtime(event.registration_closes_at).date(), timezone.localdate()) - timedelta(days=2)
    day = first + timedelta(days=(last - first).days * place // max(of, 1))
    return at_clock(day, f"{8 + place * 5 % 9:02}:{place * 17 % 60:02}")


def _badges(exhibitors: list[Exhibitor]) -> list[Ticket]:
    staff = StandStaff.objects.filter(exhibitor__in=[e.pk for e in exhibitors]).select_related("exhibitor")
    badges = [
        Ticket(event_id=p.exhibitor.event_id, kind=Ticket.Kind.EXHIBITOR, staff=p, exhibitor=p.exhibitor) for p in staff
    ]
    return Ticket.objects.bulk_create(badges, batch_size=500)


def _visit(event: Event, told: list[dict[str, str]]) -> list[Ticket]:
    visitors, seen = [], set()
    for place, row in enumerate(told):
        name, _at, domain = row["email"].partition("@")
        visitors.append(
            Visitor(
                event=event,
                name=row["name"],
                company=row["company"],
                email=row["email"] if row["email"] not in seen else f"{name}+{place}@{domain}",
                registered_at=_moment(event, place, len(told)),
            )
        )
        seen.add(row["email"])
    Visitor.objects.bulk_create(visitors, batch_size=500)
    tickets = [Ticket(event=event, kind=Ticket.Kind.VISITOR, visitor=visitor) for visitor in visitors]
    return Ticket.objects.bulk_create(tickets, batch_size=500)


def _walk_in(event: Event, tickets: list[Ticket], by: User) -> None:
    """Everybody with a badge came; of the visitors, nine in ten. The same draw each time."""
    draw = Random(2019)  # noqa: S311 — the story's dice, not a secret
    gate = Gate.objects.create(event=event, name="Huvudentrén")
    came = [t for t in tickets if t.kind == Ticket.Kind.EXHIBITOR or draw.random() < 0.9]
    scans = []
    for ticket in came:
        early = ticket.kind == Ticket.Kind.EXHIBITOR
        minutes = draw.randint(-90, -5) if early else draw.randint(0, 300)
        at = event.starts_at + timedelta(minutes=minutes, seconds=draw.randint(0, 59))
        scans.append(
            Scan(
                event=event,
                ticket=ticket,
                gate=gate,
                scanned_by=by,
                device_at=at,
                received_at=at,
                happened_at=at,
                shown=Outcome.ADMITTED,
                let_in=True,
                outcome=Outcome.ADMITTED,
            )
        )
    Scan.objects.bulk_create(scans, batch_size=500)
    presences = [
        Presence(
            ticket=scan.ticket,
            event=event,
            inside=0,
            came=1,
            first_at=scan.happened_at,
            gate=gate,
            changed_at=scan.happened_at,
        )
        for scan in scans
    ]
    Presence.objects.bulk_create(presences, batch_size=500)


def _ask(event: Event, scale: int, by: User) -> Survey:
    """The exhibitors' survey, with the answers that were collected elsewhere, through the same import as anybody's."""
    opened = event.ends_at + timedelta(days=1)
    survey = create_survey(event=event, audience=Audience.EXHIBITORS, by=by, at=opened)
    open_survey(survey=survey, closes_at=opened + timedelta(days=21), by=by, at=opened)
    head, *lines = (FOLDER / "b2b_2019_answers.csv").read_text(encoding="utf-8-sig").splitlines()
    content = "\n".join([head, *lines * scale])
    import_answers(
        survey=survey, content=content.encode(), name="b2b_2019_answers.csv", partial=False, by=by, at=opened
    )
    close_survey(survey=survey, by=by, at=opened + timedelta(days=21))
    return survey
