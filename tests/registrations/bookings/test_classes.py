from datetime import timedelta

import pytest

from events.access.models import AuditEntry
from events.errors import Stale
from events.mail.models import Letter
from registrations.bookings import classes
from registrations.bookings.classes import ClassEdit
from registrations.bookings.models import Booking, SchoolClass
from registrations.bookings.refusals import (
    ChangesClosed,
    EveningOver,
    NeedsOverPupils,
    SameLabel,
    StationNotForGrade,
    TooManyWishes,
    UnknownWish,
    WrongState,
)
from registrations.bookings.states import BookingState, ClassState
from registrations.bookings.wishes import order_of
from tests import night_factories as nf
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def teacher():
    return UserFactory(email="lena@skola.example")


@pytest.fixture
def draft(teacher) -> Booking:
    return nf.BookingFactory(state=BookingState.DRAFT, sent_at=None, owner=teacher)


@pytest.fixture
def sent(teacher) -> Booking:
    return nf.BookingFactory(owner=teacher)


def add(booking, by, at, **fields) -> SchoolClass:
    said = {"label": "9A", "grade": 9, "pupils": 24, "adults": 2} | fields
    return classes.add_class(booking=booking, by=by, at=at, **said)


def save(one, by, at, seen=1, **edit):
    return classes.save_classes(booking=one.booking, edits=[ClassEdit(one.pk, seen, **edit)], by=by, at=at)


def test_add_class_to_a_draft_leaves_no_trail(draft, teacher, now):
    one = add(draft, teacher, now)

    assert (one.label, one.pupils, one.state) == ("9A", 24, ClassState.APPLIED)
    assert not AuditEntry.objects.about(one).exists()


def test_add_class_to_a_sent_booking_is_told_to_colleagues(sent, teacher, now):
    colleague = UserFactory()
    sent.people.create(user=colleague, joined_at=now)

    add(sent, teacher, now)

    assert [entry.verb for entry in AuditEntry.objects.about(SchoolClass.objects.get())] == ["booking.class_added"]
    assert list(Letter.objects.values_list("to", flat=True)) == [colleague.email]


@pytest.mark.parametrize("label", ["9A", "9 a", "Åk 9A", "klass 9:a"])
def test_add_class_refuses_the_same_class_twice(draft, teacher, now, label):
    add(draft, teacher, now)

    with pytest.raises(SameLabel):
        add(draft, teacher, now, label=label)


def test_add_class_takes_over_what_all_others_say(draft, teacher, now):
    nf.WaveFactory(night=draft.night)
    wave = nf.WaveFactory(night=draft.night)
    field = nf.FieldFactory(night=draft.night)
    first = add(draft, teacher, now)
    edit = {"fields": {"reason": "Vi vill."}, "waves": frozenset([wave.pk]), "wishes": (f"f{field.pk}",)}
    save(first, teacher, now, **edit)

    second = add(draft, teacher, now, label="9B")

    assert second.reason == "Vi vill."
    assert list(second.possible_waves.all()) == [wave]
    assert order_of(second) == [f"f{field.pk}"]


def test_add_class_is_refused_after_the_deadline_but_a_draft_may_be_written_on(draft, sent, teacher, now):
    late = now + timedelta(days=20)

    add(draft, teacher, late)
    with pytest.raises(ChangesClosed):
        add(sent, teacher, late)
    with pytest.raises(EveningOver):
        add(draft, teacher, now + timedelta(days=90))


def test_save_classes_moves_the_version_once(draft, teacher, now):
    one = add(draft, teacher, now)

    assert save(one, teacher, now, fields={"pupils": 25}) == {one.pk: 2}
    one.refresh_from_db()
    assert (one.pupils, one.version) == (25, 2)


def test_save_classes_refuses_a_stale_page_and_writes_nothing(draft, teacher, now):
    one, other = add(draft, teacher, now), add(draft, teacher, now, label="9B")
    save(other, teacher, now, fields={"pupils": 20})
    edits = [ClassEdit(one.pk, 1, {"pupils": 11}), ClassEdit(other.pk, 1, {"pupils": 12})]

    with pytest.raises(Stale):
        classes.save_classes(booking=draft, edits=edits, by=teacher, at=now)

    assert sorted(SchoolClass.objects.values_list("pupils", flat=True)) == [20, 24]


def test_save_classes_takes_the_same_words_again_from_an_old_page(draft, teacher, now):
    """An answer that got lost on a bad line must not make somebody their own stranger."""
    one = add(draft, teacher, now)
    save(one, teacher, now, fields={"reason": "Vi vill."})

    assert save(one, teacher, now, seen=1, fields={"reason": "Vi vill."}) == {one.pk: 2}


def test_save_classes_keeps_needs_within_the_class(draft, teacher, now):
    one = add(draft, teacher, now, pupils=20)
    save(one, teacher, now, fields={"needs": {"wheelchair": 2}})

    with pytest.raises(NeedsOverPupils):
        save(one, teacher, now, seen=2, fields={"pupils": 1})
    with pytest.raises(NeedsOverPupils):
        save(one, teacher, now, seen=2, fields={"diets": {"vegan": 21}})


def test_save_classes_names_changes_of_needs_without_counts(sent, teacher, now):
    one = nf.SchoolClassFactory(booking=sent)

    save(one, teacher, now, fields={"needs": {"wheelchair": 2}})

    assert [(entry.verb, entry.changes) for entry in AuditEntry.objects.about(one)] == [("booking.needs_changed", {})]


def test_save_classes_renamed_class_is_compared_anew(draft, teacher, now):
    one = add(draft, teacher, now)
    add(draft, teacher, now, label="9B")
    SchoolClass.objects.filter(pk=one.pk).update(beside_twin=True)

    with pytest.raises(SameLabel):
        save(one, teacher, now, fields={"label": "9 b"})
    save(one, teacher, now, fields={"label": "9C"})
    one.refresh_from_db()
    assert not one.beside_twin


def test_save_classes_keeps_wishes_in_order_and_replaces_them(draft, teacher, now):
    one = add(draft, teacher, now)
    field, station = nf.FieldFactory(night=draft.night), nf.StationFactory(night=draft.night)
    save(one, teacher, now, wishes=(f"s{station.pk}", f"f{field.pk}"))
    save(one, teacher, now, seen=2, wishes=(f"f{field.pk}", f"s{station.pk}"))

    assert [(wish.rank, wish.station, wish.field) for wish in one.wishes.all()] == [
        (1, None, field),
        (2, station, None),
    ]


def test_save_classes_refuses_what_the_grade_may_not_visit(draft, teacher, now):
    one = add(draft, teacher, now)
    station = nf.StationFactory(night=draft.night, youngest_grade=10)
    elsewhere = nf.StationFactory()

    with pytest.raises(StationNotForGrade):
        save(one, teacher, now, wishes=(f"s{station.pk}",))
    with pytest.raises(UnknownWish):
        save(one, teacher, now, wishes=(f"s{elsewhere.pk}",))
    with pytest.raises(TooManyWishes):
        save(one, teacher, now, wishes=tuple(f"f{n}" for n in range(11)))


def test_save_classes_touches_only_what_waits_for_the_allocation(sent, teacher, now):
    wave = nf.WaveFactory(night=sent.night)
    placed = nf.SchoolClassFactory(booking=sent, state=ClassState.OFFERED, wave=wave)

    with pytest.raises(ChangesClosed):
        save(placed, teacher, now, fields={"pupils": 5})


def test_drop_class_deletes_from_a_draft_and_cancels_in_a_booking(draft, sent, teacher, now):
    classes.drop_class(school_class=add(draft, teacher, now), by=teacher, at=now)
    one = nf.SchoolClassFactory(booking=sent)
    classes.drop_class(school_class=one, by=teacher, at=now)
    classes.drop_class(school_class=one, by=teacher, at=now)

    one.refresh_from_db()
    assert not draft.classes.exists()
    assert one.state == ClassState.CANCELLED
    assert Letter.objects.count() == 1


def test_drop_class_leaves_a_place_to_be_given_back(sent, teacher, now):
    wave = nf.WaveFactory(night=sent.night)
    placed = nf.SchoolClassFactory(booking=sent, state=ClassState.CONFIRMED, wave=wave)

    with pytest.raises(WrongState):
        classes.drop_class(school_class=placed, by=teacher, at=now)
