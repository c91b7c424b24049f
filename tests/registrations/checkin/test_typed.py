"""A typed code gets its answer in words, whatever it is."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import translation

from events.memory import forget_everything
from registrations.bookings.states import ClassState
from registrations.checkin.models import Presence, Scan
from registrations.checkin.typed import LOOKS, judge_typed
from registrations.checkin.verdict import Outcome
from registrations.tickets.models import TicketState
from registrations.tickets.services import issue_class_ticket
from tests import factories, night_factories
from tests.door_factories import let_in, open_door

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def _in_english():
    with translation.override("en"):
        yield


@pytest.fixture
def gate():
    return factories.GateFactory()


@pytest.fixture
def by():
    return factories.UserFactory()


@pytest.fixture
def judge(gate, by, now):
    def type_in(text="", act="enter", **also):
        said = {"gate": gate, "nonce": str(uuid4()), "by": by, "at": now} | also
        return judge_typed(event=gate.event, text=text, act=act, **said)

    return type_in


def plain(text: str) -> str:
    return text.replace("\u00a0", " ")


def ticket_to(gate, **also):
    return factories.TicketFactory(visitor__event=gate.event, visitor__name="Åsa Öberg", **also)


def class_ticket(gate, now, **wave):
    event = gate.event
    event.kind = event.Kind.NIGHT
    event.save()
    night = night_factories.NightFactory(event=event)
    wave = night_factories.WaveFactory(night=night, **wave)
    one = night_factories.SchoolClassFactory(
        booking__night=night, label="9C", pupils=26, wave=wave, state=ClassState.OFFERED
    )
    return issue_class_ticket(school_class=one, at=now)


def test_every_outcome_has_a_look():
    assert set(LOOKS) == set(Outcome)


def test_ticket_is_let_in_and_may_be_undone(judge, gate):
    open_door(gate.event)
    ticket = ticket_to(gate)

    answer = judge(ticket.code.lower())
    undone = judge(act="undo", ref=str(answer.nonce))

    assert (answer.outcome, answer.name, answer.facts) == (Outcome.ADMITTED, "Åsa Öberg", "Bageriet AB · Visitor")
    assert (answer.may_undo, undone.outcome, undone.may_undo) == (True, Outcome.UNDONE, False)
    assert Presence.objects.get().inside == 0


def test_same_page_sent_again_is_the_same_scan(judge, gate):
    open_door(gate.event)
    ticket, nonce = ticket_to(gate), str(uuid4())

    first, second = judge(ticket.code, nonce=nonce), judge(ticket.code, nonce=nonce)

    assert (first.outcome, second.outcome, Scan.objects.count()) == (Outcome.ADMITTED, Outcome.ADMITTED, 1)


def test_second_time_tells_when_and_where_the_first_was(judge, gate, now):
    open_door(gate.event)
    ticket = ticket_to(gate)
    let_in(ticket, at=now - DAY, gate=gate)

    answer = judge(ticket.code)

    assert (answer.outcome, answer.may_let_in) == (Outcome.ALREADY_IN, False)
    assert plain(answer.text).startswith("Came in Sun 28 Feb")
    assert answer.text.endswith("10:00 at Huvudentrén.")


@pytest.mark.parametrize(
    ("rules", "outcome", "says"),
    [
        ({"opens_at": timedelta(hours=1)}, Outcome.TOO_EARLY, "The doors open Mon"),
        ({"opens_at": 3 * DAY}, Outcome.WRONG_DAY, "The event is Wed"),
        ({"closes_at": timedelta(hours=-1)}, Outcome.CLOSED, "The doors closed Mon"),
    ],
)
def test_time_is_told(rules, outcome, says, judge, gate, now):
    open_door(gate.event, **{name: now + away for name, away in rules.items()})

    answer = judge(ticket_to(gate).code)

    assert answer.outcome == outcome
    assert answer.text.startswith(says)


def test_other_refusals_say_what_to_do(judge, gate):
    door = open_door(gate.event, fire_limit=1)
    answers = {}
    answers["cancelled"] = judge(ticket_to(gate, state=TicketState.CANCELLED).code)
    answers["blocked"] = judge(ticket_to(gate, state=TicketState.BLOCKED).code)
    answers["wrong_event"] = judge(factories.TicketFactory(visitor__event__name="Mässan i Malmö").code)
    answers["unknown"] = judge("0" * 16)
    answers["not_in"] = judge(ticket_to(gate).code, act="leave")
    let_in(ticket_to(gate))
    forget_everything()
    answers["full"] = judge(ticket_to(gate).code)
    door.fire_limit = None
    door.save()
    factories.GateFactory(event=gate.event, name="Norra entrén", kinds=["v"])
    gate.kinds = ["e"]
    gate.save()
    answers["wrong_gate"] = judge(ticket_to(gate).code)

    assert {outcome: str(answer.outcome) for outcome, answer in answers.items()} == {name: name for name in answers}
    assert all(answer.advice for answer in answers.values())
    assert answers["full"].text == "In now: 1. The fire limit is 1."
    assert answers["wrong_gate"].text == "This ticket comes in at Norra entrén."
    assert plain(answers["wrong_event"].text).startswith("The ticket is to Mässan i Malmö, Wed 24 Mar")
    assert answers["wrong_event"].name == ""


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "Nothing was typed."),
        ("ABCD", "A code has 16 letters and digits. You have typed 4."),
        ("0" * 16, "No ticket has this code. Read it once more, or search for the name."),
    ],
)
def test_unknown_code_says_what_is_wrong_with_it(text, says, judge):
    assert judge(text).advice == says


def test_class_that_is_early_is_let_in_with_a_reason_and_counted(judge, gate, now):
    ticket = class_ticket(gate, now, starts_at=now + timedelta(minutes=45))
    open_door(gate.event)

    early = judge(ticket.code)
    let = judge(ticket.code, reason="Bussen kom tidigt", heads=early.heads)

    assert (early.outcome, early.may_let_in, early.heads) == (Outcome.EARLY, True, 26)
    assert (let.outcome, Presence.objects.get().inside) == (Outcome.ADMITTED, 26)
    assert "26 of 26 pupils are in" in let.facts


def test_reason_lets_nobody_in_past_the_fire_limit_or_with_a_ticket_that_is_not_valid(judge, gate):
    """A form that was not offered, or a house that has filled up since it was."""
    open_door(gate.event, fire_limit=1)
    let_in(ticket_to(gate))
    gate.kinds = ["e"]
    gate.save()
    here, blocked = ticket_to(gate), ticket_to(gate, state=TicketState.BLOCKED)

    answers = [judge(text, reason="De sa så", heads=1) for text in (here.code, blocked.code, "0" * 16)]

    assert [answer.outcome for answer in answers] == [Outcome.WRONG_GATE, Outcome.BLOCKED, Outcome.UNKNOWN]
    assert not Scan.objects.filter(let_in=True).exclude(ticket__presence__came=1).exists()
    assert Presence.objects.count() == 1


def test_class_that_is_late_is_let_in_and_told_so(judge, gate, now):
    ticket = class_ticket(gate, now, starts_at=now - timedelta(minutes=45))
    open_door(gate.event)

    answer = judge(ticket.code)
    gone = judge(ticket.code, act="leave")

    assert answer.outcome == Outcome.ADMITTED
    assert answer.text.endswith("45 minutes late.")
    assert (gone.outcome, gone.text) == (Outcome.LEFT, "26 pupils have gone out.")
