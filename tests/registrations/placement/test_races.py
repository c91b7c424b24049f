"""Two publish at once, somebody places by hand meanwhile, a yes comes during a no.

Shown on PostgreSQL, and shown to break without the lock.
"""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier, Event

import pytest
from django.db import IntegrityError, connection, transaction

from events.errors import Refusal
from events.mail.models import Letter
from events.programme.models import Event as Fair
from events.programme.models import EventQuerySet
from registrations.placement import offers, publishing
from registrations.placement.models import OfferEnd, StandOffer, StandProposal
from registrations.placement.running import ask_for_proposal
from registrations.stands.models import PlacingState, StandPlacing
from tests.registrations.placement.floors import ready_proposal
from tests.stand_factories import PlacingFactory

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]

WAIT = 20


@pytest.fixture
def proposal(event, stands, companies, now):
    return ready_proposal(event, dict(zip(companies[:3], stands, strict=False)), asked_at=now)


def at_once(*acts) -> list[str]:
    start = Barrier(len(acts))

    def run(act) -> str:
        try:
            start.wait(timeout=WAIT)
            act()
        except Refusal as refusal:
            return refusal.code
        except IntegrityError:
            return "crashed"
        finally:
            connection.close()
        return "done"

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def publish_while_somebody_places_by_hand(proposal, stand, company, organiser, now, monkeypatch) -> tuple[str, str]:
    """A1 is given to Delta by hand, under the event's lock, after publishing has looked and before it gives."""
    looked, placed = Event(), Event()
    look = publishing.refuse_unless_publishable

    def look_then_wait(proposal, at):
        found = look(proposal, at)
        looked.set()
        placed.wait(2)  # with the lock nobody gets through meanwhile
        return found

    monkeypatch.setattr(publishing, "refuse_unless_publishable", look_then_wait)

    def publish() -> str:
        try:
            publishing.publish(proposal=proposal, by=organiser, at=now)
        except IntegrityError:
            return "crashed"
        finally:
            connection.close()
        return "published"

    def place() -> str:
        looked.wait(WAIT)
        try:
            with transaction.atomic():
                Fair.objects.locked(proposal.event_id)
                if StandPlacing.objects.filter(stand=stand).exists():
                    return "taken"
                StandPlacing.objects.create(stand=stand, exhibitor=company)
            placed.set()
        finally:
            connection.close()
        return "placed"

    with ThreadPoolExecutor(2) as pool:
        publishing_it, placing = pool.submit(publish), pool.submit(place)
        return publishing_it.result(), placing.result()


def test_who_places_by_hand_during_a_publish_waits_and_sees_it(
    proposal, stands, companies, organiser, now, monkeypatch
):
    told = publish_while_somebody_places_by_hand(proposal, stands[0], companies[3], organiser, now, monkeypatch)

    assert told == ("published", "taken")
    assert StandPlacing.objects.get(stand=stands[0]).exhibitor == companies[0]


def test_without_the_lock_the_same_publish_crashes(proposal, stands, companies, organiser, now, monkeypatch):
    """The test above can fail: with the event unlocked, the stand is given away under it."""
    monkeypatch.setattr(publishing, "lock_event", lambda proposal: proposal.event)

    told = publish_while_somebody_places_by_hand(proposal, stands[0], companies[3], organiser, now, monkeypatch)

    assert told == ("crashed", "placed")


def test_many_who_publish_the_same_at_once_send_the_letters_once(proposal, organiser, now):
    acts = [lambda: publishing.publish(proposal=proposal, by=organiser, at=now)] * 4

    assert at_once(*acts) == ["done"] * 4
    assert Letter.objects.count() == 4
    assert StandPlacing.objects.count() == 3


def test_of_two_proposals_published_at_once_one_is(proposal, event, stands, companies, organiser, now):
    rivals = [proposal, ready_proposal(event, {companies[0]: stands[3], companies[3]: stands[0]}, asked_at=now)]
    later = now + timedelta(minutes=1)

    def publish(one):
        return lambda: publishing.publish(proposal=one, by=organiser, at=later)

    assert sorted(at_once(*map(publish, rivals))) == ["done", "published_meanwhile"]
    assert StandProposal.objects.published().count() == 1


def test_many_who_ask_at_once_start_one_run(event, companies, organiser, now):
    acts = [lambda: ask_for_proposal(event=event, seconds=2, seed=1, note="", by=organiser, at=now)] * 4

    assert sorted(at_once(*acts)) == ["done"] + ["one_at_a_time"] * 3


def test_two_who_offer_the_same_stand_at_once_make_one_offer(companies, stands, organiser, now):
    until = now + timedelta(days=1)
    acts = [
        lambda: offers.offer_stand(
            stand=stands[0], exhibitor=companies[0], until_at=until, by=organiser, at=now
        )
    ] * 4  # fmt: skip

    assert at_once(*acts) == ["done"] * 4
    assert StandOffer.objects.count() == Letter.objects.count() == 1


def test_a_yes_and_a_publish_at_once_never_give_one_stand_twice(event, companies, stands, organiser, now, proposal):
    """Delta says yes to A4 while a proposal that gives A4 to Gamma is published: one of the two is refused."""
    rival = ready_proposal(event, {companies[2]: stands[3]}, asked_at=now)
    for company in companies[:3]:
        company.decided_at = now + timedelta(days=1)
        company.save(update_fields=["decided_at"])
    offers.offer_stand(stand=stands[3], exhibitor=companies[3], until_at=now + timedelta(days=1), by=organiser, at=now)

    told = at_once(
        lambda: publishing.publish(proposal=rival, by=organiser, at=now),
        lambda: offers.answer_offer(exhibitor=companies[3], stand=stands[3], takes_it=True, by=organiser, at=now),
    )

    assert told == ["changed_since", "done"]
    assert StandPlacing.objects.get(stand=stands[3]).exhibitor == companies[3]


def say_yes_during_a_no(stand, company, organiser, now, monkeypatch) -> list[str]:
    """What the two are told when one of the company says no, and another yes after the no has looked."""
    PlacingFactory(stand=stand, exhibitor=company, told_at=now)
    looked, confirmed = Event(), Event()
    look = offers.refuse_unless_declinable

    def look_then_wait(*facts):
        found = look(*facts)
        looked.set()
        confirmed.wait(2)  # with the lock nobody gets through meanwhile
        return found

    monkeypatch.setattr(offers, "refuse_unless_declinable", look_then_wait)

    def confirm() -> None:
        looked.wait(WAIT)
        offers.confirm_stand(exhibitor=company, stand=stand, by=organiser, at=now)
        confirmed.set()

    return at_once(lambda: offers.decline_stand(exhibitor=company, stand=stand, by=organiser, at=now), confirm)


def test_a_yes_that_comes_during_a_no_waits_and_is_told(companies, stands, organiser, now, monkeypatch):
    told = say_yes_during_a_no(stands[0], companies[0], organiser, now, monkeypatch)

    assert told == ["done", "no_stand_offered"]


def test_without_the_lock_a_yes_is_lost(companies, stands, organiser, now, monkeypatch):
    """The test above can fail: with the event unlocked, the company is told that the stand is its own, and has none."""
    monkeypatch.setattr(EventQuerySet, "locked", lambda self, pk: self.get(pk=pk))

    told = say_yes_during_a_no(stands[0], companies[0], organiser, now, monkeypatch)

    assert told == ["done", "done"]
    assert not StandPlacing.objects.exists()


def test_of_a_yes_and_a_no_at_once_the_first_counts(companies, stands, organiser, now):
    PlacingFactory(stand=stands[0], exhibitor=companies[0], told_at=now)
    facts = {"exhibitor": companies[0], "stand": stands[0], "by": organiser, "at": now}

    yes, no = at_once(lambda: offers.confirm_stand(**facts), lambda: offers.decline_stand(**facts))

    if yes == "done":
        assert (no, StandPlacing.objects.get().state) == ("stand_confirmed", PlacingState.CONFIRMED)
    else:
        assert (yes, no, StandOffer.objects.get().end) == ("no_stand_offered", "done", OfferEnd.DECLINED)
        assert not StandPlacing.objects.exists()


def test_many_who_say_no_at_once_say_it_once(companies, stands, organiser, now):
    PlacingFactory(stand=stands[0], exhibitor=companies[0], told_at=now)
    acts = [lambda: offers.decline_stand(exhibitor=companies[0], stand=stands[0], by=organiser, at=now)] * 4

    assert at_once(*acts) == ["done"] * 4
    assert StandOffer.objects.count() == Letter.objects.count() == 1
