"""What companies answer: late is taken, closed is not, two tabs lose nothing."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction
from PIL import Image

from events.access.models import AuditEntry
from events.errors import Stale
from registrations.exhibitors.models import Exhibitor
from registrations.exhibitors.replacing import replace_staff
from registrations.exhibitors.services import EventOver, WrongState, add_staff, remove_staff, save_details, save_logo
from registrations.exhibitors.states import State
from registrations.tasks.models import InsuranceAnswer, PowerAnswer, Tick
from registrations.tasks.services import NotAsked, TaskClosed, answer_insurance, answer_power, tick
from registrations.tasks.states import TaskKind
from tests import factories
from tests.task_factories import POWER, PowerAnswerFactory, a_task, an_exhibitor

pytestmark = pytest.mark.django_db


@pytest.fixture
def event():
    return factories.EventFactory()


@pytest.fixture
def exhibitor(event):
    return an_exhibitor(event)


@pytest.fixture
def person(db):
    return factories.UserFactory()


def test_power_is_stored_with_who_and_when_and_leaves_a_trail(event, exhibitor, person, now):
    a_task(event, TaskKind.POWER)

    answer = answer_power(exhibitor=exhibitor, seen=1, by=person, at=now, **POWER)

    stored = PowerAnswer.objects.get(exhibitor=exhibitor)
    assert (stored.watts, stored.outlets, stored.answered_by, stored.answered_at) == (600, 3, person, now)
    assert stored.version == answer.version == 2
    entry = AuditEntry.objects.get(verb="task.power")
    assert (entry.actor, entry.event_id, entry.changes["watts"]) == (person, event.pk, [None, 600])


def test_second_tab_hears_that_the_first_has_saved(event, exhibitor, person, now):
    a_task(event, TaskKind.POWER)
    answer_power(exhibitor=exhibitor, seen=1, by=person, at=now, **POWER)

    with pytest.raises(Stale):
        answer_power(exhibitor=exhibitor, seen=1, by=person, at=now, **{**POWER, "watts": 900})

    assert PowerAnswer.objects.get().watts == 600
    answer_power(exhibitor=exhibitor, seen=2, by=person, at=now, **{**POWER, "watts": 900})
    assert PowerAnswer.objects.get().watts == 900
    assert AuditEntry.objects.filter(verb="task.power").count() == 2


def test_late_answer_is_taken_and_closed_task_takes_none(event, exhibitor, person, now):
    task = a_task(event, TaskKind.INSURANCE, due_on=now.date() - timedelta(days=3))
    answer_insurance(exhibitor=exhibitor, seen=1, by=person, at=now, is_insured=True, insurer="Tryggkraft")
    task.closed_at = now
    task.save()

    with pytest.raises(TaskClosed) as refused:
        answer_insurance(exhibitor=exhibitor, seen=2, by=person, at=now, is_insured=False, insurer="")

    assert refused.value.facts["email"] == event.contact_email
    assert InsuranceAnswer.objects.get().insurer == "Tryggkraft"


def test_what_is_not_asked_is_not_stored(event, exhibitor, person, now):
    a_task(event, TaskKind.POWER, is_on=False)

    with pytest.raises(NotAsked):
        answer_power(exhibitor=exhibitor, seen=1, by=person, at=now, **POWER)


@pytest.mark.parametrize("state", [State.APPLIED, State.WAITING, State.DECLINED, State.WITHDRAWN, State.DRAFT])
def test_only_those_with_a_place_answer(event, person, now, state):
    task = a_task(event)
    exhibitor = factories.ExhibitorFactory(event=event, state=state)

    with pytest.raises(WrongState):
        tick(task=task, exhibitor=exhibitor, done=True, by=person, at=now)


def test_nothing_is_answered_after_the_event(event, exhibitor, person):
    task = a_task(event)

    with pytest.raises(EventOver):
        tick(task=task, exhibitor=exhibitor, done=True, by=person, at=event.ends_at)


def test_ticking_twice_is_once_and_it_can_be_taken_back(event, exhibitor, person, now):
    task = a_task(event)
    for _time in range(2):
        tick(task=task, exhibitor=exhibitor, done=True, by=person, at=now)
    assert Tick.objects.get().ticked_by == person
    assert AuditEntry.objects.filter(verb="task.ticked").count() == 1

    for _time in range(2):
        tick(task=task, exhibitor=exhibitor, done=False, by=person, at=now)

    assert not Tick.objects.exists()
    assert AuditEntry.objects.filter(verb="task.unticked").count() == 1


def test_task_of_another_event_is_not_ticked(exhibitor, person, now):
    with pytest.raises(NotAsked):
        tick(task=a_task(factories.EventFactory()), exhibitor=exhibitor, done=True, by=person, at=now)


def test_only_own_tasks_are_ticked(event, exhibitor, person, now):
    with pytest.raises(NotAsked):
        tick(task=a_task(event, TaskKind.LOGO), exhibitor=exhibitor, done=True, by=person, at=now)


@pytest.mark.parametrize(
    "wrong",
    [
        {"watts": 0},
        {"outlets": 0},
        {"what": ""},
        {"watts": 100_001},
        {"needs_power": False},
        {"needs_power": False, "watts": 0, "outlets": 0, "what": "", "at_night": True},
    ],
)
def test_database_takes_no_half_answer_about_power(exhibitor, wrong):
    with pytest.raises(IntegrityError), transaction.atomic():
        PowerAnswerFactory(exhibitor=exhibitor, **wrong)


# --- What a closed task is about stays as it is on the application too ---


def test_closed_profile_stays_while_the_contact_may_change(event, exhibitor, person, now):
    a_task(event, TaskKind.PROFILE, closed_at=now)

    with pytest.raises(TaskClosed):
        save_details(exhibitor=exhibitor, seen=1, by=person, at=now, profile="Nytt", field=exhibitor.field)
    save_details(exhibitor=exhibitor, seen=1, by=person, at=now, contact_name="Ny Kontakt")

    stored = Exhibitor.objects.get()
    assert (stored.profile, stored.contact_name) == (exhibitor.profile, "Ny Kontakt")


def test_the_same_step_may_be_saved_when_the_closed_part_is_untouched(event, exhibitor, person, now):
    a_task(event, TaskKind.PROFILE, closed_at=now)
    same = {"profile": exhibitor.profile, "field": exhibitor.field}

    save_details(exhibitor=exhibitor, seen=1, by=person, at=now, **same, website="https://ny.example")

    assert Exhibitor.objects.get().website == "https://ny.example"


def test_closed_logo_and_names_stay_but_a_badge_can_still_be_replaced(event, exhibitor, person, now):
    for kind in (TaskKind.LOGO, TaskKind.STAFF):
        a_task(event, kind, closed_at=now)
    staff = factories.StandStaffFactory(exhibitor=exhibitor)

    with pytest.raises(TaskClosed):
        save_logo(exhibitor=exhibitor, upload=None, by=person, at=now)
    with pytest.raises(TaskClosed):
        add_staff(exhibitor=exhibitor, name="Ny", email="", by=person, at=now)
    with pytest.raises(TaskClosed):
        remove_staff(staff=staff, by=person, at=now)
    replace_staff(staff_pk=staff.pk, exhibitor=exhibitor, name="Ny", email="", by=person, at=now)

    assert [one.name for one in exhibitor.staff.all()] == ["Ny"]


def test_application_that_has_no_place_is_held_by_no_closed_task(event, person, now):
    a_task(event, TaskKind.PROFILE, closed_at=now)
    applied = factories.ExhibitorFactory(event=event)

    save_details(exhibitor=applied, seen=1, by=person, at=now, profile="Nytt", field="Nytt")

    assert Exhibitor.objects.get(pk=applied.pk).profile == "Nytt"


def test_open_or_switched_off_task_holds_nothing(event, exhibitor, person, now):
    a_task(event, TaskKind.LOGO)
    a_task(event, TaskKind.STAFF, closed_at=now, is_on=False)
    picture = BytesIO()
    Image.new("RGB", (4, 4), "green").save(picture, "PNG")

    save_logo(exhibitor=exhibitor, upload=ContentFile(picture.getvalue(), name="x.png"), by=person, at=now)
    add_staff(exhibitor=exhibitor, name="Ny", email="", by=person, at=now)

    assert Exhibitor.objects.get().logo
