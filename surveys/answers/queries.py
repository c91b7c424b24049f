"""Who is to be asked, and how many have answered."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db.models import Count, Q

from events.access.models import User
from events.programme.models import Event
from events.retention.rules import NOBODY
from registrations.checkin.queries import attended_exhibitors, attended_visitors
from surveys.answers.batches import count_to_open
from surveys.answers.models import Ballot, Invitation
from surveys.questionnaires.models import Audience, Survey
from surveys.questionnaires.queries import populations


@dataclass(frozen=True, slots=True)
class Turnout:
    """How a survey goes. ``waiting`` are those who may be reminded now, ``owed`` letters that are not written yet.

    ``answered`` counts links that were used, whether their ballots are opened or not, and answers that came in a file;
    ``population=None``: not known.
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
    people, imported = populations(surveys), _imported_counts(surveys)
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
            answered=imported.get(survey.pk, 0) + counts["invited"] - counts["unanswered"],
            population=people[survey.pk],
            **counts,
        )
        for survey in surveys
        for counts in [sent.get(survey.pk, nothing)]
    ]


def turnout(survey: Survey, *, at: datetime) -> Turnout:
    """How one survey goes."""
    return next(one for one in turnouts(survey.event, at=at) if one.survey.pk == survey.pk)


def received(survey: Survey) -> int:
    """How many answers ``survey`` has had, as ``Turnout.answered``."""
    return survey.invitations.filter(used=True).count() + _imported_counts([survey]).get(survey.pk, 0)


@dataclass(frozen=True, slots=True)
class Sealed:
    """``count`` answers to a survey that stand in no figure. ``late``: too few for it, now that it is closed."""

    count: int
    late: bool


def sealed_answers(event: Event, *, at: datetime) -> dict[str, Sealed]:
    """The sealed answers to the surveys of ``event``, by audience; those without any are left out. One query.

    (And one more for each closed survey that has some, which are few.)
    """
    surveys = Survey.objects.for_event(event).annotate(waiting=Count("sealed")).filter(waiting__gt=0)
    return {survey.audience: Sealed(survey.waiting, _is_late(survey, survey.waiting, at)) for survey in surveys}


def _is_late(survey: Survey, sealed: int, at: datetime) -> bool:
    if survey.takes_answers(at):
        return False
    return not count_to_open(sealed, opened=survey.ballots.count(), closed=True, below=settings.SUPPRESS_BELOW)


def _imported_counts(surveys: Iterable[Survey]) -> dict[int, int]:
    """How many answers each survey (by key) got from files; those without any are left out. One query."""
    rows = Ballot.objects.filter(survey__in=list(surveys), source=Ballot.Source.IMPORT).order_by()
    return dict(rows.values_list("survey").annotate(n=Count("pk")))


def who_came(survey: Survey) -> dict[str, str]:
    """The addresses of those who came, small letters, each with its language. One a company, one a visitor."""
    if survey.audience == Audience.VISITORS:
        visitors = attended_visitors(survey.event).exclude(email__endswith=NOBODY).order_by("pk")
        return {email.lower(): language for email, language in visitors.values_list("email", "language")}
    exhibitors = attended_exhibitors(survey.event).exclude(contact_email="").order_by("pk")
    addresses = [email.lower() for email in exhibitors.values_list("contact_email", flat=True)]
    spoken = dict(User.objects.filter(email__in=addresses).values_list("email", "language"))
    return {address: spoken.get(address) or "sv" for address in addresses}
