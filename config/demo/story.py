"""Tells the story of 2019 into an empty database, and opens the coming editions."""

from datetime import date, datetime

from django.db import transaction

from config.demo.companies import add_companies
from config.demo.dates import at_clock
from config.demo.doors import FAIR, NIGHT, open_doors
from config.demo.events import add_events, coming_fair
from config.demo.fairs import hold_fair_of_2019, open_coming_fair
from config.demo.followup import freeze_first, point_out_fair, point_out_night, read_and_freeze_second
from config.demo.halls import furnish_coming_fair, furnish_fair_of_2019
from config.demo.money import sell
from config.demo.nights import add_schools, coming_night, hold_night_of_2019, open_coming_night, tell_of_2019
from config.demo.papers import add_billers, issue_papers_of_2019
from config.demo.people import add_people, join_companies
from config.demo.plan import add_plan
from config.demo.surveys import draft_surveys
from config.demo.tasks import ask_exhibitors, ask_hosts
from events.programme.models import Event

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
    add_billers()
    issue_papers_of_2019(events["b2b-2019"], people["organiser"])
    point_out_fair(survey)
    open_coming_fair(coming_fair(), companies, scale)
    open_doors(coming_fair(), gates=FAIR, fire_limit=1500 * scale, today=today)
    schools = add_schools(scale, start)
    hold_night_of_2019(events["industrinatten-2019"], schools, scale)
    freeze_first(plan, people["organiser"])
    tell_of_2019(events["industrinatten-2019"])
    point_out_night(events["industrinatten-2019"])
    read_and_freeze_second(plan, people["organiser"])
    open_coming_night(coming_night(), schools, scale, people["teacher"])
    open_doors(coming_night(), gates=NIGHT, fire_limit=1200 * scale, today=today)
    draft_surveys(coming_fair(), coming_night(), people["organiser"], at_clock(today, "08:30"))
    sell(coming_fair(), today)
    furnish_fair_of_2019(events["b2b-2019"])
    furnish_coming_fair(coming_fair(), today)
    ask_exhibitors(coming_fair(), today, people["organiser"])
    ask_hosts(coming_night(), today, people["organiser"])
