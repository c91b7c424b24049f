"""Asking for a reallocation, and the page that says what it would change."""

import pytest
from django.urls import reverse

from events.access.models import Role
from events.nights.models import ShareBasis
from registrations.allocation.models import Proposal, ProposalKind, ProposalState
from registrations.allocation.reallocations import announced_now, build_reallocation
from registrations.bookings.places import services
from registrations.bookings.states import ClassState
from tests import factories
from tests import night_factories as nf
from tests.registrations.allocation.solutions import ready_proposal
from tests.registrations.bookings.places.evening import evening, placed

pytestmark = pytest.mark.django_db


@pytest.fixture
def night():
    """Two classes were told of a place, and one of them has given it back; a third waits."""
    made = evening(share_basis=ShareBasis.EQUAL, wave_capacity=40)
    made.gone, made.stays = placed(made, label="9A"), placed(made, label="9B")
    made.waits = nf.SchoolClassFactory(booking__night=made, state=ClassState.WAITING, label="9C", pupils=20)
    ready_proposal(made, {}, solution=told(made), asked_at=factories.NOW, published_at=factories.NOW)
    services.give_back(school_class=made.gone, by=factories.UserFactory(), at=factories.NOW)
    return made


@pytest.fixture
def client(client_for, organiser):
    return client_for(organiser)


def told(night) -> dict:
    return {**announced_now(night), "objective": []}


def page(name: str, night, *args) -> str:
    return reverse(f"registrations:{name}", args=[night.event.slug, *args])


def test_the_list_says_what_has_fallen_away_and_offers_a_reallocation(client, night):
    answer = client.get(page("proposal-list", night))

    assert page("proposal-reallocate", night) in answer.text
    assert len(answer.context["news"].fallen) == 1
    assert (answer.context["news"].free, answer.context["news"].fit) == (20, 1)


def test_a_reader_is_offered_none(client_for, night):
    reader = factories.UserFactory()
    factories.grant(reader, Role.READER, event=night.event)
    answer = client_for(reader).get(page("proposal-list", night))

    assert page("proposal-reallocate", night) not in answer.text


def test_asking_leads_to_the_proposal_under_way(client, night):
    first = client.post(page("proposal-reallocate", night), {"seconds": 15, "note": "Efter återbud"})
    again = client.post(page("proposal-reallocate", night), {"seconds": 15})

    made = Proposal.objects.get(kind=ProposalKind.REALLOCATION)
    assert (made.state, made.seconds, made.note) == (ProposalState.QUEUED, 15, "Efter återbud")
    assert first.url == again.url == page("proposal", night, made.number)


def test_before_publishing_it_is_refused(client_for):
    night, organiser = evening(share_basis=ShareBasis.EQUAL), factories.UserFactory()
    factories.grant(organiser, Role.ORGANISER, event=night.event)

    answer = client_for(organiser).post(page("proposal-reallocate", night), follow=True)

    assert not Proposal.objects.exists()
    assert len(answer.context["messages"]) == 1


def test_the_page_says_who_gains_and_what_changes_for_whom(client, night):
    instance = build_reallocation(night)
    made = ready_proposal(
        night,
        {f"c{night.stays.pk}": f"w{night.first.pk}", f"c{night.waits.pk}": f"w{night.first.pk}"},
        instance=instance,
        kind=ProposalKind.REALLOCATION,
    )

    shown = client.get(page("proposal", night, made.number)).context["reallocation"]

    assert shown.counts == {"lost": 0, "moved": 0, "gained": 1, "visits": 1}
    assert [line.change.group for line in shown.classes] == [f"c{night.waits.pk}", f"c{night.stays.pk}"]
    assert (shown.told, len(shown.fallen), len(shown.hosts)) == (4, 1, 3)


def test_a_first_proposal_has_no_such_section(client, night):
    first = Proposal.objects.get(kind=ProposalKind.FIRST)

    assert client.get(page("proposal", night, first.number)).context["reallocation"] is None
