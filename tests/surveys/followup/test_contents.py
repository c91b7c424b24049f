"""What stands in the plain data of the follow-up beside figures and words: steps, the last status, who takes part."""

import pytest

from events.plan.models import StatusChange
from surveys.followup.frozen.queries import contents_in, live_contents
from tests import factories
from tests.factories import NOW
from tests.surveys.followup.frozen.example import freeze, make_example

pytestmark = pytest.mark.django_db


def test_activity_tells_its_steps_and_why_its_status_is_another():
    example = make_example()

    fair, visit = live_contents(example.plan, 2019, at=NOW, language="en")["activities"]

    assert visit["steps"] == [{"text": "Boka buss", "done": False}, {"text": "Välj dag", "done": True}]
    assert visit["steps_words"] == "1 of 2 steps done; left: Boka buss."
    assert visit["status_changed"] == {
        "at": "2027-02-20T09:00:00+00:00",
        "before": "ongoing",
        "after": "on_schedule",
        "note": "Bussen gick sönder.",
    }
    assert visit["status_changed_words"].endswith("before that Ongoing. Bussen gick sönder.")
    assert (fair["steps"], fair["steps_words"], fair["status_changed"], fair["status_changed_words"]) == (
        [],
        "",
        None,
        "",
    )


def test_only_the_last_change_of_a_status_is_told():
    example = make_example()
    StatusChange.objects.create(activity=example.visit, before="on_schedule", after="delayed", note="Senare.", at=NOW)

    visit = live_contents(example.plan, 2019, at=NOW, language="sv")["activities"][1]

    assert (visit["status_changed"]["after"], visit["status_changed"]["note"]) == ("delayed", "Senare.")


def test_frozen_version_does_not_say_who_changed_a_status():
    example, person = make_example(), factories.UserFactory(name="Vera Vestergren")
    StatusChange.objects.update(by=person)

    frozen = freeze(example.plan, by=person)

    assert "Vera" not in frozen.contents
    assert contents_in(frozen)["activities"][1]["status_changed"]["note"] == "Bussen gick sönder."


def test_participation_is_the_plans_years_in_alphabetical_order():
    example = make_example()

    assert live_contents(example.plan, 2019, at=NOW)["participation"] == [
        {"id": "1267", "title": "Höör", "years": [2019]},
        {"id": "1281", "title": "Lund", "years": [2019, 2020]},
    ]
