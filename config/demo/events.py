"""The four events of 2019 and the coming editions."""

from datetime import date, timedelta
from typing import Any

from config.demo.dates import at_clock, next_day
from config.demo.files import toml
from events.municipalities.models import Area
from events.plan.models import Activity, ActivityPlan
from events.programme.models import Event, EventState, Issuer
from events.venue.models import Venue

TEXTS = ("name", "name_en", "summary", "summary_en", "description", "capacity", "visitor_capacity", "contact_email")


def add_events(plan: ActivityPlan, today: date) -> dict[str, Event]:
    """Venues, issuers, the past events under their activities and the coming ones, by slug."""
    story = toml("events_2019.toml")
    venues = {key: _venue(told) for key, told in story["venues"].items()}
    issuers = {key: _issuer(told) for key, told in story["issuers"].items()}
    events: dict[str, Event] = {}
    for told in story["events"]:
        window = ("slug", "kind", "starts_at", "ends_at", "registration_opens_at", "registration_closes_at")
        fields = {name: told[name] for name in window} | {name: told[name] for name in TEXTS if name in told}
        places = {"venue": venues[told["venue"]], "issuer": issuers[told["issuer"]]}
        events[told["slug"]] = _save(plan.area, **fields, **places)
    for told, activity in _told_events():
        Event.objects.filter(slug__in=told).update(activity=Activity.objects.get(plan=plan, title=activity))
    for told in story["coming"]:
        event = _coming(told, events[told["copied_from"]], venues[told["venue"]], issuers[told["issuer"]], today)
        events[event.slug] = event
    return events


def coming_fair() -> Event:
    """The next fair of the story."""
    return Event.objects.get(copied_from__slug="b2b-2019")


def _told_events() -> list[tuple[list[str], str]]:
    return [(a["events"], a["title"]) for a in toml("plan_2019.toml")["activities"] if a.get("events")]


def _venue(told: dict[str, Any]) -> Venue:
    names = ("name", "street", "postal_code", "city", "accessibility")
    return Venue.objects.create(**{name: told[name] for name in names})


def _issuer(told: dict[str, Any]) -> Issuer:
    names = ("name", "organisation_number", "contact_email")
    return Issuer.objects.create(municipality_id=told.get("municipality"), **{name: told[name] for name in names})


def _coming(told: dict[str, Any], last: Event, venue: Venue, issuer: Issuer, today: date) -> Event:
    when = told["when"]
    weeks = when.get("weeks") or [when["week"]]
    day = next_day(today, weeks[0], when["weekday"], when["days_ahead"])
    last_day = next_day(day, weeks[-1], when["weekday"], 0)
    opens = at_clock(today - timedelta(days=told["registration_open_for_days"]), "08:00")
    closes = at_clock(day - timedelta(days=told["registration_closes_before_days"]), "17:00")
    words = {name: told.get(name, getattr(last, name)) for name in TEXTS}
    words |= {name: words[name].format(year=day.year) for name in ("name", "name_en")}
    return _save(
        last.area,
        slug=told["slug"].format(year=day.year),
        kind=last.kind,
        starts_at=at_clock(day, when["starts"]),
        ends_at=at_clock(last_day, when["ends"]),
        registration_opens_at=opens,
        registration_closes_at=closes,
        venue=venue,
        issuer=issuer,
        copied_from=last,
        **words,
    )


def _save(area: Area, **fields: Any) -> Event:
    return Event.objects.create(area=area, state=EventState.PUBLISHED, **fields)
