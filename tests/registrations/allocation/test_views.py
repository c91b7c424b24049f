"""The room Allocation: what its pages say in each state, and how much they ask of the database."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from events.nights.models import FirstAim
from registrations.allocation import hand, runs
from registrations.allocation.models import Failure, HandPlacing, Proposal, ProposalState
from registrations.bookings.states import ClassState
from tests.night_factories import NightFactory, ProposalFactory, SchoolClassFactory
from tests.registrations.allocation.solutions import ready_proposal

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(client, organiser):
    client.force_login(organiser)
    return client


@pytest.fixture
def proposal(night, one, other, waves):
    return ready_proposal(night, {f"c{one.pk}": f"w{waves[0].pk}"}, number=1)


def url(name, night, *args):
    return reverse(f"registrations:{name}", args=[night.event.slug, *args])


def text_of(answer) -> str:
    return " ".join(answer.content.decode().split())


# --- The list -------------------------------------------------------------------------------------------------------


def test_the_list_without_bookings_says_what_to_wait_for(page, night):
    answer = page.get(url("proposal-list", night))

    assert answer.status_code == 200
    assert 'id="new"' not in text_of(answer)


def test_the_list_offers_a_proposal_and_tells_the_rule(page, night, one):
    night.first_aim = FirstAim.MUNICIPALITIES
    night.save()

    answer = page.get(url("proposal-list", night))

    assert answer.context["ground"].pupils == 20
    assert 'id="new"' in text_of(answer)
    assert len(answer.context["order"]) == 6
    assert answer.context["order"][0] != answer.context["order"][1]


def test_the_list_leads_to_the_run_under_way(page, night, one):
    ProposalFactory(night=night, number=4, state=ProposalState.RUNNING, beat_at=timezone.now())

    answer = page.get(url("proposal-list", night))

    assert url("proposal", night, 4) in text_of(answer)
    assert 'id="new"' not in text_of(answer)


def test_asking_leads_to_the_proposal(page, night, one):
    answer = page.post(url("proposal-ask", night), {"seconds": 15, "seed": 1, "note": "Först"})

    assert answer.url == url("proposal", night, 1)
    assert Proposal.objects.get().note == "Först"


def test_asking_twice_leads_to_the_one_under_way(page, night, one):
    for _ in range(2):
        answer = page.post(url("proposal-ask", night), {"seconds": 15, "seed": 1})

    assert answer.url == url("proposal", night, 1)
    assert Proposal.objects.count() == 1


def test_asking_without_anything_to_place_is_a_plain_answer(page, night):
    answer = page.post(url("proposal-ask", night), {"seconds": 15, "seed": 1})

    assert answer.status_code == 409
    assert answer.context["refusal"].code == "nothing_to_place"


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_needs_the_same_queries_for_one_proposal_and_three(
    page, night, one, waves, rows, django_assert_num_queries
):
    for number in range(rows):
        ready_proposal(night, {f"c{one.pk}": f"w{waves[0].pk}"}, number=number + 1)
        row = SchoolClassFactory(booking__night=night, pupils=3)
        HandPlacing.objects.create(school_class=row, gets_a_place=True, note="Så")

    page.get(url("proposal-list", night))
    with django_assert_num_queries(13):
        page.get(url("proposal-list", night))


# --- The rule -------------------------------------------------------------------------------------------------------


def rule_form(night, **values):
    return {
        "version": night.version,
        "share_basis": "cohort",
        "first_aim": "schools",
        "places": 40,
        "year": 2027,
        "source": "SCB",
        "population_1281": "130000",
        "cohort_1281": "1400",
        **values,
    }


def test_the_rule_is_changed(page, night):
    answer = page.post(url("proposal-rule", night), rule_form(night))

    night.refresh_from_db()
    assert answer.url == url("proposal-list", night)
    assert (night.share_basis, night.places) == ("cohort", 40)


def test_the_rule_that_a_colleague_changed_is_shown_beside_what_was_typed(page, night):
    page.post(url("proposal-rule", night), rule_form(night))

    answer = page.post(url("proposal-rule", night), rule_form(night, places=55))

    night.refresh_from_db()
    assert (answer.status_code, night.places) == (409, 40)
    assert 'value="55"' in text_of(answer)


# --- A run ----------------------------------------------------------------------------------------------------------


def test_a_run_shows_its_levels_and_a_way_to_stop(page, night):
    row = ProposalFactory(
        night=night,
        number=1,
        state=ProposalState.RUNNING,
        beat_at=timezone.now(),
        started_at=timezone.now(),
        progress={
            "level": "pupils_placed",
            "step": 3,
            "steps": 6,
            "seconds": 1.2,
            "levels": {
                "schools_with_place": {"value": 2, "bound": 2, "step": 1},
                "pupils_placed": {"value": 20, "bound": 25, "step": 3},
            },
        },
    )

    answer = page.get(url("proposal", night, 1))
    levels = answer.context["progress"]["levels"]

    assert [(level.value, level.bound, level.proven) for level in levels] == [("2", "", True), ("20", "25", False)]
    assert url("proposal-stop", night, 1) in text_of(answer)
    assert page.post(url("proposal-stop", night, 1)).url == url("proposal", night, 1)
    row.refresh_from_db()
    assert row.stop_wanted


def test_the_level_is_announced_when_it_is_another(page, night):
    ProposalFactory(
        night=night,
        number=1,
        state=ProposalState.RUNNING,
        beat_at=timezone.now(),
        progress={"level": "pupils_placed", "step": 3, "steps": 6, "seconds": 1, "levels": {}},
    )

    new = page.get(url("proposal-progress", night, 1) + "?step=2")
    same = page.get(url("proposal-progress", night, 1) + "?step=3")

    assert "hx-swap-oob" in text_of(new)
    assert "hx-swap-oob" not in text_of(same)


def test_a_run_that_has_ended_loads_its_page(page, proposal, night):
    assert page.get(url("proposal-progress", night, 1))["HX-Refresh"] == "true"


def test_a_run_whose_worker_died_is_said_to_have_failed(page, night):
    ProposalFactory(night=night, number=1, state=ProposalState.RUNNING, beat_at=timezone.now() - timedelta(minutes=2))

    answer = page.get(url("proposal", night, 1))

    assert answer.context["proposal"].failure == Failure.LOST
    assert url("proposal-ask", night) in text_of(answer)


def test_a_run_that_nobody_begins_says_so(page, night):
    ProposalFactory(night=night, number=1, asked_at=timezone.now() - runs.STALE_AFTER * 2)

    assert page.get(url("proposal", night, 1)).context["no_worker"]


# --- A proposal -----------------------------------------------------------------------------------------------------


def test_a_proposal_shows_who_gets_a_place_and_who_does_not(page, proposal, night, one, other):
    answer = page.get(url("proposal", night, 1))

    assert [(line.row, line.wave is None) for line in answer.context["page_obj"]] == [(one, False), (other, True)]
    assert answer.context["waiting"] == 1
    assert url("proposal-publish", night, 1) in text_of(answer)


def test_a_proposal_is_searched_and_filtered(page, proposal, night, one, other):
    shown = page.get(url("proposal", night, 1) + "?place=no")
    searched = page.get(url("proposal", night, 1) + "?q=9a", headers={"HX-Request": "true", "HX-Target": "classes"})

    assert [line.row for line in shown.context["page_obj"]] == [other]
    assert [line.row for line in searched.context["page_obj"]] == [one]
    assert "<html" not in text_of(searched)


def test_a_proposal_says_what_has_changed_since(page, proposal, night, one):
    one.pupils = 22
    one.save()

    answer = page.get(url("proposal", night, 1))

    assert answer.context["broken"]
    assert [breaks for _text, breaks in answer.context["changes"]] == [True]
    assert url("proposal-publish", night, 1) not in text_of(answer)


@pytest.mark.parametrize("rows", [1, 3])
def test_a_proposal_needs_the_same_queries_for_one_class_and_three(page, night, waves, rows, django_assert_num_queries):
    classes = SchoolClassFactory.create_batch(rows, booking__night=night, pupils=5)
    ready_proposal(night, {f"c{row.pk}": f"w{waves[0].pk}" for row in classes[:1]}, number=1)

    page.get(url("proposal", night, 1))
    with django_assert_num_queries(28):
        page.get(url("proposal", night, 1))


def test_a_class_shows_its_way_round(page, proposal, night, one):
    answer = page.get(url("proposal-class", night, 1, one.pk))

    assert [len(team.visits) for team in answer.context["teams"]] == [2, 2]


def test_a_class_without_a_place_has_no_way_round(page, proposal, night, other):
    assert page.get(url("proposal-class", night, 1, other.pk)).context["teams"] == []


def test_a_class_of_another_evening_is_not_found(page, proposal, night):
    assert page.get(url("proposal-class", night, 1, SchoolClassFactory().pk)).status_code == 404


def test_a_decision_by_hand_is_made_and_taken_back(page, proposal, night, other):
    here = url("proposal-class", night, 1, other.pk)

    assert page.post(here, {"decision": "any", "note": "Lovat"}).url == here
    assert HandPlacing.objects.get().note == "Lovat"
    assert page.post(url("proposal-release", night, other.pk)).status_code == 302
    assert not HandPlacing.objects.exists()


def test_a_decision_that_breaks_a_rule_is_refused_with_the_rule(page, proposal, night, one, other):
    page.post(url("proposal-class", night, 1, one.pk), {"decision": "any", "note": "Lovat"})

    answer = page.post(url("proposal-class", night, 1, other.pk), {"decision": "any", "note": "Också"})

    assert answer.status_code == 409
    assert "9A" in str(answer.context["form"].errors["decision"])


# --- Comparing and publishing ---------------------------------------------------------------------------------------


def test_two_proposals_are_compared(page, proposal, night, one, other, waves):
    ready_proposal(night, {f"c{other.pk}": f"w{waves[1].pk}"}, number=2)

    answer = page.get(url("proposal-compare", night) + "?one=1&other=2")

    assert [turn["row"] for turn in answer.context["turns"]["won"]] == [other]
    assert [turn["row"] for turn in answer.context["turns"]["lost"]] == [one]


@pytest.mark.parametrize("query", ["", "?one=1", "?one=1&other=1", "?one=x&other=1"])
def test_comparing_needs_two(page, proposal, night, query):
    assert page.get(url("proposal-compare", night) + query).status_code == 302


def test_comparing_with_one_that_is_not_there_is_not_found(page, proposal, night):
    assert page.get(url("proposal-compare", night) + "?one=1&other=9").status_code == 404


def test_publishing_says_what_will_happen(page, proposal, night):
    answer = page.get(url("proposal-publish", night, 1))

    assert dict(answer.context["counts"]) == {"new": 1, "waits": 1}
    assert answer.context["bookings"] == 2


def next_week():
    return (timezone.localdate() + timedelta(days=7)).isoformat()


def test_publishing_happens_once(page, proposal, night, one):
    here = url("proposal-publish", night, 1)

    first = page.post(here, {"answer_by": next_week()})
    second = page.post(here, {"answer_by": next_week()})

    one.refresh_from_db()
    assert first.url == second.url == url("proposal", night, 1)
    assert one.state == ClassState.OFFERED


def test_publishing_what_has_changed_says_what(page, proposal, night, one):
    one.state = ClassState.CANCELLED
    one.save()

    answer = page.post(url("proposal-publish", night, 1), {"answer_by": next_week()})

    assert answer.status_code == 409
    assert answer.context["in_the_way"].code == "changed_since"
    assert "9A" in answer.context["differences"][0]


def test_publishing_with_a_wrong_day_shows_it_at_the_field(page, proposal, night):
    answer = page.post(url("proposal-publish", night, 1), {"answer_by": "2020-01-01"})

    assert answer.status_code == 409
    assert answer.context["form"].errors["answer_by"]


def test_an_unplanned_evening_has_a_room_that_says_so(page, organiser, night):
    bare = NightFactory()
    bare.delete()
    from tests import factories

    factories.grant(organiser, "organiser", event=bare.event)

    assert page.get(reverse("registrations:proposal-list", args=[bare.event.slug])).status_code == 200


def test_the_hand_placing_is_in_the_list(page, night, one, organiser, now):
    hand.place_by_hand(school_class=one, gets_a_place=False, wave=None, note="Kom ifjol", by=organiser, at=now)

    assert "Kom ifjol" in text_of(page.get(url("proposal-list", night)))
