"""What is frozen stays so, whoever asks the database: both databases refuse by themselves."""

from datetime import date

import pytest
from django.db import DatabaseError, connection, transaction

from events.seal import seal
from surveys.followup.frozen.models import Correction, FrozenFollowup
from tests import factories
from tests.factories import NOW

pytestmark = pytest.mark.django_db

FROZEN, CORRECTION = FrozenFollowup._meta.db_table, Correction._meta.db_table


@pytest.fixture
def frozen(organiser):
    return FrozenFollowup.objects.create(
        plan=factories.PlanFactory(),
        year=2027,
        number=1,
        meeting="Direktörsgruppen",
        meeting_on=date(2027, 3, 2),
        frozen_at=NOW,
        frozen_by=organiser,
        format="torget.followup/1",
        contents="{}",
        sha256=seal("{}"),
    )


@pytest.fixture
def correction(frozen, organiser):
    return Correction.objects.create(frozen=frozen, what="55 av 71", why="Ett svar till.", at=NOW, by=organiser)


def refused(sql: str) -> str:
    """What the database answers to ``sql``; empty when it obeys."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql)
    except DatabaseError as error:
        return str(error)
    return ""


@pytest.mark.parametrize("column", [field.column for field in FrozenFollowup._meta.concrete_fields])
def test_no_column_of_a_frozen_followup_changes(frozen, column):
    assert "kept as it was written" in refused(f"UPDATE {FROZEN} SET {column} = {column}")


@pytest.mark.parametrize("column", [field.column for field in Correction._meta.concrete_fields])
def test_no_column_of_a_correction_changes(correction, column):
    assert "kept as it was written" in refused(f"UPDATE {CORRECTION} SET {column} = {column}")


@pytest.mark.parametrize("table", [FROZEN, CORRECTION])
def test_no_row_is_deleted(correction, table):
    assert "kept as it was written" in refused(f"DELETE FROM {table}")


@pytest.mark.postgres
@pytest.mark.parametrize("table", [FROZEN, CORRECTION])
def test_no_table_is_emptied(table):
    assert "kept as it was written" in refused(f"TRUNCATE {table} CASCADE")


def test_deleted_account_leaves_the_rows_and_takes_its_name_out(frozen, correction, organiser):
    organiser.delete()

    frozen.refresh_from_db()
    correction.refresh_from_db()
    assert (frozen.frozen_by, correction.by) == (None, None)
    assert (frozen.meeting, correction.what) == ("Direktörsgruppen", "55 av 71")


def test_name_and_words_do_not_change_together(frozen):
    assert "kept as it was written" in refused(f"UPDATE {FROZEN} SET frozen_by_id = NULL, meeting = 'Styrelsen'")


@pytest.mark.django_db(transaction=True)
def test_guards_stand_again_after_a_test_that_committed_is_cleaned_up(frozen):
    """The next test of this kind finds them, or this one's cleaning failed: run twice."""
    assert "kept as it was written" in refused(f"DELETE FROM {FROZEN}")


@pytest.mark.django_db(transaction=True)
def test_guards_stand_after_the_cleaning(frozen):
    assert FrozenFollowup.objects.count() == 1
    assert "kept as it was written" in refused(f"DELETE FROM {FROZEN}")
