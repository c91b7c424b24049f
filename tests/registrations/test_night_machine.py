"""An evening from booking to reallocation in any order of events: whatever happens, what was promised holds."""

from collections import Counter
from contextlib import contextmanager, suppress
from datetime import timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from events.errors import Refusal
from events.nights.models import Night, ShareBasis
from registrations.allocation import running
from registrations.allocation.following import Follower
from registrations.allocation.models import Proposal, ProposalState, Team, Visit
from registrations.allocation.publishing import publish
from registrations.allocation.reallocations import ask_for_reallocation
from registrations.allocation.tasks import work
from registrations.bookings import classes as class_services
from registrations.bookings.classes import ClassEdit
from registrations.bookings.models import SchoolClass
from registrations.bookings.places import deciding, services
from registrations.bookings.places.moving import move_to_wave
from registrations.bookings.places.numbers import change_numbers
from registrations.bookings.states import ClassState
from registrations.tickets.models import Ticket, TicketState
from tests import night_factories as nf
from tests.factories import NOW, UserFactory

MOST_CLASSES = 5
SECONDS = 1
ANY = st.integers(0, 1000)


@contextmanager
def in_silence(pk: int):
    yield Follower()


class Evening(RuleBasedStateMachine):
    """Two admissions of 24 pupils, four stations of 10, two visits for each team of at most 8: never room for all."""

    def __init__(self) -> None:
        super().__init__()
        self.row = transaction.atomic()
        self.row.__enter__()

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.row.__exit__(None, None, None)

    @initialize(sizes=st.lists(st.integers(4, 16), min_size=3, max_size=5), told=st.sampled_from([True, True, False]))
    def plan(self, sizes: list[int], told: bool) -> None:
        self.now = NOW
        self.by = UserFactory()
        made = nf.NightFactory(places=44, team_size=8, visits_per_team=2, share_basis=ShareBasis.EQUAL)
        self.night = Night.objects.select_related("event").get(pk=made.pk)
        first = nf.WaveFactory(night=made, capacity=24, rounds=4)
        nf.WaveFactory(night=made, capacity=24, rounds=4, starts_at=first.starts_at + timedelta(hours=2))
        zone, field = nf.ZoneFactory(night=made), nf.FieldFactory(night=made)
        for _ in range(4):
            nf.StationFactory(night=made, zone=zone, field=field, capacity=10)
        for number, pupils in enumerate(sizes):
            self.book(pupils, ["1281", "1280"][number % 2])
        if told:
            self.allocate_and_publish()

    # --- What the school does ---

    @rule(pupils=st.integers(4, 20), municipality=st.sampled_from(["1281", "1280"]))
    def book_one_more(self, pupils: int, municipality: str) -> None:
        self.book(pupils, municipality)

    def book(self, pupils: int, municipality: str) -> None:
        self.tick()
        if self.classes().count() < MOST_CLASSES:
            booking = nf.BookingFactory(night=self.night, school__municipality_id=municipality, owner=self.by)
            nf.SchoolClassFactory(booking=booking, pupils=pupils)

    @rule(which=ANY, pupils=st.integers(4, 20))
    def change_the_booking(self, which: int, pupils: int) -> None:
        one = self.pick(which, ClassState.APPLIED)
        if one:
            edit = ClassEdit(one.pk, one.version, {"pupils": pupils})
            self.attempt(
                lambda: class_services.save_classes(booking=one.booking, edits=[edit], by=self.by, at=self.now)
            )

    @rule(which=ANY)
    def cancel_the_class(self, which: int) -> None:
        one = self.pick(which, ClassState.APPLIED, ClassState.WAITING)
        if one:
            self.attempt(lambda: class_services.drop_class(school_class=one, by=self.by, at=self.now))

    @rule(which=ANY)
    def confirm(self, which: int) -> None:
        one = self.pick(which, *ClassState)
        if one:
            self.attempt(lambda: services.confirm_place(school_class=one, by=self.by, at=self.now))

    @rule(which=ANY)
    def give_back(self, which: int) -> None:
        one = self.pick(which, *ClassState)
        if one:
            self.attempt(lambda: services.give_back(school_class=one, by=self.by, at=self.now))

    @rule(which=ANY)
    def queue_again(self, which: int) -> None:
        one = self.pick(which, *ClassState)
        if one:
            self.attempt(lambda: services.queue_again(school_class=one, by=self.by, at=self.now))

    @rule(which=ANY, pupils=st.integers(1, 24))
    def change_numbers(self, which: int, pupils: int) -> None:
        one = self.pick(which, *ClassState)
        if one:
            self.attempt(lambda: change_numbers(school_class=one, pupils=pupils, adults=2, by=self.by, at=self.now))

    # --- What the organiser does ---

    @precondition(lambda self: not self.is_published())
    @rule()
    def tell_everybody(self) -> None:
        self.allocate_and_publish()

    def allocate_and_publish(self) -> None:
        self.solve_and_publish(
            lambda: running.ask_for_proposal(
                night=self.night, seconds=SECONDS, seed=1, note="", by=self.by, at=self.now
            )
        )

    @precondition(lambda self: self.is_published())
    @rule()
    def reallocate(self) -> None:
        published = self.solve_and_publish(
            lambda: ask_for_reallocation(night=self.night, seconds=SECONDS, seed=1, note="", by=self.by, at=self.now)
        )
        assert not published or not Visit.objects.filter(station__cancelled_at__isnull=False).exists()

    @rule(which=ANY)
    def take_back(self, which: int) -> None:
        one = self.pick(which, ClassState.OFFERED)
        if one:
            later = one.answer_by_at + timedelta(minutes=1)
            self.attempt(lambda: deciding.withdraw_place(school_class=one, by=self.by, at=later))

    @rule(which=ANY, wave=ANY)
    def move(self, which: int, wave: int) -> None:
        one = self.pick(which, *ClassState.holding())
        waves = list(self.night.waves.in_order())
        if one:
            self.attempt(lambda: move_to_wave(school_class=one, wave=waves[wave % len(waves)], by=self.by, at=self.now))

    @precondition(lambda self: self.is_published())
    @rule()
    def cancel_a_station(self) -> None:
        running_ones = self.night.stations.running()
        if running_ones.count() == 4:
            running_ones.filter(pk=running_ones.first().pk).update(cancelled_at=self.now)

    # --- What holds at every moment ---

    @invariant()
    def no_capacity_is_exceeded(self) -> None:
        if not hasattr(self, "night"):
            return
        load: Counter = Counter()
        for one in self.classes().holding():
            load[one.wave_id] += one.pupils
        assert sum(load.values()) <= self.night.places
        for wave in self.night.waves.all():
            assert load[wave.pk] <= wave.capacity

    @invariant()
    def classes_come_whole(self) -> None:
        if not hasattr(self, "night"):
            return
        for one in self.classes():
            sizes = [team.size for team in Team.objects.filter(school_class=one)]
            assert sum(sizes) == (one.pupils if one.state in ClassState.holding() else 0)
            assert all(sizes)

    @invariant()
    def every_told_visit_can_be_made(self) -> None:
        if not hasattr(self, "night"):
            return
        seats: Counter = Counter()
        for team in Team.objects.select_related("school_class__wave").prefetch_related("visits__station"):
            wave, rounds = team.school_class.wave, []
            for visit in team.visits.all():
                taken = range(visit.round, visit.round + visit.station.duration)
                rounds += taken
                for number in taken:
                    seats[visit.station, wave.pk, number] += team.size
            assert team.visits.count() == self.night.visits_per_team
            assert len(set(rounds)) == len(rounds)
            assert all(1 <= number <= wave.rounds for number in rounds)
        for (station, _wave, _number), pupils in seats.items():
            assert pupils <= station.capacity

    @invariant()
    def tickets_match_places(self) -> None:
        if not hasattr(self, "night"):
            return
        valid = Ticket.objects.filter(state=TicketState.VALID, school_class__isnull=False)
        heads = dict(valid.values_list("school_class", "headcount"))
        assert heads == {one.pk: one.pupils for one in self.classes().holding()}

    # --- Helpers ---

    def tick(self) -> None:
        self.now += timedelta(minutes=1)

    def classes(self):
        return SchoolClass.objects.for_night(self.night)

    def pick(self, which: int, *states: ClassState) -> SchoolClass | None:
        self.tick()
        rows = list(self.classes().filter(state__in=states).select_related("booking__night__event").order_by("pk"))
        return rows[which % len(rows)] if rows else None

    def is_published(self) -> bool:
        return hasattr(self, "night") and Proposal.objects.for_night(self.night).published().exists()

    def attempt(self, act) -> None:
        with suppress(Refusal):
            act()

    def solve_and_publish(self, ask) -> bool:
        self.tick()
        try:
            proposal = ask()
        except Refusal:
            return False
        work(proposal.pk, in_silence)
        proposal.refresh_from_db()
        assert proposal.state == ProposalState.DONE
        self.tick()
        publish(proposal=proposal, answer_by=self.now + timedelta(days=7), by=self.by, at=self.now)
        return True


@pytest.mark.django_db
def test_what_was_promised_holds_whatever_happens():
    run_state_machine_as_test(
        Evening,
        settings=settings(
            max_examples=10,
            stateful_step_count=15,
            deadline=None,
            phases=[Phase.explicit, Phase.generate],
            derandomize=True,
            suppress_health_check=list(HealthCheck),
        ),
    )
