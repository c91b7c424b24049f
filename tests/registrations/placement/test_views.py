"""The room's pages and the company's, as people go through them. Texts are not looked at: codes and contexts are."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from registrations.allocation.models import ProposalState
from registrations.organisations.models import MembershipRole, MembershipState
from registrations.placement import offers
from registrations.placement.instances import exhibitor_id, stand_id
from registrations.placement.models import OfferEnd, StandOffer, StandProposal, StandWish
from registrations.placement.wishes import neighbours_of
from registrations.stands.models import PlacingState, Stand, StandPlacing
from tests import factories
from tests.registrations.placement.floors import a_fair, an_exhibitor, four_stands, ready_proposal
from tests.stand_factories import PlacingFactory

ONCE = "6f1c8d9e-2f54-4f0a-9d2b-0d5a1f7f3c11"


@pytest.fixture
def event(db):
    """A fair that has not been yet: pages ask the real clock."""
    now = timezone.now()
    start = now + timedelta(days=30)
    return a_fair(
        starts_at=start,
        ends_at=start + timedelta(hours=7),
        registration_opens_at=now - timedelta(days=5),
        registration_closes_at=now + timedelta(days=5),
    )


@pytest.fixture
def boss(client, organiser):
    client.force_login(organiser)
    return client


@pytest.fixture
def owner(client, companies):
    person = factories.UserFactory()
    factories.MembershipFactory(
        organisation=companies[0].organisation, user=person, role=MembershipRole.OWNER, state=MembershipState.ACTIVE
    )
    client.force_login(person)
    return client


@pytest.fixture
def proposal(event, stands, companies):
    return ready_proposal(event, dict(zip(companies[:3], stands, strict=False)))


def at(name, event, *parts, **query) -> str:
    return reverse(f"registrations:{name}", args=[event.slug, *parts], query=query or None)


def test_a_fair_without_stands_says_so_and_offers_nothing(boss, event):
    page = boss.get(at("stand-proposal-list", event))

    assert page.status_code == 200
    assert page.context["gives_stands"] is False
    assert b"stand-allocation/new" not in page.content


def test_a_proposal_is_asked_for_and_followed(boss, event, companies):
    answer = boss.post(at("stand-proposal-ask", event), {"seconds": 15, "seed": 1, "note": "Först"})

    made = StandProposal.objects.get()
    assert answer.url == at("stand-proposal", event, made.number)
    assert (made.seconds, made.note) == (15, "Först")
    assert boss.get(answer.url).status_code == 200
    assert boss.get(at("stand-proposal-progress", event, made.number)).status_code == 200
    assert boss.get(at("stand-proposal-list", event)).context["under_way"] == made
    again = boss.post(at("stand-proposal-ask", event), {"seconds": 15, "seed": 1})
    assert again.url == answer.url
    boss.post(at("stand-proposal-stop", event, made.number))
    made.refresh_from_db()
    assert made.state == ProposalState.FAILED
    assert boss.get(answer.url).status_code == 200
    assert boss.get(at("stand-proposal-progress", event, made.number))["HX-Refresh"] == "true"


def test_there_is_nothing_to_ask_for_without_exhibitors(boss, event, stands):
    answer = boss.post(at("stand-proposal-ask", event), {"seconds": 15, "seed": 1})

    assert (answer.status_code, answer.context["refusal"].code) == (409, "nobody_to_place")


def test_a_proposal_is_shown_as_list_and_drawing(boss, event, companies, stands, proposal):
    page = boss.get(at("stand-proposal", event, proposal.number))

    lines = {line.name: line.stand and line.stand.number for line in page.context["page_obj"]}
    assert lines == {"Alfa AB": "A1", "Beta AB": "A2", "Gamma AB": "A3", "Delta AB": None}
    (hall,) = page.context["halls"]
    assert [(one.stand.number, one.kind, one.company) for one in hall.stands] == [
        ("A1", "placed", "Alfa AB"),
        ("A2", "placed", "Beta AB"),
        ("A3", "placed", "Gamma AB"),
        ("A4", "free", ""),
    ]
    assert [line.name for line in page.context["waiting"]] == ["Delta AB"]


def test_nothing_below_an_open_level_is_called_proven(boss, event, companies, proposal):
    proposal.solution["objective"][1] |= {"bound": -1, "proven": False}
    proposal.save()

    levels = boss.get(at("stand-proposal", event, proposal.number)).context["levels"]

    assert [level.proven for level in levels] == [True, False, False, False, False]
    assert [level.best_below for level in levels] == [False, False, True, True, True]


def test_a_move_that_is_sent_twice_is_made_once(boss, event, companies, stands, proposal):
    move = {"exhibitor": exhibitor_id(companies[0].pk), "stand": stand_id(stands[3].pk), "seen": 0}
    sent = [boss.post(at("stand-proposal-adjust", event, proposal.number), {**move, "once": ONCE}) for _ in range(2)]

    assert sent[0].url == sent[1].url
    assert StandProposal.objects.count() == 2


@pytest.mark.parametrize(("query", "names"), [({"show": "without"}, ["Delta AB"]), ({"q": "a2"}, ["Beta AB"])])
def test_the_list_is_searched_and_filtered(boss, event, companies, proposal, query, names):
    page = boss.get(at("stand-proposal", event, proposal.number, **query))

    assert [line.name for line in page.context["page_obj"]] == names


@pytest.mark.parametrize("many", [1, 3])
def test_a_proposal_takes_a_constant_number_of_queries(boss, event, stands, many, django_assert_max_num_queries):
    companies = [an_exhibitor(event, f"Bolag{n} AB") for n in range(many)]
    proposal = ready_proposal(event, dict(zip(companies, stands, strict=False)))
    with django_assert_max_num_queries(24):
        boss.get(at("stand-proposal", event, proposal.number))


def test_two_proposals_stand_side_by_side(boss, event, companies, stands, proposal):
    other = ready_proposal(event, {companies[0]: stands[3], companies[3]: stands[0], companies[1]: stands[1]})

    page = boss.get(at("stand-proposal-compare", event, one=proposal.number, other=other.number))

    turns = page.context["turns"]
    assert [(kind, [turn.name for turn in rows]) for kind, rows in turns.items()] == [
        ("won", ["Delta AB"]),
        ("lost", ["Gamma AB"]),
        ("moved", ["Alfa AB"]),
    ]
    assert len(page.context["levels"]) == 5
    assert boss.get(at("stand-proposal-compare", event, one=1, other=99)).status_code == 404


def test_a_move_is_shown_first_and_kept_then(boss, event, companies, stands, proposal):
    url = at("stand-proposal-adjust", event, proposal.number)
    move = {"exhibitor": exhibitor_id(companies[0].pk), "stand": stand_id(stands[3].pk)}

    assert boss.get(url).status_code == 200
    shown = boss.get(url, move)
    assert [row["after"] for row in shown.context["moves"]] == ["A4"]
    assert StandProposal.objects.count() == 1
    kept = boss.post(url, {**move, "seen": 0})

    made = StandProposal.objects.exclude(pk=proposal.pk).get()
    assert kept.url == at("stand-proposal", event, made.number)
    page = boss.get(kept.url)
    assert [line.is_moved for line in page.context["page_obj"] if line.name == "Alfa AB"] == [True]
    stale = boss.post(at("stand-proposal-adjust", event, made.number), {**move, "seen": 0})
    assert stale.status_code == 409
    assert boss.get(at("stand-proposal-adjust", event, made.number), move).context["refusal"].code == "nothing_moves"


def test_publishing_asks_first_and_says_what_is_in_the_way(boss, event, companies, stands, proposal):
    url = at("stand-proposal-publish", event, proposal.number)
    Stand.objects.filter(pk=stands[0].pk).update(blocked_at=timezone.now())

    assert boss.get(url).context["in_the_way"].code == "changed_since"
    refused = boss.post(url)
    assert (refused.status_code, len(refused.context["differences"])) == (409, 1)
    again = boss.post(at("stand-proposal-ask", event), {"seconds": 15, "seed": 1, "keep": proposal.number})
    assert again.status_code == 302
    assert StandProposal.objects.latest("number").fixed == {
        exhibitor_id(companies[n].pk): stand_id(stands[n].pk) for n in (1, 2)
    }


def test_publishing_leads_to_the_published_proposal(boss, event, companies, proposal):
    url = at("stand-proposal-publish", event, proposal.number)

    assert boss.post(url).url == at("stand-proposal", event, proposal.number)
    assert StandPlacing.objects.count() == 3
    assert boss.get(url).status_code == 302
    assert boss.get(at("stand-proposal-adjust", event, proposal.number)).status_code == 302
    assert boss.get(at("stand-proposal", event, proposal.number)).status_code == 200
    assert boss.get(at("stand-proposal-list", event)).context["published"] == proposal
    assert boss.get(reverse("events:event-overview", args=[event.slug])).status_code == 200


def test_a_free_stand_is_offered_from_the_waiting_list(boss, event, companies, stands):
    page = boss.get(at("stand-waiting", event))
    assert [row.next for row in page.context["waiting"].free] == [companies[0]] * 4
    until = (timezone.localdate() + timedelta(days=2)).isoformat()

    answer = boss.post(at("stand-offer", event, stands[0].pk, companies[0].pk), {"until": until})
    wrong = boss.post(at("stand-offer", event, stands[1].pk, companies[0].pk), {"until": until})

    assert (answer.status_code, wrong.status_code) == (302, 409)
    assert StandOffer.objects.get().exhibitor == companies[0]
    page = boss.get(at("stand-waiting", event))
    assert page.context["waiting"].lines[0].offer is not None


def test_a_company_says_what_it_wishes(owner, companies, stands):
    alfa, beta, gamma, _delta = companies
    url = reverse("registrations:stand-wishes", args=[alfa.pk])
    assert owner.get(url).status_code == 200

    answer = owner.post(
        url, {"version": 1, "power_w": 2000, "corner": "on", "near_0": beta.pk, "near_2": beta.pk, "apart_1": gamma.pk}
    )

    assert answer.url == reverse("registrations:own-exhibitor", args=[alfa.pk])
    wish = StandWish.objects.get(exhibitor=alfa)
    assert (wish.power_w, wish.corner, wish.entrance) == (2000, True, False)
    assert neighbours_of(alfa) == {"near": [beta.pk], "apart": [gamma.pk]}
    assert owner.get(answer.url).status_code == 200
    assert owner.post(url, {"version": 1}).status_code == 409
    assert owner.post(url, {"version": 2, "near_0": beta.pk, "apart_0": beta.pk}).status_code == 422
    assert owner.get(url).context["form"]["near_0"].value() == beta.pk


def test_without_stands_there_is_nothing_to_wish(owner, companies):
    Stand.objects.all().delete()

    assert owner.get(reverse("registrations:stand-wishes", args=[companies[0].pk])).status_code == 404
    assert b"own-stand" not in owner.get(reverse("registrations:own-exhibitor", args=[companies[0].pk])).content


def test_a_company_confirms_its_stand(owner, companies, stands):
    own = reverse("registrations:own-exhibitor", args=[companies[0].pk])
    placing = PlacingFactory(stand=stands[0], exhibitor=companies[0])
    assert b"/confirm/" not in owner.get(own).content  # only the organiser knows
    placing.told_at = timezone.now()
    placing.save()
    assert b"/confirm/" in owner.get(own).content
    assert owner.get(reverse("events:home")).status_code == 200

    owner.post(reverse("registrations:stand-confirm", args=[companies[0].pk, stands[0].pk]))

    placing.refresh_from_db()
    assert placing.state == PlacingState.CONFIRMED
    assert b"/confirm/" not in owner.get(own).content
    assert owner.get(reverse("registrations:stand-wishes", args=[companies[0].pk])).status_code == 302


def test_a_company_says_no_to_its_stand_after_it_was_asked(owner, companies, stands):
    own = reverse("registrations:own-exhibitor", args=[companies[0].pk])
    url = reverse("registrations:stand-decline", args=[companies[0].pk, stands[0].pk])
    assert owner.get(url).url == own  # there is nothing to say no to
    PlacingFactory(stand=stands[0], exhibitor=companies[0], told_at=timezone.now())
    assert url.encode() in owner.get(own).content

    assert owner.get(url).context["cancel_url"] == own
    assert StandPlacing.objects.count() == 1
    assert owner.post(url).url == own
    assert owner.post(url).url == own

    assert not StandPlacing.objects.exists()
    assert StandOffer.objects.get().end == OfferEnd.DECLINED
    assert url.encode() not in owner.get(own).content
    assert owner.get(reverse("registrations:stand-wishes", args=[companies[0].pk])).status_code == 200


def test_the_organiser_sees_a_no_on_the_waiting_list(boss, event, companies, stands, organiser):
    for company, stand in zip(companies[:2], stands, strict=False):
        PlacingFactory(stand=stand, exhibitor=company, told_at=timezone.now())
    offers.decline_stand(exhibitor=companies[0], stand=stands[0], by=organiser, at=timezone.now())

    waiting = boss.get(at("stand-waiting", event)).context["waiting"]

    assert [(row.stand, row.exhibitor, row.end) for row in waiting.offers] == [
        (stands[0], companies[0], OfferEnd.DECLINED)
    ]
    assert [row.exhibitor for row in waiting.lines] == [companies[0], *companies[2:]]
    assert {row.stand.number: row.next for row in waiting.free} == {
        "A1": companies[2],
        "A3": companies[0],
        "A4": companies[0],
    }


def test_a_company_that_has_said_yes_is_not_asked_whether_it_says_no(owner, companies, stands):
    PlacingFactory(stand=stands[0], exhibitor=companies[0], told_at=timezone.now(), state=PlacingState.CONFIRMED)
    url = reverse("registrations:stand-decline", args=[companies[0].pk, stands[0].pk])

    assert [owner.get(url).status_code, owner.post(url).status_code] == [302, 302]
    assert StandPlacing.objects.count() == 1
    elsewhere = four_stands(a_fair())[0]
    assert owner.get(reverse("registrations:stand-decline", args=[companies[0].pk, elsewhere.pk])).status_code == 404


@pytest.mark.parametrize(("said", "placed"), [("yes", 1), ("no", 0)])
def test_a_company_answers_its_offer(owner, companies, stands, said, placed):
    now = timezone.now()
    StandOffer.objects.create(stand=stands[0], exhibitor=companies[0], offered_at=now, until_at=now + timedelta(days=1))
    own = reverse("registrations:own-exhibitor", args=[companies[0].pk])
    assert b"/answer/" in owner.get(own).content

    owner.post(reverse("registrations:stand-answer", args=[companies[0].pk, stands[0].pk]), {"answer": said})

    assert StandPlacing.objects.count() == placed
    assert b"/answer/" not in owner.get(own).content


def test_a_hall_of_another_fair_is_not_drawn(boss, event, companies, proposal):
    four_stands(a_fair())

    assert len(boss.get(at("stand-proposal", event, proposal.number)).context["halls"]) == 1
