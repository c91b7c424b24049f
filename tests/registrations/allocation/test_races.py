"""A class is changed or cancelled while somebody publishes: shown on PostgreSQL, and shown to break without the locks."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier, Event

import pytest
from django.db import connection, transaction

from events.errors import Refusal
from events.mail.models import Letter
from registrations.allocation import publishing, running
from registrations.allocation.models import Proposal
from registrations.bookings.classes import locked
from registrations.bookings.models import SchoolClass
from registrations.bookings.states import ClassState
from tests.registrations.allocation.solutions import ready_proposal

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def proposal(night, one, other, waves, now):
    return ready_proposal(night, {f"c{one.pk}": f"w{waves[0].pk}"}, asked_at=now, number=1)


def publish_while_a_class_is_cancelled(proposal, one, organiser, now, monkeypatch) -> str:
    """Somebody cancels 9A after the bookings have been read, and before places are given."""
    checked, cancelled = Event(), Event()
    turns_of = publishing.turns_of

    def read_then_wait(proposal):
        found = list(turns_of(proposal))
        checked.set()
        cancelled.wait(1)  # with the locks nobody gets through meanwhile
        return found

    monkeypatch.setattr(publishing, "turns_of", read_then_wait)

    def publish() -> str:
        try:
            publishing.publish(proposal=proposal, answer_by=now + timedelta(days=7), by=organiser, at=now)
        except Refusal as refusal:
            return refusal.code
        finally:
            connection.close()
        return "published"

    def cancel() -> str:
        checked.wait(10)
        try:
            with transaction.atomic():
                locked(one.booking)  # as a school's own change takes it
                row = SchoolClass.objects.select_for_update(no_key=True, of=("self",)).get(pk=one.pk)
                told = row.state
                row.state, row.wave = ClassState.CANCELLED, None
                row.save(update_fields=["state", "wave"])
            cancelled.set()
        finally:
            connection.close()
        return told

    with ThreadPoolExecutor(2) as pool:
        publishing_it, cancelling = pool.submit(publish), pool.submit(cancel)
        assert publishing_it.result() == "published"
        return cancelling.result()


def test_who_cancels_during_a_publish_waits_and_sees_the_place(proposal, one, organiser, now, monkeypatch):
    seen = publish_while_a_class_is_cancelled(proposal, one, organiser, now, monkeypatch)

    one.refresh_from_db()
    assert seen == ClassState.OFFERED
    assert one.state == ClassState.CANCELLED


def test_without_the_locks_a_cancelled_class_is_given_a_place(proposal, one, organiser, now, monkeypatch):
    """The test above can fail: with the bookings unlocked, the cancelling is overwritten."""
    monkeypatch.setattr(publishing, "lock_bookings", lambda night: None)

    seen = publish_while_a_class_is_cancelled(proposal, one, organiser, now, monkeypatch)

    one.refresh_from_db()
    assert seen == ClassState.APPLIED
    assert one.state == ClassState.OFFERED


def at_once(times, act) -> list[str]:
    start = Barrier(times)

    def one_of_them(number) -> str:
        try:
            start.wait()
            act(number)
        except Refusal as refusal:
            return refusal.code
        finally:
            connection.close()
        return "done"

    with ThreadPoolExecutor(times) as pool:
        return list(pool.map(one_of_them, range(times)))


def test_two_who_publish_at_once_send_the_letters_once(proposal, organiser, now):
    def publish(number):
        publishing.publish(proposal=proposal, answer_by=now + timedelta(days=7), by=organiser, at=now)

    assert at_once(4, publish) == ["done"] * 4
    assert Letter.objects.count() == 4  # two bookings: the contact person and the owner of each


def test_two_proposals_published_at_once_are_one(proposal, night, organiser, now):
    rivals = [proposal, ready_proposal(night, {}, number=77, asked_at=now)]

    def publish(number):
        publishing.publish(proposal=rivals[number], answer_by=now + timedelta(days=7), by=organiser, at=now)

    assert sorted(at_once(2, publish)) == ["done", "published_meanwhile"]
    assert Proposal.objects.published().count() == 1


def test_many_who_ask_at_once_start_one_run(night, one, organiser, now):
    def ask(number):
        running.ask_for_proposal(night=night, seconds=15, seed=1, note="", by=organiser, at=now)

    assert sorted(at_once(4, ask)) == ["done"] + ["one_at_a_time"] * 3
    assert Proposal.objects.count() == 1
