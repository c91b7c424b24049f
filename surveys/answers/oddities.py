"""What looks odd among a survey's answers. It is shown, and nothing is hidden or taken away because of it."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.db.models import Count

from surveys.answers.models import Answer, ClassCode
from surveys.questionnaires.models import Survey
from surveys.questionnaires.scales import Kind

# Questions whose answers lie on one line, where somebody who does not read ticks the same all the way down.
ON_A_LINE = (Kind.SATISFACTION, Kind.AGREE, Kind.SCALE, Kind.NPS, Kind.NKI)
FEWEST_ALIKE = 4


@dataclass(frozen=True, slots=True)
class Oddities:
    """``bursts``: class codes with answers that came very fast. ``alike``: ballots with the same answer to all of at
    least ``FEWEST_ALIKE`` questions on a line, of ``ballots`` that are opened. ``too_many``: how many more answered
    than the survey is about."""

    bursts: Sequence[ClassCode]
    alike: int
    ballots: int
    too_many: int

    def __bool__(self) -> bool:
        return bool(self.bursts or self.alike or self.too_many)


def oddities_of(survey: Survey, *, answered: int, population: int | None) -> Oddities:
    """What looks odd at ``survey``. Three queries. Ballots are not told of while there are too few."""
    on_a_line = Answer.objects.filter(ballot__survey=survey, question__kind__in=ON_A_LINE)
    rows = on_a_line.order_by().values("ballot").annotate(n=Count("pk"), values=Count("value", distinct=True))
    ballots = survey.ballots.count()
    enough = ballots >= settings.SUPPRESS_BELOW
    return Oddities(
        bursts=list(survey.class_codes.filter(bursts__gt=0).select_related("school_class__booking__school")),
        alike=rows.filter(n__gte=FEWEST_ALIKE, values=1).count() if enough else 0,
        ballots=ballots,
        too_many=max(0, answered - population) if population is not None else 0,
    )
