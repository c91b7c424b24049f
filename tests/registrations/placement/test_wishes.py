"""What a company wishes: kept, held against a colleague's, and only as long as it counts."""

import pytest

from events.access.models import AuditEntry
from events.errors import Refusal, Stale
from registrations.exhibitors.states import State
from registrations.placement.forms import WishForm
from registrations.placement.models import StandWish
from registrations.placement.wishes import WISHED, may_wish, neighbours_of, save_wishes
from tests import factories
from tests.registrations.placement.floors import an_exhibitor
from tests.stand_factories import PlacingFactory


def save(exhibitor, by, at, **values) -> StandWish:
    facts = {"power_w": None, "corner": False, "entrance": False, "apart_from_field": False, "near": [], "apart": []}
    return save_wishes(exhibitor=exhibitor, by=by, at=at, **{**facts, "seen": 1, **values})


def test_wishes_are_kept_in_their_order(companies, organiser, now):
    alfa, beta, gamma, delta = companies

    wish = save(alfa, organiser, now, power_w=500, corner=True, near=[gamma.pk, beta.pk], apart=[delta.pk])

    assert (wish.power_w, wish.corner, wish.entrance, wish.version) == (500, True, False, 2)
    assert neighbours_of(alfa) == {"near": [gamma.pk, beta.pk], "apart": [delta.pk]}
    assert AuditEntry.objects.get(verb=WISHED).changes["near"] == [[], [gamma.pk, beta.pk]]


def test_a_second_form_replaces_the_first_only_if_it_has_seen_it(companies, organiser, now):
    save(companies[0], organiser, now, near=[companies[1].pk])

    with pytest.raises(Stale):
        save(companies[0], organiser, now)
    save(companies[0], organiser, now, seen=2, apart=[companies[1].pk])

    assert neighbours_of(companies[0]) == {"near": [], "apart": [companies[1].pk]}


def test_only_others_of_the_same_event_can_be_named(event, companies, organiser, now):
    elsewhere = an_exhibitor(factories.EventFactory(), "Annorstädes AB")
    applied = an_exhibitor(event, "Ansökt AB", state=State.APPLIED)
    for named in ([companies[0].pk], [elsewhere.pk], [applied.pk], [999_999]):
        with pytest.raises(Refusal) as said:
            save(companies[0], organiser, now, near=named)
        assert said.value.code == "unknown_neighbour"
    with pytest.raises(Refusal):
        save(companies[0], organiser, now, near=[companies[1].pk], apart=[companies[1].pk])
    assert not StandWish.objects.exists()


def test_a_wish_for_power_that_no_stand_has_any_more_stays_in_the_form(companies, stands, organiser, now):
    wish = save(companies[0], organiser, now, power_w=3333)

    form = WishForm({"power_w": 3333, "version": 2}, exhibitor=companies[0], wish=wish, package_w=0)

    assert form.is_valid(), form.errors
    assert form.details()["power_w"] == 3333


def test_who_knows_its_stand_wishes_no_more(companies, stands, organiser, now):
    placing = PlacingFactory(stand=stands[0], exhibitor=companies[0])
    save(companies[0], organiser, now)  # the organiser has placed it, and told nobody
    placing.told_at = now
    placing.save()

    companies[0].refresh_from_db()
    assert not may_wish(companies[0])
    with pytest.raises(Refusal) as said:
        save(companies[0], organiser, now, seen=2)
    assert said.value.code == "has_its_stand"


def test_after_the_event_nothing_is_wished(event, companies, organiser):
    with pytest.raises(Refusal) as said:
        save(companies[0], organiser, event.ends_at)
    assert said.value.code == "event_over"
