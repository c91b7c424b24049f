"""Steps ticked on the activity's page, and the page on which an activity is handed over."""

from uuid import uuid4

import pytest
from django.urls import reverse

from events.access.models import AuditEntry, Role
from events.municipalities.models import Participation
from events.plan.models import StatusChange
from tests import factories
from tests.typed import typed_activity

pytestmark = pytest.mark.django_db


@pytest.fixture
def activity():
    return factories.ActivityFactory(year=2027)


@pytest.fixture
def client(client_for, organiser, activity, bare):
    factories.grant(organiser, Role.ORGANISER, area=activity.plan.area)
    return client_for(organiser)


def address(name: str, activity, *more) -> str:
    return reverse(f"events:{name}", args=[activity.plan_id, activity.pk, *more])


def steps(activity) -> list[tuple[str, bool]]:
    return list(activity.steps.values_list("text", "done"))


# --- Steps ----------------------------------------------------------------------------------------------------------


def test_step_is_added_done_undone_and_removed(client, activity):
    response = client.post(address("step-new", activity), {"text": "Boka lokal 🏛"})
    assert response.url == f"{address('activity', activity)}#steps"
    step = activity.steps.get()

    for what, found in (("done", True), ("done", True), ("undone", False)):
        client.post(address("step", activity, step.pk), {"do": what})
        assert steps(activity) == [("Boka lokal 🏛", found)]
    client.post(address("step", activity, step.pk), {"do": "remove"})

    assert steps(activity) == []
    assert AuditEntry.objects.about(activity).count() == 4


def test_step_that_is_sent_twice_is_added_once(client, activity):
    sent = {"text": "Boka lokal", "once": str(uuid4())}

    for _ in range(2):
        client.post(address("step-new", activity), sent)

    assert steps(activity) == [("Boka lokal", False)]


@pytest.mark.parametrize("text", ["", "   ", "å" * 201])
def test_step_that_cannot_be_is_answered_with_a_message(client, activity, text):
    response = client.post(address("step-new", activity), {"text": text}, follow=True)

    assert (response.status_code, steps(activity)) == (200, [])
    assert [message.level_tag for message in response.context["messages"]] == ["error"]


@pytest.mark.parametrize("what", ["", "x", "DONE"])
def test_step_is_not_touched_by_another_word(client, activity, what):
    step = activity.steps.create(text="Boka lokal")

    assert client.post(address("step", activity, step.pk), {"do": what}).status_code == 302
    assert steps(activity) == [("Boka lokal", False)]


def test_step_of_another_activity_is_404(client, activity):
    foreign = factories.ActivityFactory(plan=activity.plan).steps.create(text="Boka lokal")

    assert client.post(address("step", activity, foreign.pk), {"do": "remove"}).status_code == 404


def test_activity_shows_its_steps_and_why_its_status_is_another(client, client_for, activity, organiser):
    activity.steps.create(text="Boka <lokal>", done=True)
    typed = typed_activity(activity, status="delayed", status_note="Hallen är bokad.")
    client.post(address("activity", activity), typed)
    reader = factories.UserFactory()
    factories.grant(reader, Role.READER, area=activity.plan.area)

    text = client_for(reader).get(address("activity", activity)).content.decode()

    assert StatusChange.objects.get().after == "delayed"
    for wanted in ("Boka &lt;lokal&gt;", "Hallen är bokad.", organiser.name, "Försenad"):
        assert wanted in text
    assert address("step-new", activity) not in text


# --- Handing over ---------------------------------------------------------------------------------------------------


@pytest.fixture
def left(activity):
    """Lund answers for the activity; Malmö and Höör take part in its year."""
    activity.responsible.add("1281")
    for code in ("1280", "1267"):
        Participation.objects.create(area=activity.plan.area, year=2027, municipality_id=code)


def test_hand_over_offers_those_who_take_part(client, activity, left):
    form = client.get(address("activity-hand-over", activity)).context["form"]

    assert [one.name for one in form.fields["to"].queryset] == ["Höör", "Malmö"]
    assert form["to"].value() == []


def test_hand_over_gives_the_activity_to_others_with_a_trail(client, activity, left):
    response = client.post(address("activity-hand-over", activity), {"to": ["1280", "1267"]})

    assert response.url == address("activity", activity)
    assert sorted(activity.responsible.values_list("name", flat=True)) == ["Höör", "Malmö"]
    assert AuditEntry.objects.about(activity).get().changes == {"responsible": [["Lund"], ["Höör", "Malmö"]]}


@pytest.mark.parametrize("to", [[], ["1281"], ["9999"], ["9" * 30]])
def test_hand_over_to_nobody_or_to_one_that_left_is_refused(client, activity, left, to):
    response = client.post(address("activity-hand-over", activity), {"to": to})

    assert (response.status_code, list(response.context["form"].errors)) == (422, ["to"])
    assert activity.responsible.get().name == "Lund"


def test_hand_over_offers_all_where_nobody_knows_who_takes_part(client, activity):
    form = client.get(address("activity-hand-over", activity)).context["form"]

    assert form.fields["to"].queryset.count() == 12


def test_plan_leads_to_the_handing_over_of_one_that_left(client, activity, left):
    text = client.get(reverse("events:plan", args=[activity.plan_id])).content.decode()

    assert address("activity-hand-over", activity) in text
