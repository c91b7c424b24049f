"""The door's rules."""

from datetime import UTC, datetime

import pytest

from registrations.checkin.verdict import Admission, Outcome, TicketFacts, Verdict, judge

EARLIER = Admission(datetime(2027, 3, 24, 8, 14, tzinfo=UTC), "Norra entrén")


@pytest.mark.parametrize(
    ("ticket", "verdict"),
    [
        (None, Verdict(Outcome.UNKNOWN)),
        (TicketFacts("b2b", valid=True), Verdict(Outcome.ADMITTED)),
        (TicketFacts("b2b", valid=True, admitted=EARLIER), Verdict(Outcome.ALREADY_IN, EARLIER)),
        (TicketFacts("b2b", valid=False), Verdict(Outcome.CANCELLED)),
        (TicketFacts("b2b", valid=False, admitted=EARLIER), Verdict(Outcome.CANCELLED)),
        (TicketFacts("other", valid=True), Verdict(Outcome.WRONG_EVENT)),
        (TicketFacts("other", valid=False, admitted=EARLIER), Verdict(Outcome.WRONG_EVENT)),
    ],
)
def test_verdict(ticket, verdict):
    assert judge(ticket, "b2b") == verdict
