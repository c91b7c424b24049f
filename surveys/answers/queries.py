"""Who is to be asked, and how many have answered."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db.models import Count, Q

from events.programme.models import Event
from surveys.answers.asked import asked_people
from surveys.answers.batches import count_to_open
from surveys.answers.models import Ballot, Invitation, SealedBallot, Source
from surveys.questionnaires.models import Survey
from surveys.questionnaires.queries import populations


@dataclass(frozen=True, slots=True)
class Turnout:
    """How a survey goes. ``waiting`` are those who may be reminded now, ``owed`` letters that are not written yet.

    ``answered`` counts links that were used, whether their ballots are opened or not, and answers that came otherwise;
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
    """Each survey of ``event`` and how it goes. A query or two an audience and five more, however many surveys."""
    surveys = list(Survey.objects.for_event(event).select_related("event"))
    people, others = populations(surveys), _counts_without_link(surveys)
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
            answered=others.get(survey.pk, 0) + counts["invited"] - counts["unanswered"],
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
    return survey.invitations.filter(used=True).count() + _counts_without_link([survey]).get(survey.pk, 0)


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


def _counts_without_link(surveys: Iterable[Survey]) -> dict[int, int]:
    """How many answers each survey (by key) got by other ways than one-time links, sealed ones too. Two queries."""
    counts: Counter[int] = Counter()
    for box in (Ballot, SealedBallot):
        rows = box.objects.filter(survey__in=list(surveys)).exclude(source=Source.LINK).order_by()
        counts.update(dict(rows.values_list("survey").annotate(n=Count("pk"))))
    return counts


def who_came(survey: Survey) -> dict[str, str]:
    """The addresses of those who are to be asked, small letters, each with its language."""
    return {email: person.language for email, person in asked_people(survey).items()}
