"""Drawing the floor: what fits is kept, what does not is refused and changes nothing."""

import pytest
from django.core.files.base import ContentFile
from hypothesis import given
from hypothesis import strategies as st

from events.access.models import AuditEntry
from events.errors import Refusal, Stale
from events.programme.models import EventQuerySet
from registrations.stands import layout, refusals
from registrations.stands.drawing import Rows
from registrations.stands.fields import read_metres, typed_metres
from registrations.stands.models import Hall, Stand, StandHold
from tests.stand_factories import HallFactory, PlacingFactory, StandFactory

pytestmark = pytest.mark.django_db

TWO_ROWS = Rows(rows=2, per_row=6, width=300, depth=300, aisle=300, x=100, y=100)


def boxes(hall: Hall) -> dict[str, tuple[int, int]]:
    return {stand.number: (stand.x_cm, stand.y_cm) for stand in hall.stands.all()}


def test_rows_are_drawn_and_the_next_go_on_with_the_next_letter(hall, organiser, now):
    layout.draw_rows(hall=hall, rows=TWO_ROWS, by=organiser, at=now)
    below = Rows(rows=1, per_row=2, width=300, depth=300, aisle=0, x=100, y=1000)
    layout.draw_rows(hall=hall, rows=below, by=organiser, at=now)

    drawn = boxes(hall)
    assert len(drawn) == 14
    assert drawn["A1"] == (100, 100)
    assert drawn["B6"] == (1600, 400)  # back to back with row A
    assert drawn["C2"] == (400, 1000)
    assert AuditEntry.objects.filter(verb=layout.ROWS_DRAWN).count() == 2


@pytest.mark.parametrize(
    ("rows", "code"),
    [
        (Rows(rows=1, per_row=7, width=300, depth=300, aisle=0), "rows_too_large"),  # 21 m in a hall of 20
        (Rows(rows=6, per_row=1, width=300, depth=300, aisle=0, back_to_back=True), "rows_too_large"),
        (Rows(rows=1, per_row=2, width=300, depth=300, aisle=0, x=200, y=0), "stands_overlap"),
    ],
)
def test_rows_that_do_not_fit_draw_nothing(rows, code, hall, organiser, now):
    StandFactory(hall=hall, number="X", x_cm=0, y_cm=0)

    with pytest.raises(Refusal) as refusal:
        layout.draw_rows(hall=hall, rows=rows, by=organiser, at=now)

    assert refusal.value.code == code
    assert hall.stands.count() == 1


def test_stand_is_moved_and_its_old_place_stays_in_the_trail(row, organiser, now):
    layout.move_stand(stand=row[0], x_cm=50, y_cm=900, by=organiser, at=now)

    entry = AuditEntry.objects.get(verb=layout.STAND_MOVED)
    assert entry.changes == {"x_cm": [0, 50], "y_cm": [0, 900]}
    row[0].refresh_from_db()
    assert row[0].version == 2


@pytest.mark.parametrize(
    ("x", "y", "code"), [(290, 0, "stands_overlap"), (1710, 0, "stand_outside"), (0, 1210, "stand_outside")]
)
def test_stand_stays_where_it_cannot_move(x, y, code, row, organiser, now):
    with pytest.raises(Refusal) as refusal:
        layout.move_stand(stand=row[0], x_cm=x, y_cm=y, by=organiser, at=now)

    assert refusal.value.code == code
    assert boxes(row[0].hall)["A1"] == (0, 0)


def test_second_editor_of_a_stand_hears_of_the_first(row, organiser, now):
    layout.change_stand(stand=row[0], seen=1, power_w=500, by=organiser, at=now)

    with pytest.raises(Stale):
        layout.change_stand(stand=row[0], seen=1, power_w=900, by=organiser, at=now)
    with pytest.raises(refusals.NumberTaken):
        layout.change_stand(stand=row[0], seen=2, number="A2", by=organiser, at=now)

    assert Stand.objects.get(pk=row[0].pk).power_w == 500


def test_hall_may_not_shrink_from_under_its_stands(row, organiser, now):
    hall = row[0].hall

    with pytest.raises(refusals.HallTooSmall):
        layout.change_hall(hall=hall, seen=1, width_cm=1700, by=organiser, at=now)

    layout.change_hall(hall=hall, seen=1, width_cm=1800, by=organiser, at=now)
    assert set(Stand.objects.values_list("hall_width_cm", flat=True)) == {1800}


def test_plan_is_cleaned_before_anybody_has_to_wait(hall, organiser, now, monkeypatch):
    steps, locked = [], EventQuerySet.locked
    monkeypatch.setattr(EventQuerySet, "locked", lambda self, pk: steps.append("lock") or locked(self, pk))
    monkeypatch.setattr(layout, "clean_plan", lambda upload: steps.append("plan") or upload)
    plan = ContentFile(b"<svg/>", name="plan.svg")

    layout.add_hall(event=hall.event, name="Ny", width_cm=1000, depth_cm=1000, upload=plan, by=organiser, at=now)
    layout.change_hall(hall=hall, seen=1, upload=plan, by=organiser, at=now)

    assert steps == ["plan", "lock"] * 2
    assert all(one.plan for one in Hall.objects.all())


def test_what_somebody_has_is_neither_removed_nor_blocked(row, organiser, now):
    PlacingFactory(stand=row[0])

    for refused in (
        lambda: layout.remove_stand(stand=row[0], by=organiser, at=now),
        lambda: layout.block(stand=row[0], reason="", by=organiser, at=now),
        lambda: layout.remove_hall(hall=row[0].hall, by=organiser, at=now),
    ):
        with pytest.raises(Refusal):
            refused()

    assert Stand.objects.count() == 6


def test_blocking_takes_the_stand_from_whoever_only_holds_it(row, companies, organiser, now):
    StandHold.objects.create(stand=row[0], exhibitor=companies[0], until_at=now.replace(hour=23))

    layout.block(stand=row[0], reason="Nödutgång", by=organiser, at=now)
    assert not StandHold.objects.exists()

    layout.unblock(stand=row[0], by=organiser, at=now)
    assert Stand.objects.free(now).count() == 6


def test_hall_without_companies_goes_with_its_stands(row, organiser, now):
    layout.remove_hall(hall=row[0].hall, by=organiser, at=now)

    assert not Hall.objects.exists()
    assert not Stand.objects.exists()


def test_settings_are_kept_once_and_guarded(hall, organiser, now):
    layout.save_settings(event=hall.event, seen=1, hold_minutes=5, by=organiser, at=now)

    with pytest.raises(Stale):
        layout.save_settings(event=hall.event, seen=1, hold_minutes=7, by=organiser, at=now)

    assert layout.settings_of(hall.event).hold_minutes == 5


def test_fair_has_at_most_so_many_stands(hall, organiser, now, monkeypatch):
    monkeypatch.setattr(layout, "MOST_STANDS", 11)

    with pytest.raises(refusals.TooManyStands):
        layout.draw_rows(hall=hall, rows=TWO_ROWS, by=organiser, at=now)


@pytest.mark.parametrize(("text", "length"), [("3", 300), ("12,5", 1250), ("3.05", 305), (" 7 m", 700), ("0", 0)])
def test_lengths_are_read_as_people_write_them(text, length):
    assert read_metres(text) == length


@pytest.mark.parametrize("text", ["", "tre", "-1", "1,234", "1e3", "99999999"])
def test_what_is_no_length_is_refused(text):
    with pytest.raises(ValueError, match=r".*"):
        read_metres(text)


@given(st.integers(0, 99_999))
def test_typed_lengths_read_back(length):
    assert read_metres(typed_metres(length)) == length


def test_other_events_stands_have_their_own_numbers(row, organiser, now):
    elsewhere = HallFactory()

    layout.draw_rows(hall=elsewhere, rows=TWO_ROWS, by=organiser, at=now)

    assert "A1" in boxes(elsewhere)


def test_floor_of_a_past_fair_stays_as_it_was(row, organiser):
    hall, after = row[0].hall, row[0].event.ends_at
    below = Rows(rows=1, per_row=1, width=300, depth=300, aisle=0, x=0, y=900)

    for act in (
        lambda: layout.add_hall(event=hall.event, name="Ny", width_cm=1000, depth_cm=1000, by=organiser, at=after),
        lambda: layout.change_hall(hall=hall, seen=1, name="Ny", by=organiser, at=after),
        lambda: layout.draw_rows(hall=hall, rows=below, by=organiser, at=after),
        lambda: layout.move_stand(stand=row[0], x_cm=0, y_cm=900, by=organiser, at=after),
        lambda: layout.block(stand=row[0], reason="", by=organiser, at=after),
        lambda: layout.remove_stand(stand=row[0], by=organiser, at=after),
        lambda: layout.remove_hall(hall=hall, by=organiser, at=after),
    ):
        with pytest.raises(refusals.FairOver):
            act()

    assert boxes(hall)["A1"] == (0, 0)
