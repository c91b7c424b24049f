"""The programme's page: rows are added, kept, refused; two editors hear of each other."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from events.access.models import AuditEntry, Role
from events.nights.models import Night, Walk
from events.nights.views import ProgrammeForm
from events.programme.models import Event
from events.programme.queries import missing_before_publishing
from tests import factories
from tests.night_factories import EVENING, FieldFactory, NightFactory, StationFactory, WaveFactory, ZoneFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def night():
    night = NightFactory(places=60)
    WaveFactory(night=night, name="Första", starts_at=EVENING, capacity=60, rounds=4)
    hall, yard = ZoneFactory(night=night, name="Hall", position=0), ZoneFactory(night=night, name="Gård", position=1)
    Walk.objects.create(one=hall, other=yard, minutes=3)
    FieldFactory(night=night, name="El")
    return night


@pytest.fixture
def desk(organiser_client, night):
    return organiser_client(night.event, Role.EDITOR)


def address(night) -> str:
    return reverse("events:night-edit", args=[night.event.slug])


def typed(night: Night, **other) -> dict:
    """The page's form as it stands, with ``other`` fields typed differently."""
    form = ProgrammeForm(night)
    data = {}
    parts = [form.night, form.walks, *form.waves, *form.zones, *form.fields]
    parts += [form.waves.management_form, form.zones.management_form, form.fields.management_form]
    for part in parts:
        for field in part:
            value = field.value()
            if hasattr(value, "hour"):
                value = f"{value:%Y-%m-%dT%H:%M}"
            if value is not None and value is not False:
                data[field.html_name] = value
    return {**data, **other}


def test_the_page_shows_the_rounds_times_and_the_room(desk, night):
    page = desk.get(address(night)).text

    assert "17.10–17.25" in page
    assert "18.10–18.25" in page


def test_saving_what_stands_there_changes_nothing(desk, night):
    answer = desk.post(address(night), typed(night))

    assert answer.url == address(night)
    assert AuditEntry.objects.about(night).count() == 0


def test_saving_changes_rules_rows_and_walks(desk, night):
    desk.post(
        address(night),
        typed(
            night,
            places=55,
            **{"waves-0-rounds": 5, "zones-1-directions": "Till vänster", "walk-0-1": "8", "walk-1-1": "2"},
        ),
    )

    night.refresh_from_db()
    assert (night.places, night.waves.get().rounds, night.version) == (55, 5, 2)
    assert night.zones.last().directions == "Till vänster"
    assert sorted(Walk.objects.values_list("minutes", flat=True)) == [2, 8]


def test_an_emptied_walk_is_unknown_again(desk, night):
    desk.post(address(night), typed(night, **{"walk-0-1": ""}))

    assert Walk.objects.count() == 0


@pytest.mark.parametrize(("table", "most"), [("waves", 12), ("zones", 20), ("fields", 40)])
def test_one_more_row_keeps_what_is_typed_judges_nothing_and_saves_nothing(desk, night, table, most):
    answer = desk.post(address(night), typed(night, more=table, places="", desk_phone="040-99"))

    form = answer.context["form"]
    assert answer.status_code == 200
    assert len(getattr(form, table).forms) == len(getattr(ProgrammeForm(night), table).forms) + 1
    assert "040-99" in answer.text
    assert form.errors == {}
    assert Night.objects.get().places == 60
    many = desk.post(address(night), typed(night, more=table, **{f"{table}-TOTAL_FORMS": most}))
    assert len(getattr(many.context["form"], table).forms) == most


def test_a_new_admission_zone_and_field_are_saved_and_an_empty_row_is_none(desk, night):
    data = {
        "waves-TOTAL_FORMS": 3,
        "waves-1-name": "Andra",
        "waves-1-starts_at": "2027-04-22T18:40",
        "waves-1-capacity": 30,
        "waves-1-rounds": 4,
        "waves-2-name": "",
        "waves-2-starts_at": "2027-04-22T18:40",
        "zones-TOTAL_FORMS": 3,
        "zones-2-name": "Kajen",
        "walk-0-2": "4",
        "fields-TOTAL_FORMS": 2,
        "fields-1-name": "Mat",
        "fields-1-name_en": "Food",
    }

    answer = desk.post(address(night), typed(night, **data))

    assert answer.status_code == 302
    assert [wave.name for wave in night.waves.in_order()] == ["Första", "Andra"]
    assert sorted(Walk.objects.values_list("minutes", flat=True)) == [3, 4]
    assert [field.name_en for field in night.fields.all()] == ["", "Food"]


@pytest.mark.parametrize(
    ("fault", "name"),
    [
        ({"places": "0"}, "places"),
        ({"bookings_close_at": "2020-01-01T10:00"}, "bookings_close_at"),
        ({"oldest_grade": "7"}, "oldest_grade"),
        ({"waves-0-name": ""}, "waves-0-name"),
        ({"waves-0-rounds": "21"}, "waves-0-rounds"),
        ({"waves-0-starts_at": "2027-10-31T02:30"}, "waves-0-starts_at"),  # comes twice that night
        ({"zones-1-name": "hall"}, "zones-1-name"),  # as another row
        ({"walk-0-1": "999"}, "walk-0-1"),
    ],
)
def test_a_fault_is_told_at_its_field_and_on_top_and_what_was_typed_stays(desk, night, fault, name):
    answer = desk.post(address(night), typed(night, desk_phone="040-99", **fault))

    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [name]
    assert f'href="#id_{name}"' in answer.text
    assert "040-99" in answer.text
    assert Night.objects.get().version == 1


def test_a_faulty_row_that_is_removed_is_no_fault(desk, night):
    answer = desk.post(address(night), typed(night, **{"fields-0-name": "", "fields-0-DELETE": "on"}))

    assert answer.status_code == 302
    assert night.fields.count() == 0


def test_a_part_that_is_used_stays_and_the_page_says_why(desk, night):
    StationFactory(night=night, zone=night.zones.first(), field=None)

    answer = desk.post(address(night), typed(night, **{"zones-0-DELETE": "on", "places": 55}))

    assert answer.status_code == 409
    assert "Hall" in answer.context["form"].non_field_errors[0]
    assert (night.zones.count(), Night.objects.get().places) == (2, 60)


def test_two_editors_hear_of_each_other_and_the_second_may_save_again(desk, night):
    mine = typed(night, places=50, **{"waves-0-name": "Min"})
    desk.post(address(night), typed(night, places=40, **{"waves-0-name": "Deras"}))

    told = desk.post(address(night), mine)
    version = told.context["form"].night["version"].value()
    again = desk.post(address(night), {**mine, "version": version})

    assert told.status_code == 409
    assert "Deras" in told.text
    assert 'value="Min"' in told.text
    assert again.status_code == 302
    assert (Night.objects.get().places, night.waves.get().name) == (50, "Min")


def test_an_evening_that_nobody_planned_shows_the_usual_settings_and_is_planned_by_saving(organiser_client):
    event = factories.EventFactory(kind=Event.Kind.NIGHT)
    client = organiser_client(event)
    url = reverse("events:night-edit", args=[event.slug])

    page = client.get(url)
    assert page.status_code == 200
    assert Night.objects.count() == 0
    answer = client.post(url, typed(page.context["night"], places=300))
    assert answer.status_code == 302, answer.context["form"].errors
    assert event.night.places == 300


def test_a_fair_has_no_programme_page(organiser_client):
    fair = factories.EventFactory()

    assert organiser_client(fair).get(reverse("events:night-edit", args=[fair.slug])).status_code == 404


def test_the_page_costs_as_many_queries_for_three_rows_as_for_one(desk):
    def counted(night) -> int:
        with CaptureQueriesContext(connection) as seen:
            assert desk.get(address(night)).status_code == 200
        return len(seen)

    night = Night.objects.get()
    counted(night)  # content types are read once
    before = counted(night)
    for n in range(3):
        WaveFactory(night=night, starts_at=EVENING + timedelta(hours=n))
        ZoneFactory(night=night, position=5 + n)
        FieldFactory(night=night)

    assert counted(night) == before


def test_the_public_page_tells_who_may_come_when_and_when_schools_are_told(night):
    page = Client().get(reverse("events:event", args=[night.event.slug])).text

    assert "Första" in page
    assert "17.10–17.25" in page
    assert "25 mars 2027" in page.replace("\xa0", " ")


def test_missing_before_publishing_asks_for_admissions():
    event = factories.EventFactory(kind=Event.Kind.NIGHT)
    before = len(missing_before_publishing(event))

    WaveFactory(night=NightFactory(event=event))

    assert len(missing_before_publishing(event)) == before - 1
