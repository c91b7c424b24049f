import pytest
from hypothesis import given
from hypothesis import strategies as st

from events.access.models import AuditEntry
from registrations.schools.comparison import compare
from registrations.schools.csv_files import SchoolRow
from registrations.schools.models import School, SchoolStatus
from registrations.schools.services import NoSuccessor, name_successor, take_rows
from tests.factories import NOW, UserFactory
from tests.night_factories import NightFactory, SchoolFactory

PARK = SchoolRow("12345678", "Parkskolan", "1281", "active", "GR", "Lunds kommun")


def changes(school: School) -> list[tuple[str, str, str]]:
    return [(change.field, change.before, change.after) for change in school.changes.all()]


@pytest.mark.django_db
def test_take_rows_writes_new_schools():
    found = take_rows(rows=[PARK], by=None, at=NOW)

    school = School.objects.get()
    assert found.new == [PARK]
    assert (school.code, school.name, school.municipality_id, school.status, school.types, school.principal) == (
        "12345678", "Parkskolan", "1281", "active", "GR", "Lunds kommun",
    )  # fmt: skip
    assert (school.added_at, school.seen_at) == (NOW, NOW)


@pytest.mark.django_db
def test_take_rows_a_second_time_changes_nothing():
    take_rows(rows=[PARK], by=None, at=NOW)

    found = take_rows(rows=[PARK], by=None, at=NOW)

    assert (found.writes_nothing, found.same) == (True, 1)
    assert changes(School.objects.get()) == []


@pytest.mark.django_db
def test_take_rows_keeps_what_was_said_before():
    take_rows(rows=[PARK], by=None, at=NOW)
    other = SchoolRow("12345678", "Nya Parkskolan", "1285", "closed", "GR", "Lunds kommun")

    found = take_rows(rows=[other], by=None, at=NOW)

    school = School.objects.get()
    assert (school.name, school.municipality_id, school.status) == ("Nya Parkskolan", "1285", SchoolStatus.CLOSED)
    assert changes(school) == [
        ("name", "Parkskolan", "Nya Parkskolan"),
        ("municipality", "1281", "1285"),
        ("status", "active", "closed"),
    ]
    assert [one.after for one in found.closed] == [other]
    assert found.changed == []


@pytest.mark.django_db
def test_take_rows_leaves_a_school_that_the_file_does_not_name():
    SchoolFactory(code="87654321", name="Kvar")

    found = take_rows(rows=[PARK], by=None, at=NOW)

    assert [row.name for row in found.absent] == ["Kvar"]
    assert School.objects.get(code="87654321").status == SchoolStatus.ACTIVE


@pytest.mark.django_db
def test_take_rows_without_a_column_leaves_it():
    take_rows(rows=[PARK], by=None, at=NOW)

    found = take_rows(rows=[SchoolRow("12345678", "Parkskolan", "1281", "active")], by=None, at=NOW)

    assert found.writes_nothing
    assert School.objects.get().principal == "Lunds kommun"


@pytest.mark.django_db
def test_take_rows_leaves_a_trail_on_the_event():
    night = NightFactory()

    take_rows(rows=[PARK], by=UserFactory(), at=NOW, event=night.event)

    assert AuditEntry.objects.get().changes == {"new": [None, 1]}


@pytest.mark.django_db
def test_name_successor_refuses_a_circle():
    first, second, third = SchoolFactory(), SchoolFactory(), SchoolFactory()
    by = UserFactory()
    name_successor(school=first, successor=second, by=by, at=NOW)
    name_successor(school=second, successor=third, by=by, at=NOW)

    with pytest.raises(NoSuccessor):
        name_successor(school=third, successor=School.objects.get(pk=first.pk), by=by, at=NOW)
    with pytest.raises(NoSuccessor):
        name_successor(school=third, successor=third, by=by, at=NOW)
    third.refresh_from_db()
    assert third.successor is None


rows = st.builds(
    SchoolRow,
    st.sampled_from(["00000001", "00000002", "00000003"]),
    st.sampled_from(["A", "B"]),
    st.sampled_from(["1280", "1281"]),
    st.sampled_from(["active", "closed"]),
    st.sampled_from([None, "", "GR"]),
    st.sampled_from([None, "X"]),
)
registers = st.lists(rows, unique_by=lambda row: row.code)


def applied(known: dict[str, SchoolRow], taken: list[SchoolRow]) -> dict[str, SchoolRow]:
    """``known`` after ``taken``, worked out the plain way."""
    after = dict(known)
    for row in taken:
        old = known.get(row.code, SchoolRow(row.code, "", "", "", "", ""))
        after[row.code] = SchoolRow(
            row.code,
            row.name,
            row.municipality,
            row.status,
            old.types if row.types is None else row.types,
            old.principal if row.principal is None else row.principal,
        )
    return after


@given(registers, registers)
def test_comparing_again_finds_nothing(known, taken):
    before = {row.code: row for row in known}

    again = compare(applied(before, taken), taken)

    assert again.writes_nothing
    assert again.same == len(taken)
