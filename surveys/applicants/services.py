"""Takes in files of applicants: the newest file says what is true."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from events.access import audit
from events.access.models import User
from events.municipalities.models import Municipality
from events.programme.models import Event
from surveys.applicants.files import Content, read_applicants
from surveys.applicants.models import Applicants

IMPORTED = audit.verb("applicants.imported", _("took in numbers of applicants"))


def read(content: bytes) -> Content:
    """What ``content`` holds about our municipalities. Raises UnreadableFile."""
    return read_applicants(content, dict(Municipality.objects.values_list("code", "name")))


@transaction.atomic
def import_applicants(
    *, content: bytes, source: str, partial: bool, at: datetime, by: User | None = None, event: Event | None = None
) -> Content:
    """Store the numbers in ``content``, over older ones for the same municipality, year and programme.

    All or nothing: with refused rows nothing is written unless ``partial``. ``event`` is where ``by`` stood: the trail is
    kept there. Gives what was read. Raises UnreadableFile.
    """
    told = read(content)
    if told.refused and not partial:
        return told
    Applicants.objects.bulk_create(
        [
            Applicants(
                municipality_id=row.code,
                year=row.year,
                programme=row.programme,
                count=row.count,
                source=source[:160],
                imported_at=at,
            )
            for row in told.rows
        ],
        update_conflicts=True,
        unique_fields=["municipality", "year", "programme"],
        update_fields=["count", "source", "imported_at"],
        batch_size=500,
    )
    if event is not None and told.rows:
        changes = {"applicants": [None, len(told.rows)], "source": [None, source[:160]]}
        audit.record(event, IMPORTED, by=by, at=at, changes=changes)
    return told
