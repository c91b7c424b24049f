import pytest
from django.urls import reverse

from events.access.models import Role
from events.errors import Stale
from surveys.followup.words.models import Part, Words
from surveys.followup.words.services import write_words
from tests import factories
from tests.factories import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan(organiser):
    plan = factories.PlanFactory(first_year=2019, last_year=2020)
    factories.grant(organiser, Role.EDITOR, area=plan.area)
    return plan


@pytest.fixture
def address(plan):
    return reverse("surveys:words", args=[plan.pk, 2019, "lessons"])


def write(plan, organiser, text: str, seen: int, part: Part = Part.LESSONS):
    return write_words(plan=plan, year=2019, part=part, text=text, seen=seen, by=organiser, at=NOW)


def test_write_words_counts_versions_from_nothing(plan, organiser):
    assert write(plan, organiser, " Först. ", 0).version == 1
    assert write(plan, organiser, "Sedan.", 1).version == 2
    assert Words.objects.get().text == "Sedan."


@pytest.mark.parametrize("seen", [0, 2])
def test_write_words_tells_the_second_editor(plan, organiser, seen):
    write(plan, organiser, "Först.", 0)
    with pytest.raises(Stale):
        write(plan, organiser, "Sist.", seen)


def test_editors_of_different_parts_do_not_meet(plan, organiser):
    write(plan, organiser, "Lärdomar.", 0)
    write(plan, organiser, "Resultat.", 0, Part.RESULTS)
    assert Words.objects.count() == 2


def test_words_are_written_on_a_page_of_their_own(plan, organiser, client_for, address):
    client = client_for(organiser)

    response = client.post(address, {"text": "Börja tidigare.", "version": "0"})

    assert response.url == f"/plans/{plan.pk}/follow-up/2019/#words-lessons"
    assert "Börja tidigare." in client.get(reverse("surveys:followup", args=[plan.pk, 2019])).content.decode()


def test_words_are_written_in_place_as_a_fragment(organiser, client_for, address):
    client = client_for(organiser)
    htmx = {"HX-Request": "true"}

    form = client.get(address, headers=htmx).content.decode()
    saved = client.post(address, {"text": "Börja tidigare.", "version": "0"}, headers=htmx).content.decode()

    assert "<textarea" in form
    assert "<html" not in form
    assert "Börja tidigare." in saved
    assert "<textarea" not in saved


@pytest.mark.parametrize("headers", [{}, {"HX-Request": "true"}])
def test_conflict_shows_both_texts_and_may_then_be_saved(plan, organiser, client_for, address, headers):
    write(plan, organiser, "Kollegans ord.", 0)
    client = client_for(organiser)

    response = client.post(address, {"text": "Mina ord.", "version": "0"}, headers=headers)

    assert response.status_code == 409
    page = response.content.decode()
    assert "Kollegans ord." in page
    assert "Mina ord." in page
    assert response.context["form"]["version"].value() == "1"


@pytest.mark.parametrize("version", ["", "x", "-1", "²", "9" * 30])
def test_nonsense_for_a_version_is_put_right_and_nothing_is_lost(organiser, client_for, address, version):
    response = client_for(organiser).post(address, {"text": "Mina ord.", "version": version})

    assert response.status_code == 422
    assert "Mina ord." in response.content.decode()


def test_text_that_was_sent_signed_out_is_there_after_signing_in(organiser, client, address):
    response = client.post(address, {"text": "Skrivet på kvällen.", "version": "0"})
    assert "next=" in response.url
    client.force_login(organiser)

    assert "Skrivet på kvällen." in client.get(address).content.decode()
    assert Words.objects.count() == 0


def test_part_that_is_none_is_not_there(plan, organiser, client_for):
    address = reverse("surveys:words", args=[plan.pk, 2019, "poems"])
    assert client_for(organiser).get(address).status_code == 404
