"""Tells the story of 2019 into an empty database, and opens the coming editions."""

from datetime import date, datetime

from django.db import transaction

from config.demo.companies import add_companies
from config.demo.dates import at_clock
from config.demo.events import add_events, coming_fair
from config.demo.fairs import hold_fair_of_2019, open_coming_fair
from config.demo.nights import add_schools, coming_night, hold_night_of_2019, open_coming_night, tell_of_2019
from config.demo.people import add_people, join_companies
from config.demo.plan import add_plan
from events.programme.models import Event
from surveys.followup.models import Indicator
from surveys.questionnaires.models import Survey

FIRST_DAY = date(2019, 1, 7)


def is_told() -> bool:
    """Whether the story is in the database already."""
    return Event.objects.filter(slug="b2b-2019").exists()


@transaction.atomic
def tell(*, today: date, scale: int = 1) -> None:
    """Write the whole story, all or nothing. ``scale`` multiplies companies, schools, tickets and answers."""
    start: datetime = at_clock(FIRST_DAY, "09:00")
    plan = add_plan()
    people = add_people(plan.area, start)
    companies = add_companies(scale, start)
    join_companies(people, start)
    events = add_events(plan, today)
    survey = hold_fair_of_2019(events["b2b-2019"], companies, scale, people["organiser"])
    _point_out(survey)
    open_coming_fair(coming_fair(), companies, scale)
    schools = add_schools(scale, start)
    hold_night_of_2019(events["industrinatten-2019"], schools, scale)
    tell_of_2019(events["industrinatten-2019"])
    _point_out_night(events["industrinatten-2019"])
    open_coming_night(coming_night(), schools, scale, people["teacher"])


def _point_out(survey: Survey) -> None:
    """Which figures stand in the fair's row of the follow-up."""
    event = Event.objects.select_related("activity").get(pk=survey.event_id)
    assert event.activity, "the plan names the activity of each past event"
    Indicator.objects.create(activity=event.activity, event=event, source=Indicator.Source.EXHIBITORS, position=1)
    for position, question in enumerate(survey.questions.order_by("position"), start=2):
        Indicator.objects.create(
            activity=event.activity,
            event=event,
            source=Indicator.Source.QUESTION,
            question=question,
            position=position,
        )


def _point_out_night(night: Event) -> None:
    """Likewise for the night: pupils, their cost, and what the annual report says."""
    event = Event.objects.select_related("activity").get(pk=night.pk)
    assert event.activity, "the plan names the activity of each past event"
    sources = [Indicator.Source.CONFIRMED, Indicator.Source.EXHIBITORS, Indicator.Source.PUPIL_COST]
    rows = [Indicator(source=source) for source in sources]
    rows += [Indicator(source=Indicator.Source.REPORTED, reported=f) for f in event.reported_figures.all()]
    for position, row in enumerate(rows, 1):
        row.activity, row.event, row.position = event.activity, event, position
    Indicator.objects.bulk_create(rows)
