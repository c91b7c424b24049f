import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from events.access.models import Role
from registrations.schools.forms import sealed
from registrations.schools.models import School
from tests.factories import UserFactory
from tests.night_factories import BookingFactory, NightFactory, SchoolClassFactory, SchoolFactory

pytestmark = pytest.mark.django_db
HEADING = "Skolenhetskod;Skolenhetsnamn;Kommun;Skoltyp;Status;Huvudman\n"
GOOD = "12345678;Parkskolan;Lund;GR;AKTIV;Lunds kommun\n"
BAD = "1234567;Ekskolan;Lund;GR;AKTIV;Lunds kommun\n"


@pytest.fixture
def night():
    return NightFactory()


def address(night, name="school-register", *more):
    return reverse(f"registrations:{name}", args=[night.event.slug, *more])


def upload(client, night, content):
    file = SimpleUploadedFile("skolor.csv", content.encode("cp1252"))
    return client.post(address(night, "school-register-import"), {"file": file})


def seal_in(page) -> str:
    return re.search(r'name="register" value="([^"]+)"', page.content.decode())[1]


def test_register_searches_and_filters(night, organiser_client):
    SchoolFactory(name="Österskolan")
    SchoolFactory(name="Västerskolan", status="closed")
    client = organiser_client(night.event)

    found = client.get(address(night), {"q": "ÖSTER"})
    closed = client.get(address(night), {"status": "closed"})

    assert [school.name for school in found.context["schools"]] == ["Österskolan"]
    assert [school.name for school in closed.context["schools"]] == ["Västerskolan"]


@pytest.mark.parametrize(
    "query", ["?status=x&municipality=%00&shown=999999999&q=%00", "?shown=-1", "?municipality=٠١٢٣"]
)
def test_register_leaves_nonsense_aside(night, organiser_client, query):
    assert organiser_client(night.event).get(address(night) + query).status_code == 200


def test_register_asks_as_much_for_three_schools_as_for_one(
    night, organiser_client, django_assert_max_num_queries, django_assert_num_queries
):
    client = organiser_client(night.event)
    SchoolFactory()
    client.get(address(night))
    with django_assert_max_num_queries(20) as one:
        client.get(address(night))
    SchoolFactory.create_batch(2)
    with django_assert_num_queries(len(one)):
        client.get(address(night))


def test_upload_shows_what_it_would_do_and_writes_nothing(night, organiser_client):
    page = upload(organiser_client(night.event), night, HEADING + GOOD)

    assert page.status_code == 200
    assert [row.name for row, _place in page.context["new"]] == ["Parkskolan"]
    assert not School.objects.exists()


def test_confirming_writes_what_was_shown(night, organiser_client):
    client = organiser_client(night.event)
    seal = seal_in(upload(client, night, HEADING + GOOD))

    answer = client.post(address(night, "school-register-write"), {"register": seal})

    assert answer.url == address(night)
    assert School.objects.get().name == "Parkskolan"


def test_refused_rows_stop_everything_unless_it_is_chosen(night, organiser_client):
    client = organiser_client(night.event)
    page = upload(client, night, HEADING + GOOD + BAD)
    seal = seal_in(page)

    client.post(address(night, "school-register-write"), {"register": seal})
    assert not School.objects.exists()
    client.post(address(night, "school-register-write"), {"register": seal, "partial": "1"})
    assert School.objects.count() == 1
    assert [row.line for row in page.context["register"].refused] == [3]


def test_a_closed_school_is_shown_with_its_bookings(night, organiser_client):
    school = SchoolFactory(code="12345678", name="Parkskolan", principal="Lunds kommun")
    BookingFactory(night=night, school=school)

    page = upload(organiser_client(night.event), night, HEADING + GOOD.replace("AKTIV", "UPPHORT"))

    assert [(row.code, count) for row, count in page.context["closed"]] == [("12345678", 1)]


@pytest.mark.parametrize("content", ["", "Namn;Ort\nx;y\n", "PK\x03\x04rest", '"'])
def test_a_file_that_makes_no_sense_says_so_at_the_field(night, organiser_client, content):
    page = upload(organiser_client(night.event), night, content)

    assert page.status_code == 422
    assert page.context["form"].errors["file"]


def test_a_seal_of_somebody_else_writes_nothing(night, organiser_client):
    client = organiser_client(night.event)
    page = upload(client, night, HEADING + GOOD)
    theirs = sealed(page.context["register"], UserFactory())

    for seal in (theirs, "", seal_in(page) + "x"):
        client.post(address(night, "school-register-write"), {"register": seal})

    assert not School.objects.exists()


def test_school_shows_its_evenings_and_who_took_over(night, organiser_client):
    school, other = SchoolFactory(), SchoolFactory(name="Efterföljaren")
    SchoolClassFactory(booking__night=night, booking__school=school, pupils=20)
    SchoolClassFactory(booking__night=night, booking__school=school, pupils=10, state="cancelled")
    client = organiser_client(night.event)

    client.post(address(night, "school-successor", school.code), {"code": other.code})
    page = client.get(address(night, "school-detail", school.code))

    assert [(e.classes, e.pupils) for e in page.context["evenings"]] == [(1, 20)]
    assert "Efterföljaren" in page.content.decode()


def test_successor_must_be_another_school_of_the_register(night, organiser_client):
    school = SchoolFactory()
    client = organiser_client(night.event)

    itself = client.post(address(night, "school-successor", school.code), {"code": school.code})
    unknown = client.post(address(night, "school-successor", school.code), {"code": "00000000"})

    assert (itself.status_code, unknown.status_code) == (409, 422)


def test_evenings_of_others_are_not_told(night, organiser_client):
    school = SchoolFactory()
    SchoolClassFactory(booking__school=school)

    page = organiser_client(night.event, Role.READER).get(address(night, "school-detail", school.code))

    assert list(page.context["evenings"]) == []
