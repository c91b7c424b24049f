"""The school's page of a place and the organiser's of the answers, page by page."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from events.access.models import Role
from events.mail.models import Letter
from events.nights.models import ShareBasis
from registrations.allocation.models import ProposalState, Team
from registrations.bookings.places.pieces import places_of
from registrations.bookings.states import ClassState
from tests import factories
from tests import night_factories as nf
from tests.registrations.bookings.places.evening import evening, placed
from tests.registrations.bookings.places.test_services import arrive

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


@pytest.fixture
def night():
    """An evening ten days from the real now, with published places."""
    at = timezone.now()
    days = {"registration_opens_at": -40, "registration_closes_at": -20, "starts_at": 10, "ends_at": 10.2}
    facts = {f"event__{name}": at + timedelta(days=number) for name, number in days.items()}
    made = evening(share_basis=ShareBasis.EQUAL, **facts)
    made.first.starts_at = made.event.starts_at
    made.first.save()
    nf.ProposalFactory(night=made, state=ProposalState.DONE, published_at=at, measures={}, solution={})
    return made


@pytest.fixture
def teacher():
    return factories.UserFactory(name="Lena Lärare")


@pytest.fixture
def client(client_for, teacher):
    return client_for(teacher)


@pytest.fixture
def mine(night, teacher):
    """The teacher's class with a place that waits for an answer."""
    one = placed(night, booking=nf.BookingFactory(night=night, owner=teacher), label="9A")
    one.answer_by_at = timezone.now() + timedelta(days=5)
    one.save()
    return one


def at(name: str, one) -> str:
    return reverse(f"registrations:{name}", args=[one.booking_id, one.pk])


def own_page(one) -> str:
    return reverse("registrations:own-booking", args=[one.booking_id])


# --- The school ------------------------------------------------------------------------------------------------------


def test_confirming_leads_back_to_the_class(client, mine):
    answer = client.post(at("place-confirm", mine))

    mine.refresh_from_db()
    assert answer.url == f"{own_page(mine)}#place-{mine.pk}"
    assert mine.state == ClassState.CONFIRMED


def test_confirming_all_says_how_many(client, mine, night):
    placed(night, booking=mine.booking, label="9B")

    page = client.post(reverse("registrations:place-confirm-all", args=[mine.booking_id]), follow=True)

    assert not mine.booking.classes.filter(state=ClassState.OFFERED).exists()
    assert "2" in str(next(iter(page.context["messages"])))


def test_giving_back_asks_first(client, mine):
    page = client.get(at("place-give-back", mine))

    mine.refresh_from_db()
    assert page.status_code == 200
    assert mine.state == ClassState.OFFERED

    client.post(at("place-give-back", mine))

    mine.refresh_from_db()
    assert mine.state == ClassState.GIVEN_BACK


def test_giving_back_twice_leads_back(client, mine):
    client.post(at("place-give-back", mine))

    assert client.get(at("place-give-back", mine)).status_code == 302


def test_a_class_given_back_can_queue_again(client, mine):
    client.post(at("place-give-back", mine))
    assert at("place-queue", mine) in client.get(own_page(mine)).text

    client.post(at("place-queue", mine))

    mine.refresh_from_db()
    assert mine.state == ClassState.WAITING


def test_one_tap_answers_at_once(client, mine):
    answer = client.post(at("place-numbers", mine), {"pupils": 21, "adults": 2, "seen": 20}, headers=HTMX)

    assert answer.status_code == 200
    assert f'id="numbers-{mine.pk}"' in answer.text
    assert 'value="22"' in answer.text  # the next tap


def test_what_does_not_fit_is_offered_in_part(client, mine, night):
    night.first.capacity = 22
    night.first.save()

    answer = client.post(at("place-numbers", mine), {"pupils": 24, "adults": 2, "seen": 20}, headers=HTMX)

    assert answer.status_code == 409
    assert answer.context["offer"] == 22
    assert 'name="pupils" value="22"' in answer.text


def test_without_javascript_the_answer_is_a_page(client, mine, night):
    yes = client.post(at("place-numbers", mine), {"pupils": 21, "adults": 2, "seen": 20})
    night.first.capacity = 21
    night.first.save()
    no = client.post(at("place-numbers", mine), {"pupils": 25, "adults": 2, "seen": 21})
    nonsense = client.post(at("place-numbers", mine), {"pupils": "many", "adults": 2})

    assert (yes.status_code, no.status_code, nonsense.status_code) == (302, 409, 422)


def test_the_booking_shows_teams_times_and_who_came_in(client, mine):
    arrive(mine)

    page = client.get(own_page(mine)).text

    assert page.count('class="place-stops"') == Team.objects.filter(school_class=mine).count()
    assert at("place-numbers", mine) not in page


@pytest.mark.parametrize("rows", [1, 3])
def test_places_need_the_same_queries_for_one_class_and_three(rf, mine, night, rows, django_assert_num_queries):
    for number in range(rows - 1):
        placed(night, booking=mine.booking, label=f"9{number}")
    mine.booking.night.event  # noqa: B018 — at hand, as on the page

    with django_assert_num_queries(6):
        places_of(mine.booking, rf.get("/"))


def test_my_page_asks_for_the_answer(client, mine):
    page = client.get(reverse("events:home")).text

    assert own_page(mine) in page


# --- The organiser ---------------------------------------------------------------------------------------------------


def places(night) -> str:
    return reverse("registrations:place-list", args=[night.event.slug])


def act(night) -> str:
    return reverse("registrations:place-act", args=[night.event.slug])


def late(one):
    one.answer_by_at = timezone.now() - timedelta(hours=1)
    one.save()
    return one


def test_the_list_has_the_unanswered_first_and_counts_pupils(organiser_client, mine, night):
    placed(night, state=ClassState.CONFIRMED, label="9K", sizes=(7,))
    page = organiser_client(night.event).get(places(night))

    assert [row.label for row in page.context["page_obj"]] == ["9A", "9K"]
    assert (page.context["coming"].pupils, page.context["unanswered"].pupils) == (7, 20)


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_needs_the_same_queries_for_one_and_three(
    organiser_client, night, rows, django_assert_max_num_queries
):
    for _ in range(rows):
        placed(night)
        nf.SchoolClassFactory(booking__night=night, state=ClassState.WAITING, pupils=5)
    client = organiser_client(night.event)
    client.get(places(night))

    with django_assert_max_num_queries(26):
        client.get(places(night))


def test_waiting_classes_that_would_fit_are_named(organiser_client, mine, night):
    fits = nf.SchoolClassFactory(booking__night=night, state=ClassState.WAITING, pupils=40)
    nf.SchoolClassFactory(booking__night=night, state=ClassState.WAITING, pupils=41)

    page = organiser_client(night.event).get(places(night))

    assert page.context["free"] == 40
    assert [one.school_class.pk for one in page.context["waiting"]] == [fits.pk]


def test_reminding_the_ticked(organiser_client, mine, night):
    organiser_client(night.event).post(act(night), {"act": "remind", "chosen": [mine.pk]})

    assert Letter.objects.filter(to=mine.booking.contact_email).count() == 1


def test_nothing_ticked_is_said(organiser_client, night):
    answer = organiser_client(night.event).post(act(night), {"act": "remind"}, follow=True)

    assert len(answer.context["messages"]) == 1


def test_more_time_needs_a_day(organiser_client, mine, night):
    client = organiser_client(night.event)

    nothing = client.post(act(night), {"act": "extend", "chosen": [mine.pk], "until": ""})
    passed = client.post(act(night), {"act": "extend", "chosen": [mine.pk], "until": "2020-01-01T12:00"})
    until = timezone.localtime() + timedelta(days=8)
    done = client.post(act(night), {"act": "extend", "chosen": [mine.pk], "until": until.strftime("%Y-%m-%dT%H:%M")})

    assert (nothing.status_code, passed.status_code, done.status_code) == (422, 409, 302)
    mine.refresh_from_db()
    assert mine.answer_by_at == until.replace(second=0, microsecond=0)


def test_taking_back_asks_first_and_names_the_count(organiser_client, mine, night):
    late(mine)
    client = organiser_client(night.event)

    asks = client.post(act(night), {"act": "take_back", "chosen": [mine.pk]})
    mine.refresh_from_db()
    assert (asks.status_code, mine.state) == (200, ClassState.OFFERED)

    client.post(act(night), {"act": "take_back", "chosen": [mine.pk], "sure": "yes", "message": "Vi ringde."})

    mine.refresh_from_db()
    assert mine.state == ClassState.GIVEN_BACK


def test_those_who_have_not_answered_in_time_wait_on_the_overview(organiser_client, mine, night):
    overview = reverse("events:event-overview", args=[night.event.slug])
    client = organiser_client(night.event)
    assert places(night) not in client.get(overview).text

    late(mine)

    assert f"{places(night)}?state=offered" in client.get(overview).text


def test_free_places_that_somebody_waits_for_wait_on_the_overview(organiser_client, mine, night):
    nf.SchoolClassFactory(booking__night=night, state=ClassState.WAITING, pupils=20)
    overview = reverse("events:event-overview", args=[night.event.slug])

    assert f'href="{places(night)}"' in organiser_client(night.event).get(overview).text


def test_moving_to_a_later_admission(organiser_client, mine, night):
    later = nf.WaveFactory(night=night, starts_at=night.first.starts_at + timedelta(hours=2))
    address = reverse("registrations:place-move", args=[night.event.slug, mine.pk])
    client = organiser_client(night.event)

    assert [one.wave for one in client.get(address).context["options"]] == [later]
    answer = client.post(address, {"wave": later.pk})

    mine.refresh_from_db()
    assert (answer.status_code, mine.wave) == (302, later)


def test_moving_where_there_is_no_room_says_why(organiser_client, mine, night):
    full = nf.WaveFactory(night=night, starts_at=night.first.starts_at + timedelta(hours=2), capacity=5)
    address = reverse("registrations:place-move", args=[night.event.slug, mine.pk])

    answer = organiser_client(night.event).post(address, {"wave": full.pk})

    assert answer.status_code == 409
    assert "20" in answer.text


def test_a_reader_sees_the_list_and_may_do_nothing(organiser_client, mine, night):
    client = organiser_client(night.event, Role.READER)

    page = client.get(places(night))

    assert page.status_code == 200
    assert "data-bulk" not in page.text
    assert client.post(act(night), {"act": "remind", "chosen": [mine.pk]}).status_code == 404


@pytest.mark.parametrize("wave", ["", "²", "x", "9" * 40])
def test_moving_to_an_admission_that_is_none_is_404(organiser_client, night, mine, wave):
    page = reverse("registrations:place-move", args=[night.event.slug, mine.pk])

    assert organiser_client(night.event).post(page, {"wave": wave}).status_code == 404
