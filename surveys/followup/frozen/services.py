"""Freezes a follow-up for a meeting, and lists what later turned out to be wrong in it."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime

from django.db import connection, transaction
from django.db.models import Max
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from events.access import audit
from events.access.models import User
from events.errors import Refusal
from events.plan.models import ActivityPlan
from events.seal import canonical, seal
from surveys.followup.contents import FORMAT, contents_of
from surveys.followup.frozen.models import Correction, FrozenFollowup
from surveys.followup.frozen.queries import contents_in
from surveys.followup.queries import document

FROZEN = audit.verb("followup.frozen", _("froze the follow-up"))
CORRECTED = audit.verb("followup.corrected", _("noted a correction to"))

# The directors' papers are Swedish, whoever freezes them.
LANGUAGE = "sv"


class FrozenMeanwhile(Refusal):
    code = "frozen_meanwhile"
    message = _("Version %(number)s has been frozen since you opened the page. Look at it before you freeze another.")


class UnknownFigure(Refusal):
    code = "unknown_figure"
    message = _("That figure does not stand in the frozen version.")


def freeze_followup(
    *, plan: ActivityPlan, year: int, meeting: str, meeting_on: date, seen: int, by: User | None, at: datetime
) -> FrozenFollowup:
    """Keep the follow-up of ``year`` as it is at ``at``, under the next number.

    ``seen`` is the latest number that whoever freezes knew of (0: none): a form that is sent twice, or two people at
    once, make one version. Raises FrozenMeanwhile. All figures are of one moment, whatever arrives meanwhile.
    """
    with _one_moment(), translation.override(LANGUAGE):
        versions = FrozenFollowup.objects.filter(plan=plan, year=year)
        latest = versions.aggregate(latest=Max("number"))["latest"] or 0
        if latest != seen:
            raise FrozenMeanwhile(number=f"{year}:{latest}")
        stamp = {
            "number": latest + 1,
            "meeting": meeting,
            "meeting_on": meeting_on.isoformat(),
            "frozen_at": at.astimezone(UTC).isoformat(timespec="seconds"),
        }
        contents = canonical(contents_of(document(plan, year, at=at), frozen=stamp))
        frozen = FrozenFollowup.objects.create(
            plan=plan,
            year=year,
            number=latest + 1,
            meeting=meeting,
            meeting_on=meeting_on,
            frozen_at=at,
            frozen_by=by,
            format=FORMAT,
            contents=contents,
            sha256=seal(contents),
        )
        audit.created(frozen, FROZEN, by=by, at=at)
    return frozen


@transaction.atomic
def note_correction(
    *, frozen: FrozenFollowup, figure: int | None, what: str, why: str, by: User | None, at: datetime
) -> Correction:
    """List against ``frozen`` what is right instead, and why; ``figure`` is the key of the figure that it is about.

    Raises UnknownFigure.
    """
    if figure is not None and figure not in {one["id"] for one in contents_in(frozen)["figures"]}:
        raise UnknownFigure
    correction = Correction.objects.create(frozen=frozen, figure=figure, what=what, why=why, by=by, at=at)
    audit.record(frozen, CORRECTED, by=by, at=at, changes={"what": [None, what], "why": [None, why]})
    return correction


@contextmanager
def _one_moment() -> Iterator[None]:
    """A transaction in which every question sees the same moment, and nobody else freezes.

    On PostgreSQL the table is locked before the first question is asked: the snapshot is taken after the wait, so that
    the number before ours is in it. On SQLite a transaction holds the only write lock from its beginning.
    """
    # To be called outside any transaction: inside one, as in tests, its isolation has been chosen already.
    outermost = not connection.in_atomic_block
    with transaction.atomic():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                if outermost:
                    cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
                cursor.execute(f"LOCK TABLE {FrozenFollowup._meta.db_table} IN SHARE ROW EXCLUSIVE MODE")
        yield
