"""The company's forms and the organiser's pages, through the addresses. Pages ask the real clock."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from events.access.models import Role
from events.mail.models import Letter
from registrations.exhibitors.states import State
from registrations.tasks.models import InsuranceAnswer, PowerAnswer, Task, Tick
from registrations.tasks.states import TaskKind, TaskState
from tests import factories
from tests.task_factories import InsuranceAnswerFactory, PowerAnswerFactory, a_task, an_exhibitor

pytestmark = pytest.mark.django_db


@pytest.fixture
def event():
    at = timezone.now()
    return factories.EventFactory(
        registration_opens_at=at - timedelta(days=9),
        registration_closes_at=at + timedelta(days=1),
        starts_at=at + timedelta(days=40),
        ends_at=at + timedelta(days=40, hours=7),
    )


@pytest.fixture
def today():
    return timezone.localdate()


@pytest.fixture
def exhibitor(event):
    return an_exhibitor(event)


@pytest.fixture
def company(exhibitor, client_for):
    return client_for(factories.MembershipFactory(organisation=exhibitor.organisation).user)


@pytest.fixture
def desk(organiser_client, event):
    """A client of the event's organiser."""
    return organiser_client(event)


def url(name: str, *args) -> str:
    return reverse(f"registrations:{name}", args=args)


def power_data(**fields) -> dict:
    told = {"needs_power": "True", "what": "Två skärmar", "watts": "600", "outlets": "3", "version": "1"}
    return {**told, **fields}


# --- The company ---


def test_power_is_told_and_shown_on_the_own_page(company, exhibitor, event, today):
    a_task(event, TaskKind.POWER, due_on=today)

    page = company.get(url("task-power", exhibitor.pk))
    response = company.post(url("task-power", exhibitor.pk), power_data(at_night="on"))

    assert (page.status_code, page.context["line"].state) == (200, TaskState.SOON)
    assert response.status_code == 302
    answer = PowerAnswer.objects.get()
    assert (answer.watts, answer.outlets, answer.at_night) == (600, 3, True)
    assert company.get(url("own-exhibitor", exhibitor.pk)).status_code == 200


def test_power_stale_form_keeps_what_was_typed_and_shows_what_is_stored(company, exhibitor, event, today):
    a_task(event, TaskKind.POWER, due_on=today)
    company.post(url("task-power", exhibitor.pk), power_data())

    response = company.post(url("task-power", exhibitor.pk), power_data(watts="900"))

    assert response.status_code == 409
    assert (response.context["form"]["watts"].value(), response.context["form"]["version"].value()) == ("900", "2")
    assert [text for _label, text in response.context["stored"]] == ["600"]
    assert PowerAnswer.objects.get().watts == 600


@pytest.mark.parametrize(
    ("wrong", "fields"),
    [
        ({"needs_power": ""}, ["needs_power"]),
        ({"watts": "", "outlets": ""}, ["outlets", "watts"]),
        ({"watts": "0"}, ["watts"]),
        ({"watts": "många"}, ["watts"]),
        ({"watts": "100001"}, ["watts"]),
        ({"what": " "}, ["what"]),
    ],
)
def test_power_faults_stand_at_their_fields(company, exhibitor, event, today, wrong, fields):
    a_task(event, TaskKind.POWER, due_on=today)

    response = company.post(url("task-power", exhibitor.pk), power_data(**wrong))

    assert response.status_code == 422
    assert sorted(response.context["form"].errors) == fields


def test_no_power_forgets_what_was_typed_for_it(company, exhibitor, event, today):
    a_task(event, TaskKind.POWER, due_on=today)

    response = company.post(url("task-power", exhibitor.pk), power_data(needs_power="False", watts="-1", at_night="on"))

    assert response.status_code == 302
    answer = PowerAnswer.objects.get()
    assert (answer.needs_power, answer.watts, answer.outlets, answer.what, answer.at_night) == (False, 0, 0, "", False)


def test_insurance_yes_needs_a_name_and_no_needs_none(company, exhibitor, event, today):
    a_task(event, TaskKind.INSURANCE, due_on=today)
    address = url("task-insurance", exhibitor.pk)

    assert company.post(address, {"is_insured": "True", "insurer": "", "version": "1"}).status_code == 422
    assert company.post(address, {"is_insured": "False", "insurer": "Tryggkraft", "version": "1"}).status_code == 302
    assert (InsuranceAnswer.objects.get().is_insured, InsuranceAnswer.objects.get().insurer) == (False, "")


def test_late_page_says_so_and_takes_the_answer(company, exhibitor, event, today):
    a_task(event, TaskKind.POWER, due_on=today - timedelta(days=1))

    page = company.get(url("task-power", exhibitor.pk))
    response = company.post(url("task-power", exhibitor.pk), power_data())

    assert (page.context["line"].state, response.status_code) == (TaskState.LATE, 302)


def test_closed_page_has_no_form_and_a_post_is_refused(company, exhibitor, event, today):
    a_task(event, TaskKind.POWER, due_on=today, closed_at=timezone.now())

    page = company.get(url("task-power", exhibitor.pk))
    response = company.post(url("task-power", exhibitor.pk), power_data())

    assert (page.status_code, b'name="watts"' in page.content, response.status_code) == (200, False, 409)
    assert not PowerAnswer.objects.exists()


def test_what_is_not_asked_is_not_there(company, exhibitor, event, today):
    a_task(event, TaskKind.POWER, due_on=today, is_on=False)

    assert company.get(url("task-power", exhibitor.pk)).status_code == 404


def test_tasks_of_an_application_without_a_place_are_not_there(company, exhibitor, event, today):
    a_task(event, TaskKind.POWER, due_on=today)
    exhibitor.state = State.WAITING
    exhibitor.save()

    assert company.get(url("task-power", exhibitor.pk)).status_code == 404


def test_own_task_is_ticked_and_unticked(company, exhibitor, event, today):
    task = a_task(event, due_on=today)
    address = url("task-tick", exhibitor.pk, task.pk)

    company.post(address)
    assert Tick.objects.count() == 1
    company.post(address, {"back": "1"})
    assert Tick.objects.count() == 0


def test_own_page_lists_tasks_in_order_of_urgency_with_the_way_to_each(company, exhibitor, event, today):
    for days, kind in ((20, TaskKind.STAFF), (-1, TaskKind.POWER), (3, TaskKind.LOGO), (-9, TaskKind.PROFILE)):
        a_task(event, kind, due_on=today + timedelta(days=days))
    text = company.get(url("own-exhibitor", exhibitor.pk)).content.decode()
    text = text[text.index('id="own-tasks"') :]

    places = [
        text.index(f'href="{url(name, exhibitor.pk)}"')
        for name in ("task-power", "exhibitor-profile", "exhibitor-staff")
    ]

    # Power is late, the logo (on the profile's page) is next, then the names; the profile itself is done.
    assert places == sorted(places)


def test_next_step_on_the_own_page_and_on_my_page_is_the_most_urgent(company, exhibitor, event, today):
    a_task(event, TaskKind.INSURANCE, due_on=today + timedelta(days=9))
    a_task(event, TaskKind.POWER, due_on=today - timedelta(days=1))

    own = company.get(url("own-exhibitor", exhibitor.pk))
    mine = company.get(reverse("events:home"))

    assert own.context["first"].url == url("task-power", exhibitor.pk)
    assert url("task-power", exhibitor.pk).encode() in mine.content


def test_nothing_left_gives_the_usual_next_step(company, exhibitor, event, today):
    a_task(event, TaskKind.PROFILE, due_on=today)

    assert company.get(url("own-exhibitor", exhibitor.pk)).context["first"] is None


# --- The organiser ---


def test_table_filters_by_what_is_lacking(desk, event, exhibitor, today):
    power = a_task(event, TaskKind.POWER, due_on=today - timedelta(days=1))
    done = PowerAnswerFactory(exhibitor=an_exhibitor(event)).exhibitor

    def found(**query) -> list:
        return [row.exhibitor for row in desk.get(url("task-table", event.slug), query).context["page_obj"]]

    assert sorted(one.pk for one in found()) == sorted([exhibitor.pk, done.pk])
    assert found(lacks="late") == found(lacks=power.pk) == [exhibitor]
    assert found(lacks="ready") == [done]
    assert found(q="finnsinte") == []


@pytest.mark.parametrize("count", [1, 3])
def test_table_takes_as_many_queries_for_three_as_for_one(desk, event, today, count):
    a_task(event, TaskKind.POWER, due_on=today)
    desk.get(url("task-table", event.slug))
    for _one in range(count):
        PowerAnswerFactory(exhibitor=an_exhibitor(event))

    with CaptureQueriesContext(connection) as asked:
        desk.get(url("task-table", event.slug))

    assert len([one for one in asked if "registrations_" in one["sql"]]) == 4


def test_file_says_watts_as_numbers_and_the_insurer(desk, event, exhibitor, today):
    a_task(event, TaskKind.POWER, due_on=today)
    a_task(event, TaskKind.INSURANCE, due_on=today, position=1)
    PowerAnswerFactory(exhibitor=exhibitor, watts=2300)
    InsuranceAnswerFactory(exhibitor=exhibitor)
    an_exhibitor(event, organisation__name="Åre AB")

    response = desk.get(url("task-export", event.slug, "xlsx"))

    _head, told, nothing = load_workbook(BytesIO(response.content)).active.iter_rows(values_only=True)
    assert (told[0], told[5:8], told[-1]) == (exhibitor.organisation.name, ("Två skärmar", 2300, 3), "Tryggkraft")
    assert nothing[5:] == (None,) * 5
    assert desk.get(url("task-export", event.slug, "exe")).status_code == 404


def test_nudge_is_looked_at_first_and_sent_only_by_post(desk, event, exhibitor, today):
    a_task(event, due_on=today)
    address = url("task-nudge", event.slug)

    page = desk.get(address, {"chosen": exhibitor.pk})
    looked = desk.post(address, {"chosen": exhibitor.pk, "message": "Hej hej", "look": "1"})
    assert [row.exhibitor for row in page.context["outcome"].done] == [exhibitor]
    assert "Hej hej" in looked.context["letter"][1]
    assert not Letter.objects.exists()

    sent = desk.post(address, {"chosen": exhibitor.pk, "message": "Hej hej"})

    assert sent.status_code == 302
    assert "Hej hej" in Letter.objects.get().text


def test_nudge_twice_a_day_is_left_out_with_a_reason(desk, event, exhibitor, today):
    a_task(event, due_on=today)
    address = url("task-nudge", event.slug)
    desk.post(address, {"chosen": exhibitor.pk, "message": ""})

    page = desk.get(address, {"chosen": exhibitor.pk})
    desk.post(address, {"chosen": exhibitor.pk, "message": ""})

    assert [refusal.code for _row, refusal in page.context["outcome"].refused] == ["written_today"]
    assert page.context["letter"] is None
    assert Letter.objects.count() == 1


def test_nudge_reaches_nobody_of_another_event(desk, event, exhibitor, today):
    a_task(event, due_on=today)
    other = factories.EventFactory()
    a_task(other, due_on=today)

    response = desk.post(url("task-nudge", event.slug), {"chosen": [an_exhibitor(other).pk, "x", "9" * 30]})

    assert response.status_code == 302
    assert not Letter.objects.exists()


def test_tasks_are_set_up_changed_switched_and_closed(desk, event, today):
    desk.post(url("task-usual", event.slug))
    assert Task.objects.for_event(event).count() == 5
    new = {"name": "Skicka brandintyg", "due_on": f"{today:%Y-%m-%d}", "version": "1"}

    assert desk.post(url("task-new", event.slug, "own"), new).status_code == 302
    task = Task.objects.get(kind=TaskKind.OWN)
    assert desk.post(url("task-edit", event.slug, task.pk), new | {"words": "Mejla."}).status_code == 302
    assert desk.post(url("task-edit", event.slug, task.pk), new | {"words": "Nej."}).status_code == 409
    desk.post(url("task-close", event.slug, task.pk))
    desk.post(url("task-switch", event.slug, task.pk))

    task.refresh_from_db()
    assert (task.words, task.is_on, task.closed_at is not None) == ("Mejla.", False, True)
    desk.post(url("task-close", event.slug, task.pk), {"open": "1"})
    desk.post(url("task-switch", event.slug, task.pk), {"on": "1"})
    task.refresh_from_db()
    assert (task.is_on, task.closed_at) == (True, None)


def test_the_same_task_twice_is_told_at_the_form(desk, event, today):
    a_task(event, name="Skicka brandintyg")
    a_task(event, TaskKind.POWER)
    due = {"due_on": f"{today:%Y-%m-%d}", "version": "1"}

    assert desk.post(url("task-new", event.slug, "own"), {"name": "Skicka brandintyg", **due}).status_code == 422
    assert desk.post(url("task-new", event.slug, "power"), due).status_code == 422
    assert desk.get(url("task-new", event.slug, "nonsense")).status_code == 404


def test_overview_tells_of_those_who_are_late(desk, event, exhibitor, today):
    address = reverse("events:event-overview", args=[event.slug])
    late = (url("task-table", event.slug) + "?lacks=late").encode()
    task = a_task(event, due_on=today)
    assert late not in desk.get(address).content

    task.due_on = today - timedelta(days=1)
    task.save()

    assert late in desk.get(address).content


def test_page_of_an_exhibitor_tells_all_that_was_answered_and_the_organiser_ticks_off(desk, event, exhibitor, today):
    a_task(event, TaskKind.POWER, due_on=today)
    own = a_task(event, due_on=today, closed_at=timezone.now())
    PowerAnswerFactory(exhibitor=exhibitor, what="En robotcell")
    address = url("task-tick-for", event.slug, own.pk, exhibitor.pk)

    page = desk.get(url("exhibitor-detail", event.slug, exhibitor.pk))
    assert b"En robotcell" in page.content
    assert address.encode() in page.content

    desk.post(address)
    assert Tick.objects.get().exhibitor == exhibitor
    desk.post(address, {"back": "1"})
    assert not Tick.objects.exists()


def test_exhibitor_of_another_event_is_not_ticked_off(desk, event, today):
    own = a_task(event, due_on=today)
    elsewhere = an_exhibitor(factories.EventFactory())

    assert desk.post(url("task-tick-for", event.slug, own.pk, elsewhere.pk)).status_code == 404


def test_reader_sees_the_table_and_can_do_nothing(organiser_client, event, exhibitor, today):
    a_task(event, due_on=today)
    reader = organiser_client(event, Role.READER)

    page = reader.get(url("task-table", event.slug))

    assert (page.context["can_edit"], page.context["can_nudge"], b'name="chosen"' in page.content) == (
        False,
        False,
        False,
    )
    assert reader.post(url("task-nudge", event.slug), {"chosen": exhibitor.pk}).status_code == 404
