"""From a proposal to places: everything that is written, who hears of it, and what stands against it."""

from datetime import timedelta

import pytest
from django.utils import translation

from events.access.models import AuditEntry
from events.mail.models import Letter
from registrations.allocation import ground, hand, publishing
from registrations.allocation.instances import build_instance
from registrations.allocation.models import ProposalKind, ProposalState, Team, Visit
from registrations.bookings.models import BookingPerson
from registrations.bookings.places.why import why_of
from registrations.bookings.states import ClassState
from registrations.tickets.models import Ticket, TicketState
from tests import factories
from tests.night_factories import ProposalFactory, SchoolClassFactory, TeamFactory, VisitFactory
from tests.registrations.allocation.solutions import ready_proposal, solution_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def answer_by(now):
    return now + timedelta(days=7)


@pytest.fixture
def proposal(night, one, other, waves, now):
    """9A gets a place in the first admission, 9B waits."""
    return ready_proposal(night, {f"c{one.pk}": f"w{waves[0].pk}"}, asked_at=now, number=1)


def publish(proposal, by, at, answer_by=None):
    answer_by = answer_by or at + timedelta(days=7)
    return publishing.publish(proposal=proposal, answer_by=answer_by, by=by, at=at)


def test_publishing_gives_places_and_tells_why_not(proposal, one, other, waves, organiser, now, answer_by):
    outcome = publish(proposal, organiser, now)

    one.refresh_from_db()
    other.refresh_from_db()
    assert (one.state, one.wave, one.told_at, one.answer_by_at) == (ClassState.OFFERED, waves[0], now, answer_by)
    assert (other.state, other.wave, other.told_at, other.answer_by_at) == (ClassState.WAITING, None, now, None)
    assert one.outcome["code"] == "placed"
    assert other.outcome["code"] == "municipality_share_full"
    share = {"name": "Lund", "target": 30, "demand": 40, "placed": 20, "permille": 666}
    assert one.outcome["municipality"] == other.outcome["municipality"] == share
    assert (outcome.count("new"), outcome.count("waits")) == (1, 1)


def test_publishing_makes_teams_visits_and_a_ticket(proposal, one, organiser, now):
    publish(proposal, organiser, now)

    teams = list(Team.objects.filter(school_class=one))
    assert [(team.number, team.size) for team in teams] == [(1, 10), (2, 10)]
    assert [list(team.visits.values_list("round", flat=True)) for team in teams] == [[1, 2], [1, 2]]
    ticket = Ticket.objects.get(school_class=one)
    assert (ticket.headcount, ticket.state) == (20, TicketState.VALID)
    assert Ticket.objects.filter(school_class__isnull=False).count() == 1


def test_wheelchairs_follow_their_teams(night, one, waves, organiser, now):
    one.needs = {"wheelchair": 3}
    one.save()
    publish(ready_proposal(night, {f"c{one.pk}": f"w{waves[0].pk}"}), organiser, now)

    assert list(Team.objects.values_list("wheelchairs", flat=True)) == [2, 1]


def test_a_booking_gets_one_letter_to_each_who_shares_it(proposal, one, other, organiser, now):
    more = SchoolClassFactory(booking=one.booking, label="9C", pupils=5)
    colleague = factories.UserFactory(email="kollega@skola.example", language="en")
    BookingPerson.objects.create(booking=one.booking, user=colleague, joined_at=now)
    BookingPerson.objects.create(booking=one.booking, user=factories.UserFactory(), asked_at=now)
    proposal = ready_proposal(proposal.night, {f"c{one.pk}": proposal.solution["assignments"][0]["wave"]}, number=99)

    outcome = publish(proposal, organiser, now)

    owner = one.booking.people.get(role="owner").user
    mine = Letter.objects.filter(to__in=[one.booking.contact_email, owner.email, colleague.email])
    assert outcome.letters == Letter.objects.count() == 5  # the other booking: its contact and its owner
    letter = mine.get(to=colleague.email)
    assert letter.language == "en"
    assert "9A" in letter.text
    assert more.label in letter.text


def test_publishing_twice_changes_nothing_and_writes_to_nobody(proposal, organiser, now):
    publish(proposal, organiser, now)
    letters = Letter.objects.count()

    again = publish(proposal, organiser, now + timedelta(minutes=1))

    assert again.letters == 0
    assert Letter.objects.count() == letters
    assert AuditEntry.objects.filter(verb=publishing.PUBLISHED).count() == 1


def test_another_proposal_was_published_meanwhile(proposal, organiser, now):
    other = ProposalFactory(
        night=proposal.night, number=7, state=ProposalState.DONE, published_at=now, asked_at=now - timedelta(hours=1)
    )

    with pytest.raises(publishing.PublishedMeanwhile) as refusal:
        publish(proposal, organiser, now)

    assert refusal.value.facts == {"number": other.number}


def codes(refusal) -> list[tuple[str, str]]:
    return [(row.code, row.about) for row in refusal.value.facts["differences"]]


def refused(proposal, by, at) -> list[tuple[str, str]]:
    with pytest.raises(publishing.ChangedSince) as refusal:
        publish(proposal, by, at)
    assert not Letter.objects.exists()
    proposal.refresh_from_db()
    assert proposal.published_at is None
    return codes(refusal)


def test_a_cancelled_class_breaks_the_proposal(proposal, one, organiser, now):
    one.state = ClassState.CANCELLED
    one.save()

    assert refused(proposal, organiser, now) == [("class_gone", f"c{one.pk}")]


def test_another_number_breaks_the_proposal(proposal, one, organiser, now):
    one.pupils = 21
    one.save()

    assert refused(proposal, organiser, now) == [("class_size", f"c{one.pk}")]


def test_the_rule_was_changed_meanwhile(proposal, night, organiser, now):
    ground.change_rule(
        night=night,
        share_basis=night.share_basis,
        first_aim="municipalities",
        places=30,
        year=2027,
        source="",
        counts={},
        seen=night.version,
        by=organiser,
        at=now,
    )

    assert refused(proposal, organiser, now) == [("rule", "order")]


def test_something_was_decided_by_hand_meanwhile(proposal, other, organiser, now):
    hand.place_by_hand(school_class=other, gets_a_place=True, wave=None, note="Lovat", by=organiser, at=now)

    assert refused(proposal, organiser, now) == [("hand", f"c{other.pk}")]


def test_a_place_given_by_hand_is_not_called_the_rules(night, one, other, waves, organiser, now):
    hand.place_by_hand(school_class=one, gets_a_place=True, wave=None, note="Lovat", by=organiser, at=now)
    proposal = ready_proposal(night, {f"c{one.pk}": f"w{waves[0].pk}"}, asked_at=now)
    proposal.locks = hand.locks_of(night)
    proposal.save()

    publish(proposal, organiser, now)

    one.refresh_from_db()
    assert one.outcome["by_hand"]
    with translation.override("en"):
        assert why_of(one).text == "The organiser gave the class a place."


def test_who_waits_is_told_that_nothing_need_be_done(proposal, other, organiser, now):
    publish(proposal, organiser, now)

    letters = Letter.objects.filter(text__contains="9B").values_list("text", flat=True)
    assert letters
    assert all("Ni behöver inte göra något" in text for text in letters)


def test_small_changes_do_not_stand_in_the_way(proposal, one, organiser, now):
    one.adults = 5
    one.save()
    one.booking.contact_phone = "070-765 43 21"
    one.booking.save()

    assert publish(proposal, organiser, now).count("new") == 1


@pytest.mark.parametrize("days", [-1, 400])
def test_the_day_to_answer_by_lies_ahead_and_before_the_evening(proposal, organiser, now, days):
    with pytest.raises(publishing.AnswerByWrong):
        publish(proposal, organiser, now, now + timedelta(days=days))


def test_a_proposal_that_is_not_ready_is_not_published(night, organiser, now):
    with pytest.raises(publishing.NotReady):
        publish(ProposalFactory(night=night, state=ProposalState.FAILED), organiser, now)


def test_after_the_evening_nothing_is_published(proposal, organiser):
    with pytest.raises(publishing.OverOrCancelled):
        publish(proposal, organiser, proposal.night.event.ends_at + timedelta(days=1))


def test_publishing_needs_as_many_queries_for_its_letters_however_many_bookings(night, waves, organiser, now):
    """Only what is written grows: the rows of a class, its ticket and its letters."""
    rows = SchoolClassFactory.create_batch(3, booking__night=night, pupils=5)
    proposal = ready_proposal(night, {f"c{row.pk}": f"w{waves[0].pk}" for row in rows})

    assert publish(proposal, organiser, now).count("new") == 3


# --- A reallocation -------------------------------------------------------------------------------------------------


@pytest.fixture
def told(proposal, one, other, organiser, now):
    """The first proposal, published; 9A has confirmed."""
    publish(proposal, organiser, now)
    one.refresh_from_db()
    one.state = ClassState.CONFIRMED
    one.answered_at = now
    one.save()
    other.refresh_from_db()
    Letter.objects.all().delete()
    return proposal


def announced(proposal, *groups):
    base = build_instance(proposal.night)
    return {
        "format": "alloc.realloc/1",
        "base": base,
        "announced": {
            "assignments": [row for row in proposal.solution["assignments"] if row["group"] in groups],
            "visits": [row for row in proposal.solution["visits"] if row["team"].rsplit("-", 1)[0] in groups],
        },
        "events": [],
    }


def reallocation(told, placed, now, visits=None):
    instance = announced(told, *(row["group"] for row in told.solution["assignments"]))
    solution = solution_of(instance["base"], placed)
    if visits:
        solution["visits"] = visits(solution["visits"])
    return ready_proposal(
        told.night, placed, kind=ProposalKind.REALLOCATION, instance=instance, solution=solution,
        number=50, asked_at=now + timedelta(hours=1),
    )  # fmt: skip


def test_a_kept_place_keeps_its_answer_and_hears_nothing(told, one, other, waves, organiser, now):
    proposal = reallocation(told, {f"c{one.pk}": f"w{waves[0].pk}"}, now)

    outcome = publish(proposal, organiser, now + timedelta(hours=2))

    one.refresh_from_db()
    assert (one.state, one.told_at) == (ClassState.CONFIRMED, now)
    assert (outcome.letters, outcome.count("kept"), outcome.count("still")) == (0, 1, 1)


def test_other_stations_keep_the_answer_and_are_told(told, one, waves, organiser, now):
    def later(visits):
        return [{**row, "round": row["round"] + 1} for row in visits]

    proposal = reallocation(told, {f"c{one.pk}": f"w{waves[0].pk}"}, now, later)

    outcome = publish(proposal, organiser, now + timedelta(hours=2))

    one.refresh_from_db()
    assert one.state == ClassState.CONFIRMED
    assert outcome.count("visits") == 1
    assert sorted(Visit.objects.values_list("round", flat=True)) == [2, 2, 3, 3]
    assert Letter.objects.count() == outcome.letters == 2


def test_a_moved_class_is_asked_again(told, one, waves, organiser, now):
    at = now + timedelta(hours=2)
    proposal = reallocation(told, {f"c{one.pk}": f"w{waves[1].pk}"}, now)

    publish(proposal, organiser, at)

    one.refresh_from_db()
    assert (one.state, one.wave, one.told_at, one.answered_at) == (ClassState.OFFERED, waves[1], at, None)
    assert one.answer_by_at == at + timedelta(days=7)


def test_who_loses_a_place_waits_and_who_gets_one_is_offered_it(told, one, other, waves, organiser, now):
    proposal = reallocation(told, {f"c{other.pk}": f"w{waves[0].pk}"}, now)

    outcome = publish(proposal, organiser, now + timedelta(hours=2))

    one.refresh_from_db()
    other.refresh_from_db()
    assert (one.state, one.wave, other.state) == (ClassState.WAITING, None, ClassState.OFFERED)
    assert Ticket.objects.get(school_class=one).state == TicketState.CANCELLED
    assert not Team.objects.filter(school_class=one).exists()
    assert (outcome.count("lost"), outcome.count("new")) == (1, 1)


def test_hosts_hear_of_their_own_changes_only(told, one, other, waves, organiser, now):
    stations = list(told.night.stations.order_by("pk"))
    for number, station in enumerate(stations):
        station.host = factories.ExhibitorFactory(
            event=told.night.event, state="accepted", contact_email=f"vard{number}@foretag.example"
        )
        station.save()
    replaced = {f"s{stations[1].pk}": f"s{stations[2].pk}"}

    def elsewhere(visits):
        return [{**row, "station": replaced.get(row["station"], row["station"])} for row in visits]

    publish(reallocation(told, {f"c{one.pk}": f"w{waves[0].pk}"}, now, elsewhere), organiser, now + timedelta(hours=2))

    hosts = Letter.objects.filter(to__endswith="foretag.example").order_by("to")
    assert [letter.to for letter in hosts] == ["vard1@foretag.example", "vard2@foretag.example"]
    assert all("9A" in letter.text for letter in hosts)
    assert f"/exhibitors/{stations[1].host.pk}/" in hosts[0].text


def test_a_place_given_back_since_breaks_a_reallocation(told, one, waves, organiser, now):
    proposal = reallocation(told, {f"c{one.pk}": f"w{waves[0].pk}"}, now)
    one.state, one.wave = ClassState.WAITING, None
    one.save()

    with pytest.raises(publishing.ChangedSince) as refusal:
        publish(proposal, organiser, now + timedelta(hours=2))

    assert ("place", f"c{one.pk}") in codes(refusal)


def test_what_there_was_of_teams_is_replaced(proposal, one, organiser, now):
    VisitFactory(team=TeamFactory(school_class=one, number=9), station=proposal.night.stations.first())

    publish(proposal, organiser, now)

    assert list(Team.objects.filter(school_class=one).values_list("number", flat=True)) == [1, 2]
