"""One-time links: whose they are, and that they are kept nowhere."""

import uuid

from surveys.answers.links import key_in, token_of
from surveys.answers.models import Invitation
from tests import factories


def test_token_leads_back_to_its_invitation(survey):
    invitation = factories.InvitationFactory(survey=survey)

    assert key_in(token_of(invitation)) == invitation.key


def test_token_that_was_changed_leads_nowhere(survey):
    token = token_of(factories.InvitationFactory(survey=survey))
    other = uuid.uuid4().hex

    assert [key_in(t) for t in (token[:-1], other + token[32:], other, "", "å.b", "x" * 5000)] == [None] * 6


def test_token_is_stored_nowhere(survey):
    invitation = factories.InvitationFactory(survey=survey)
    signature = token_of(invitation).rpartition(".")[2]

    stored = str(Invitation.objects.values().get())
    assert signature not in stored
