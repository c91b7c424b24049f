"""The hall's pages: what they show, refuse and keep."""

import io
import json
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from PIL import Image
from pypdf import PdfReader

from registrations.stands import layout, placing
from registrations.stands.models import Hall, Stand, StandHold, StandPlacing, StandSettings
from tests import factories
from tests.registrations.stands.make import a_company, a_row
from tests.stand_factories import HallFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def hall(db):
    """At a fair that is still to come, whatever the day."""
    now = timezone.now()
    starts = now + timedelta(days=20)
    event = factories.EventFactory(
        starts_at=starts,
        ends_at=starts + timedelta(hours=7),
        registration_opens_at=now - timedelta(days=5),
        registration_closes_at=now + timedelta(days=5),
    )
    return HallFactory(event=event, name="Hall A")


@pytest.fixture
def desk(hall, organiser_client):
    return organiser_client(hall.event)


@pytest.fixture
def company(hall, client_for):
    """(exhibitor, its client), while companies choose."""
    StandSettings.objects.create(event=hall.event, choice_open_until_at=hall.event.starts_at)
    exhibitor = a_company(hall.event, "Anka AB")
    membership = factories.MembershipFactory(organisation=exhibitor.organisation)
    return exhibitor, client_for(membership.user)


def at(name: str, *args: object) -> str:
    return reverse(f"registrations:{name}", args=args)


def picture(width: int = 40) -> SimpleUploadedFile:
    out = io.BytesIO()
    Image.new("RGB", (width, 30), "white").save(out, "PNG")
    return SimpleUploadedFile("plan.png", out.getvalue(), "image/png")


def test_hall_is_made_with_a_plan_and_then_drawn(hall, desk):
    slug = hall.event.slug
    answer = desk.post(
        at("hall-new", slug),
        {"name": "Foajén", "width_cm": "12,5", "depth_cm": "10", "version": 1, "upload": picture()},
    )

    made = Hall.objects.get(name="Foajén")
    assert answer.url == at("hall-rows", slug, made.pk)
    assert (made.width_cm, made.depth_cm) == (1250, 1000)
    assert desk.get(at("hall-plan", slug, made.pk))["Content-Type"] == "image/webp"

    rule = {
        "rows": 1,
        "per_row": 3,
        "width": "3",
        "depth": "3",
        "aisle": "0",
        "x": "1",
        "y": "1",
        "rule": "rows",
        "power_w": 0,
    }
    looked = desk.post(at("hall-rows", slug, made.pk), rule)
    assert len(looked.context["planned"]) == 3
    assert not made.stands.exists()
    desk.post(at("hall-rows", slug, made.pk), rule | {"draw": "1"})
    assert made.stands.count() == 3


@pytest.mark.parametrize(
    "content",
    [b"", b"hello", b"%PDF-1.7 nothing", b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'],
)
def test_plan_that_is_none_is_refused_and_what_was_typed_stays(content, hall, desk):
    upload = SimpleUploadedFile("plan.svg", content)
    typed = {"name": "Foajén", "width_cm": "12,5", "depth_cm": "10", "version": 1, "upload": upload}

    answer = desk.post(at("hall-new", hall.event.slug), typed)

    if answer.status_code == 302:  # a script is taken out, and the rest is kept
        stored = Hall.objects.get(name="Foajén").plan.read()
        assert b"script" not in stored
    else:
        assert answer.status_code == 422
        assert "upload" in answer.context["form"].errors
        assert answer.context["form"]["name"].value() == "Foajén"
        assert not Hall.objects.filter(name="Foajén").exists()


def test_plan_of_thirty_megabytes_is_refused(hall, desk):
    upload = SimpleUploadedFile("plan.png", b"\x89PNG" + bytes(30 * 1024 * 1024))

    answer = desk.post(
        at("hall-edit", hall.event.slug, hall.pk),
        {"name": "Ny", "width_cm": "20", "depth_cm": "15", "version": 1, "upload": upload},
    )

    assert answer.status_code in {413, 422}
    hall.refresh_from_db()
    assert hall.name == "Hall A"


def test_stand_is_moved_on_the_picture_or_told_why_not(hall, desk):
    stands = a_row(hall)
    address = at("stand-move", hall.event.slug, stands[0].pk)

    assert desk.post(address, {"x": "0", "y": "900"}).json()["y"] == 900
    refused = desk.post(address, {"x": "290", "y": "0"})
    assert (refused.status_code, refused.json()["x"], refused.json()["y"]) == (409, 0, 900)
    for wrong in ({"x": "a", "y": "0"}, {}, {"x": "-5", "y": "0"}, {"x": "9" * 30, "y": "0"}):
        assert desk.post(address, wrong).status_code in {409, 422}


def test_company_is_given_a_stand_and_another_gets_it_by_swapping(hall, desk):
    first, second, _third = a_row(hall, 3)
    anka, bofink = (a_company(hall.event, name) for name in ("Anka AB", "Bofink AB"))
    give = lambda stand, exhibitor: desk.post(at("stand-place", hall.event.slug, stand.pk), {"exhibitor": exhibitor.pk})  # noqa: E731

    give(first, anka)
    assert give(first, bofink).status_code == 422  # it has nothing to swap with
    give(second, bofink)
    give(first, bofink)

    assert StandPlacing.objects.get(exhibitor=bofink).stand == first
    assert StandPlacing.objects.get(exhibitor=anka).stand == second
    assert desk.post(at("stand-free", hall.event.slug, first.pk)).status_code == 302
    assert not StandPlacing.objects.filter(exhibitor=bofink).exists()


def test_states_are_answered_once_and_again_only_when_they_change(hall, desk, organiser):
    stands = a_row(hall, 2)
    address = at("hall-states", hall.event.slug, hall.pk)
    first = desk.get(address)
    told = json.loads(first.content)

    assert told["stands"][str(stands[0].pk)]["state"] == "free"
    again = desk.get(address, headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    layout.block(stand=stands[0], reason="", by=organiser, at=timezone.now())
    changed = desk.get(address, headers={"If-None-Match": first["ETag"]})
    assert json.loads(changed.content)["stands"][str(stands[0].pk)]["state"] == "blocked"


def test_company_holds_takes_and_lets_go(hall, company):
    exhibitor, client = company
    first, second = a_row(hall, 2)

    client.post(at("stand-hold", exhibitor.pk), {"stand": first.pk})
    assert client.get(at("stand-choose", exhibitor.pk)).context["kept"].stand == first
    client.post(at("stand-let-go", exhibitor.pk))
    assert not StandHold.objects.exists()
    client.post(at("stand-hold", exhibitor.pk), {"stand": second.pk})
    assert client.post(at("stand-take", exhibitor.pk), {"stand": second.pk}).status_code == 302
    assert StandPlacing.objects.get().stand == second


def test_second_company_is_offered_the_neighbours(hall, company, organiser):
    exhibitor, client = company
    stands = a_row(hall, 3)
    placing.hold(stand=stands[0], exhibitor=a_company(hall.event, "Bofink AB"), by=organiser, at=timezone.now())

    answer = client.post(at("stand-hold", exhibitor.pk), {"stand": stands[0].pk})

    assert answer.status_code == 409
    assert [spot.stand.number for spot in answer.context["nearest"]] == ["A2", "A3"]


@pytest.mark.parametrize("typed", ["", "x", "-1", "9" * 40, "²", "999999"])
def test_stand_that_is_none_is_not_found(typed, hall, company):
    exhibitor, client = company

    assert client.post(at("stand-hold", exhibitor.pk), {"stand": typed}).status_code == 404


def test_stranger_finds_neither_choice_nor_plan_before_it_is_public(hall, company, client_for):
    exhibitor, client = company
    stranger = client_for(factories.UserFactory())
    hall.plan = layout.clean_plan(picture())
    hall.save()
    StandSettings.objects.update(is_public=False)

    assert stranger.get(at("stand-choose", exhibitor.pk)).status_code == 404
    for name, args in (("hall-public", []), ("hall-public-paper", []), ("hall-plan", [hall.pk])):
        assert stranger.get(at(name, hall.event.slug, *args)).status_code == 404
    assert client.get(at("hall-plan", hall.event.slug, hall.pk)).status_code == 200  # whoever chooses sees the walls


def test_everybody_finds_a_told_company_by_its_name(hall, organiser):
    stands = a_row(hall, 2)
    now = timezone.now()
    placing.place(stand=stands[0], exhibitor=a_company(hall.event, "Anka AB"), by=organiser, at=now)
    placing.tell_companies(event=hall.event, by=organiser, at=now)
    placing_in_silence = StandPlacing(stand=stands[1], exhibitor=a_company(hall.event, "Bofink AB"))
    placing_in_silence.save()

    page = Client().get(at("hall-public", hall.event.slug), {"q": "anka"})
    assert [spot.name for spot in page.context["found"]] == ["Anka AB"]
    assert page.context["marked"] == {stands[0].pk}
    assert b"Bofink" not in Client().get(at("hall-public", hall.event.slug)).content
    text = "\n".join(
        sheet.extract_text()
        for sheet in PdfReader(io.BytesIO(Client().get(at("hall-public-paper", hall.event.slug)).content)).pages
    )
    assert "Anka AB" in text
    assert "Bofink" not in text


def test_plan_on_paper_is_tagged_and_names_every_stand(hall, desk):
    a_row(hall, 6)

    answer = desk.get(at("hall-paper", hall.event.slug))
    reader = PdfReader(io.BytesIO(answer.content))

    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]
    text = "\n".join(page.extract_text() for page in reader.pages)
    assert all(f"A{number}" in text for number in range(1, 7))
    assert round(float(reader.pages[0].mediabox.width)) == 1191  # A3 on its side


def test_evening_for_pupils_has_no_hall(organiser_client):
    event = factories.EventFactory(kind="night")

    assert organiser_client(event).get(at("hall", event.slug)).status_code == 404


def test_page_of_the_hall_asks_the_same_number_of_questions_however_many_stands(
    hall, desk, django_assert_max_num_queries
):
    a_row(hall, 6)
    with django_assert_max_num_queries(40) as few:
        desk.get(at("hall", hall.event.slug))
    for place in range(6):
        layout.add_stand(
            hall=hall,
            number=f"B{place}",
            x_cm=place * 300,
            y_cm=600,
            width_cm=300,
            depth_cm=300,
            by=None,
            at=timezone.now(),
        )
    for stand in Stand.objects.all():
        StandPlacing.objects.create(stand=stand, exhibitor=a_company(hall.event, f"Företag {stand.number} AB"))
    with django_assert_max_num_queries(len(few)):
        desk.get(at("hall", hall.event.slug))


def hall_form(version: int) -> dict:
    return {"name": "Ny hall", "width_cm": "20", "depth_cm": "15", "version": version}


def stand_form(version: int, **facts) -> dict:
    return {
        "number": "A1",
        "x_cm": "0",
        "y_cm": "0",
        "width_cm": "3",
        "depth_cm": "3",
        "power_w": 0,
        "version": version,
    } | facts


def test_second_tab_is_shown_what_the_first_saved_and_keeps_what_it_typed(hall, desk):
    stand = a_row(hall, 1)[0]
    StandSettings.objects.create(event=hall.event)
    slug = hall.event.slug
    forms = [
        (at("hall-edit", slug, hall.pk), hall_form(1), "name", "Ny hall"),
        (at("stand", slug, stand.pk), stand_form(1, power_w=500), "power_w", "500"),
        (at("hall-settings", slug), {"hold_minutes": 7, "version": 1}, "hold_minutes", "7"),
    ]
    for address, typed, name, value in forms:
        assert desk.post(address, typed).status_code == 302, address
        again = desk.post(address, typed)
        assert again.status_code == 409, address
        assert again.context["form"][name].value() == value
        assert "stored" in again.context


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("stand-new", {"number": "B1", "x_cm": "1"}),
        ("stand-new", {"number": "B1", "x_cm": "19", "y_cm": "12"}),
        ("stand-new", {"number": "A1", "x_cm": "9", "y_cm": "9"}),
        ("stand-new", {"number": "", "x_cm": "tre"}),
        ("stand-new", {"number": "B1", "x_cm": "9", "width_cm": "0,4"}),
    ],
)
def test_stand_that_cannot_be_is_told_why_and_nothing_is_lost(name, typed, hall, desk):
    a_row(hall, 2)

    answer = desk.post(at(name, hall.event.slug, hall.pk), stand_form(1, **typed))

    assert answer.status_code == 422
    assert answer.context["form"].errors
    assert answer.context["form"]["number"].value() == typed["number"]
    assert hall.stands.count() == 2


def test_rows_that_do_not_fit_are_told_on_the_form(hall, desk):
    rule = {
        "rows": 9,
        "per_row": 9,
        "width": "3",
        "depth": "3",
        "aisle": "3",
        "x": "1",
        "y": "1",
        "rule": "rows",
        "power_w": 0,
    }

    answer = desk.post(at("hall-rows", hall.event.slug, hall.pk), rule | {"draw": "1"})

    assert answer.status_code == 422
    assert answer.context["form"].non_field_errors()
    assert not hall.stands.exists()


def test_hall_with_companies_is_not_removed_and_one_without_asks_first(hall, desk):
    stand = a_row(hall, 1)[0]
    address = at("hall-remove", hall.event.slug, hall.pk)
    placed = StandPlacing.objects.create(stand=stand, exhibitor=a_company(hall.event, "Anka AB"))

    desk.post(address)
    assert Hall.objects.filter(pk=hall.pk).exists()
    placed.delete()
    assert desk.get(address).status_code == 200
    desk.post(address)
    assert not Hall.objects.filter(pk=hall.pk).exists()
