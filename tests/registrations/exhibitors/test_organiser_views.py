"""The organiser's list of applications: finding, sorting, deciding, taking it along."""

import io

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from events.access.models import Role
from registrations.exhibitors.models import Exhibitor
from registrations.exhibitors.states import State
from tests import factories
from tests.registrations.exhibitors.real_clock import fair

pytestmark = pytest.mark.django_db


@pytest.fixture
def event():
    return fair()


def names(answer) -> list[str]:
    return [exhibitor.organisation.name for exhibitor in answer.context["page_obj"]]


def test_list_sorts_as_swedes_do(organiser_client, event):
    for name in ("Örtagården", "Zetas", "Ångbageriet", "Äppelmusteriet", "anders Bygg"):
        factories.ExhibitorFactory(event=event, organisation__name=name)

    answer = organiser_client(event).get(reverse("registrations:exhibitor-list", args=[event.slug]) + "?sort=name")

    assert names(answer) == ["anders Bygg", "Zetas", "Ångbageriet", "Äppelmusteriet", "Örtagården"]


@pytest.mark.parametrize("words", ["örta", "ÖRTA", "5599", "LIVSMEDEL", "kim@orta"])
def test_list_finds_by_name_number_line_and_contact(organiser_client, event, words):
    factories.ExhibitorFactory(
        event=event,
        organisation__name="Örtagården",
        organisation__organisation_number="5599000019",
        field="Livsmedel",
        contact_email="kim@ortagarden.example",
    )
    factories.ExhibitorFactory(event=event, organisation__organisation_number="5560125790")

    answer = organiser_client(event).get(reverse("registrations:exhibitor-list", args=[event.slug]), {"q": words})

    assert names(answer) == ["Örtagården"]


def test_list_counts_states_and_municipalities_for_the_chosen_filter(organiser_client, event):
    factories.ExhibitorFactory.create_batch(2, event=event, state=State.APPLIED)
    factories.ExhibitorFactory(event=event, state=State.ACCEPTED, organisation__municipality=None)
    factories.ExhibitorFactory(event=event, state=State.DRAFT, applied_at=None)

    answer = organiser_client(event).get(
        reverse("registrations:exhibitor-list", args=[event.slug]), {"state": "applied"}
    )

    states = {value: count for value, _label, count in answer.context["states"]}
    municipalities = {code: count for code, _name, count in answer.context["municipalities"]}
    assert states == {"applied": 2, "accepted": 1, "waiting": 0, "declined": 0, "withdrawn": 0}
    assert (municipalities["1281"], municipalities["none"]) == (2, 0)


@pytest.mark.parametrize("query", ["?sort=;drop&state=xx&page=-1", "?page=9999", "?municipality=%00", "?q=%00å"])
def test_list_takes_nonsense_calmly(organiser_client, event, query):
    answer = organiser_client(event).get(reverse("registrations:exhibitor-list", args=[event.slug]) + query)

    assert answer.status_code == 200


@pytest.mark.parametrize("rows", [1, 3])
def test_list_costs_the_same_however_long(organiser_client, event, rows, django_assert_num_queries):
    factories.ExhibitorFactory.create_batch(rows, event=event)
    client = organiser_client(event)
    address = reverse("registrations:exhibitor-list", args=[event.slug])
    client.get(address)

    with django_assert_num_queries(10):
        client.get(address)


def test_decide_in_one_click_swaps_the_row(organiser_client, event):
    exhibitor = factories.ExhibitorFactory(event=event)

    answer = organiser_client(event).post(
        reverse("registrations:exhibitor-decide", args=[event.slug, exhibitor.pk]),
        {"decision": "accepted"},
        headers={"HX-Request": "true"},
    )

    exhibitor.refresh_from_db()
    assert exhibitor.state == State.ACCEPTED
    assert f'id="exhibitor-{exhibitor.pk}"' in answer.text


def test_decide_on_a_full_fair_says_so_and_keeps_the_message(organiser_client, event):
    event.capacity = 1
    event.save()
    factories.ExhibitorFactory(event=event, state=State.ACCEPTED)
    exhibitor = factories.ExhibitorFactory(event=event)

    answer = organiser_client(event).post(
        reverse("registrations:exhibitor-decide", args=[event.slug, exhibitor.pk]),
        {"decision": "accepted", "message": "Välkomna till oss!"},
    )

    assert answer.status_code == 409
    assert "Välkomna till oss!" in answer.text


def test_decide_many_takes_the_ticked_ones_only(organiser_client, event):
    first, second, third = factories.ExhibitorFactory.create_batch(3, event=event)

    organiser_client(event).post(
        reverse("registrations:exhibitor-decide-many", args=[event.slug]),
        {"decision": "waiting", "chosen": [first.pk, third.pk, "x", "9" * 30]},
    )

    assert list(Exhibitor.objects.order_by("pk").values_list("state", flat=True)) == ["waiting", "applied", "waiting"]
    assert second.state == State.APPLIED


@pytest.mark.parametrize("back", ["😀", "foo", "https://elsewhere.example/", "//elsewhere.example/", "/\\elsewhere"])
def test_decide_many_goes_back_only_to_pages_of_ours(organiser_client, event, back):
    answer = organiser_client(event).post(
        reverse("registrations:exhibitor-decide-many", args=[event.slug]), {"decision": "waiting", "next": back}
    )

    assert (answer.status_code, answer["Location"]) == (302, reverse("registrations:exhibitor-list", args=[event.slug]))


def test_decide_many_leaves_other_events_alone(organiser_client, event):
    elsewhere = factories.ExhibitorFactory()

    organiser_client(event).post(
        reverse("registrations:exhibitor-decide-many", args=[event.slug]),
        {"decision": "accepted", "chosen": [elsewhere.pk]},
    )

    elsewhere.refresh_from_db()
    assert elsewhere.state == State.APPLIED


def test_export_holds_what_the_list_shows(organiser_client, event):
    exhibitor = factories.ExhibitorFactory(event=event, organisation__name="=Örtagården")
    factories.StandStaffFactory(exhibitor=exhibitor, name="Åsa")
    factories.ExhibitorFactory(event=event, state=State.DECLINED)
    client = organiser_client(event, Role.TREASURER)

    csv = client.get(reverse("registrations:exhibitor-export", args=[event.slug, "csv"]), {"state": "applied"})
    xlsx = client.get(reverse("registrations:exhibitor-export", args=[event.slug, "xlsx"]), {"state": "applied"})

    sheet = load_workbook(io.BytesIO(xlsx.content)).active
    lines = csv.content.decode("utf-8-sig").splitlines()
    assert len(lines) == 2
    assert lines[1].startswith("'=Örtagården;")
    assert (sheet.max_row, sheet.cell(2, 1).value, sheet.cell(2, 1).data_type) == (2, "=Örtagården", "s")
