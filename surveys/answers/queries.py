"""Who is to be asked, and how many have answered."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q

from events.access.models import User
from events.programme.models import Event
from registrations.checkin.queries import attended_exhibitors, attended_visitors
from surveys.answers.models import Invitation
from surveys.figures.queries import answered_counts
from surveys.questionnaires.models import Audience, Survey
from surveys.questionnaires.queries import populations


@dataclass(frozen=True, slots=True)
class Turnout:
    """How a survey goes. ``waiting`` are those who may be reminded now, ``owed`` letters that are not written yet.

    ``answered`` counts ballots, also those that came in a file; ``population=None``: not known.
    """

    survey: Survey
    invited: int
    unanswered: int
    waiting: int
    owed: int
    answered: int
    population: int | None

    @property
    def response_rate(self) -> float | None:
        """Answers of the population, from 0 to 1."""
        known = self.population and self.population >= self.answered
        return self.answered / self.population if known and self.population else None


def turnouts(event: Event, *, at: datetime) -> list[Turnout]:
    """Each survey of ``event`` and how it goes. At most five queries, however many surveys."""
    surveys = list(Survey.objects.for_event(event).select_related("event"))
    people, answered = populations(surveys), answered_counts(surveys)
    invitations = Invitation.objects.filter(survey__in=surveys).order_by().values("survey")
    rows = invitations.annotate(
        invited=Count("pk"),
        unanswered=Count("pk", filter=Q(used=False)),
        waiting=Count("pk", filter=Q(pk__in=Invitation.objects.to_remind(at).values("pk"))),
        owed=Count("pk", filter=Q(used=False) & ~Q(due_letter="")),
    )
    nothing = {"invited": 0, "unanswered": 0, "waiting": 0, "owed": 0}
    counted = rows.values_list("survey", *nothing)
    sent = {survey: dict(zip(nothing, counts, strict=True)) for survey, *counts in counted}
    return [
        Turnout(
            survey=survey,
            answered=answered.get(survey.pk, 0),
            population=people[survey.pk],
            **sent.get(survey.pk, nothing),
        )
        for survey in surveys
    ]


def turnout(survey: Survey, *, at: datetime) -> Turnout:
    """How one survey goes."""
    return next(one for one in turnouts(survey.event, at=at) if one.survey.pk == survey.pk)


def who_came(survey: Survey) -> dict[str, str]:
    """The addresses of those who came, small letters, each with its language. One a company, one a visitor."""
    if survey.audience == Audience.VISITORS:
        visitors = attended_visitors(survey.event).exclude(email="").order_by("pk")
        return {email.lower(): language for email, language in visitors.values_list("email", "language")}
    exhibitors = attended_exhibitors(survey.event).exclude(contact_email="").order_by("pk")
    addresses = [email.lower() for email in exhibitors.values_list("contact_email", flat=True)]
    spoken = dict(User.objects.filter(email__in=addresses).values_list("email", "language"))
    return {address: spoken.get(address) or "sv" for address in addresses}
