"""Spends an invitation, or one of a class's answers: in one statement, so that of two at once only one can.

The second waits for the first, and finds what it left. What comes back is the group that the answers came from.
"""

from django.db import connection

from surveys.answers.models import ClassCode, Invitation

_INVITATION = "UPDATE surveys_invitation SET used = TRUE WHERE id = %s AND NOT used RETURNING stratum_id"
_CODE = """UPDATE surveys_classcode SET used = used + 1, bursts = bursts + %s
    WHERE id = %s AND used < cap RETURNING stratum_id"""

Spent = tuple[int | None]


def spend_invitation(invitation: Invitation) -> Spent | None:
    """The key of its stratum (or ``None`` in it); ``None`` when it was spent already, or is gone."""
    return _spend(_INVITATION, [invitation.pk])


def spend_code(code: ClassCode, *, quick: bool) -> Spent | None:
    """The same for one more answer of a class; ``None`` when all have answered. ``quick`` counts a burst too."""
    return _spend(_CODE, [int(quick), code.pk])


def _spend(statement: str, values: list[int]) -> Spent | None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        row: Spent | None = cursor.fetchone()
        return row
