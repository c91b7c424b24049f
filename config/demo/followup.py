"""The follow-up of 2019: which figures stand in it, and the two versions that the directors' group read."""

from datetime import date

from config.demo.dates import at_clock
from events.access.models import User
from events.plan.models import ActivityPlan, Goal
from events.programme.models import Event
from surveys.followup.frozen.services import freeze_followup
from surveys.followup.models import Indicator
from surveys.followup.readings.services import take_readings
from surveys.questionnaires.models import Survey

YEAR = 2019
MEETING = "Kommundirektörsgruppen"
FIRST_MEETING, SECOND_MEETING = date(2019, 12, 13), date(2020, 2, 14)
FOLLOWED_UP = date(2020, 1, 15)
FAIR_TARGET = 60  # per cent: the group's own, the papers have none
COST_TARGET = 389  # kronor a pupil: the lowest that was planned


def point_out_fair(survey: Survey) -> None:
    """Which figures stand in the fair's row of the follow-up."""
    event = Event.objects.select_related("activity").get(pk=survey.event_id)
    assert event.activity, "the plan names the activity of each past event"
    Indicator.objects.create(activity=event.activity, event=event, source=Indicator.Source.EXHIBITORS, position=1)
    for position, question in enumerate(survey.questions.order_by("position"), start=2):
        row = Indicator.objects.create(
            activity=event.activity,
            event=event,
            source=Indicator.Source.QUESTION,
            question=question,
            position=position,
            target=FAIR_TARGET,
            year=2019,
            on_front=True,
        )
        row.goals.set(Goal.objects.filter(theme__plan=event.activity.plan_id, number="E1"))
    # What the fair cost stands in none of the papers: the follow-up says that it is missing.
    counted = [
        (Indicator.Source.MUNICIPALITIES, Indicator.Direction.HIGHER),
        (Indicator.Source.RETURNING, Indicator.Direction.HIGHER),
        (Indicator.Source.INCOME, Indicator.Direction.HIGHER),
        (Indicator.Source.EXHIBITOR_COST, Indicator.Direction.LOWER),
    ]
    last = survey.questions.count() + 1
    Indicator.objects.bulk_create(
        Indicator(activity=event.activity, event=event, source=source, direction=direction, position=position)
        for position, (source, direction) in enumerate(counted, start=last + 1)
    )


def point_out_night(night: Event) -> None:
    """Likewise for the night: pupils, their cost, and what the annual report says."""
    event = Event.objects.select_related("activity").get(pk=night.pk)
    assert event.activity, "the plan names the activity of each past event"
    sources = [Indicator.Source.CONFIRMED, Indicator.Source.EXHIBITORS, Indicator.Source.PUPIL_COST]
    rows = [Indicator(source=source) for source in sources]
    rows += [Indicator(source=Indicator.Source.REPORTED, reported=f) for f in event.reported_figures.all()]
    for position, row in enumerate(rows, 1):
        row.activity, row.event, row.position = event.activity, event, position
        if row.source == Indicator.Source.PUPIL_COST:
            row.direction, row.target, row.year = Indicator.Direction.LOWER, COST_TARGET, 2019
            row.on_front = True
    Indicator.objects.bulk_create(rows)


def freeze_first(plan: ActivityPlan, by: User) -> None:
    """The version for December's meeting: the night is held, but nothing is known of it yet."""
    at = at_clock(date(2019, 12, 12), "17:00")
    freeze_followup(plan=plan, year=YEAR, meeting=MEETING, meeting_on=FIRST_MEETING, seen=0, by=by, at=at)


def read_and_freeze_second(plan: ActivityPlan, by: User) -> None:
    """The version for February's meeting, with the night's figures as they had been read in January."""
    take_readings(at=at_clock(FOLLOWED_UP, "09:00"))
    at = at_clock(date(2020, 2, 12), "15:00")
    freeze_followup(plan=plan, year=YEAR, meeting=MEETING, meeting_on=SECOND_MEETING, seen=1, by=by, at=at)
