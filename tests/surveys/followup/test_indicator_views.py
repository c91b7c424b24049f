"""An indicator's own pages: read, added, changed and removed."""

from datetime import date, timedelta
from decimal import Decimal
from uuid import uuid4

import pytest
from django.urls import reverse

from events.access.models import AuditEntry, Role
from surveys.followup.models import Indicator
from surveys.followup.readings.services import take_readings
from tests import factories
from tests.factories import NOW
from tests.surveys.figures.test_queries import answered
from tests.surveys.followup.frozen.example import make_example

pytestmark = pytest.mark.django_db


@pytest.fixture
def example():
    return make_example()


@pytest.fixture
def client(example, organiser, client_for):
    factories.grant(organiser, Role.EDITOR, area=example.plan.area)
    return client_for(organiser)


@pytest.fixture
def typed(example):
    return factories.IndicatorFactory(
        activity=example.visit, event=None, question=None, source="typed", name="Svarstid", unit="dagar",
        direction="lower", target=Decimal("5"), typed_value=Decimal("4.5"), typed_on=date(2019, 5, 1),
        typed_from="Kommunerna",
    )  # fmt: skip


def address(name: str, example, *more) -> str:
    return reverse(f"surveys:{name}", args=[example.plan.pk, *more])


def words(response) -> str:
    return " ".join(response.content.decode().replace("\u00a0", " ").split())


def form_of(row: Indicator, **other) -> dict:
    """The form of the typed ``row`` as it stands, with ``other`` fields typed differently."""
    names = ("name", "definition", "unit", "direction", "typed_from", "version")
    return {**{name: getattr(row, name) for name in names}, "typed_value": "4.5", "typed_on": "2019-05-01"} | other


# --- Reading --------------------------------------------------------------------------------------------------------


def test_page_shows_value_target_and_every_reading(client, example):
    Indicator.objects.filter(pk=example.indicator.pk).update(target=60, baseline=50, year=2019, definition="Av alla.")
    take_readings(at=NOW)
    answered(example.question, *["very_satisfied"] * 9)
    take_readings(at=NOW + timedelta(days=1))

    text = words(client.get(address("indicator", example, example.indicator.pk)))

    for wanted in ("78,8 %", "76,1 %", "Målvärdet nått", "60 % (2019)", "50 %", "Av alla.", "n = 80"):
        assert wanted in text


def test_page_warns_when_what_is_counted_has_changed(client, example, typed):
    take_readings(at=NOW)
    Indicator.objects.filter(pk=typed.pk).update(unit="arbetsdagar")
    take_readings(at=NOW + timedelta(days=1))

    text = words(client.get(address("indicator", example, typed.pk)))

    assert "dagar → arbetsdagar" in text


def test_page_of_a_new_indicator_says_that_nothing_is_read_yet(client, example, typed):
    text = words(client.get(address("indicator", example, typed.pk)))

    assert "4,5 dagar" in text
    assert "Inte avläst än" in text


def test_reader_has_no_ways_to_write(client_for, example, typed):
    reader = factories.UserFactory()
    factories.grant(reader, Role.READER, area=example.plan.area)

    text = client_for(reader).get(address("indicator", example, typed.pk)).content.decode()

    assert address("indicator-edit", example, typed.pk) not in text


@pytest.mark.parametrize("count", [1, 3])
def test_page_asks_as_often_for_one_reading_as_for_three(client, example, count, django_assert_num_queries):
    for day in range(count):
        answered(example.question, "very_satisfied")
        take_readings(at=NOW + timedelta(days=day))
    page = address("indicator", example, example.indicator.pk)
    client.get(page)

    with django_assert_num_queries(12):
        client.get(page)


# --- Adding ---------------------------------------------------------------------------------------------------------


NEW = {"name": "Svarstid", "unit": "dagar", "direction": "lower", "target": "5", "year": "2019"}


def test_indicator_is_added_to_the_row_of_its_activity(client, example):
    page = f"{address('indicator-new', example)}?activity={example.visit.pk}"

    response = client.post(page, NEW | {"typed_value": "4.5", "typed_on": "2019-05-01", "typed_from": "Kommunerna"})

    row = Indicator.objects.get(name="Svarstid")
    assert response.url == address("indicator", example, row.pk)
    assert (row.activity, row.plan, row.source, row.target) == (example.visit, None, "typed", 5)
    assert AuditEntry.objects.about(row).get().verb == "indicator.added"
    text = words(client.get(address("followup", example, 2019)))
    assert "4,5 dagar" in text


def test_indicator_of_a_goal_alone_belongs_to_the_plan(client, example):
    goal = example.plan.themes.get().goals.get(number="E1")
    page = f"{address('indicator-new', example)}?goal={goal.pk}&source=applicants"

    form = client.get(page).context["form"]
    client.post(page, {"name": "Sökande", "direction": "higher", "programmes": "IN", "goals": [goal.pk]})

    row = Indicator.objects.get(name="Sökande")
    assert ([str(key) for key in form["goals"].value()], "typed_value" in form.fields) == ([str(goal.pk)], False)
    assert (row.activity, row.plan, row.programmes, list(row.goals.all())) == (None, example.plan, "IN", [goal])


def test_form_that_is_sent_twice_adds_one_indicator(client, example):
    sent = NEW | {"once": str(uuid4())}

    first, second = (client.post(address("indicator-new", example), sent) for _ in range(2))

    assert second.url == first.url
    assert Indicator.objects.filter(name="Svarstid").count() == 1


@pytest.mark.parametrize(
    ("typed", "fields"),
    [
        ({"name": ""}, ["name"]),
        ({"target": "mycket"}, ["target"]),
        ({"target": "9" * 20}, ["target"]),
        ({"year": "20190"}, ["year"]),
        ({"typed_n": "9" * 30}, ["typed_n"]),
        ({"typed_value": "4"}, ["typed_on", "typed_from"]),
        ({"typed_value": "4", "typed_on": "i maj", "typed_from": "Oss"}, ["typed_on"]),
        ({"goals": ["9" * 30]}, ["goals"]),
        ({"responsible": "9999"}, ["responsible"]),
    ],
)
def test_fault_is_told_and_what_was_typed_stays(client, example, typed, fields):
    response = client.post(address("indicator-new", example), NEW | {"definition": "Mina ord"} | typed)

    assert (response.status_code, sorted(response.context["form"].errors)) == (422, sorted(fields))
    assert "Mina ord" in response.content.decode()


@pytest.mark.parametrize(
    "query", ["source=question", "source=x", "activity=x", "activity=999999", f"activity={'9' * 30}"]
)
def test_address_that_names_nothing_is_404(client, example, query):
    assert client.get(f"{address('indicator-new', example)}?{query}").status_code == 404


def test_activity_of_another_plan_is_404(client, example):
    foreign = factories.ActivityFactory()

    assert client.get(f"{address('indicator-new', example)}?activity={foreign.pk}").status_code == 404


# --- Changing and removing ------------------------------------------------------------------------------------------


def test_indicator_is_changed_with_a_trail(client, example, typed):
    page = address("indicator-edit", example, typed.pk)
    assert client.get(page).context["form"]["target"].value() == "5"

    response = client.post(page, form_of(typed, typed_value="3", target="4"))

    assert response.url == address("indicator", example, typed.pk)
    typed.refresh_from_db()
    assert (typed.typed_value, typed.target, typed.version) == (3, 4, 2)
    assert set(AuditEntry.objects.about(typed).get().changes) == {"typed_value", "target"}


def test_second_of_two_hears_what_the_first_saved(client, example, typed):
    page = address("indicator-edit", example, typed.pk)
    client.post(page, form_of(typed, name="Första"))

    response = client.post(page, form_of(typed, name="Andra"))

    assert response.status_code == 409
    assert response.context["form"]["name"].value() == "Andra"
    assert "Första" in response.content.decode()


def test_question_keeps_its_source_and_has_no_value_to_type(client, example):
    page = address("indicator-edit", example, example.indicator.pk)
    form = client.get(page).context["form"]
    assert {"typed_value", "unit", "programmes"} & set(form.fields) == set()

    client.post(page, {"direction": "higher", "target": "60", "version": 1, "source": "typed"})

    example.indicator.refresh_from_db()
    assert (example.indicator.source, example.indicator.target) == ("question", 60)


def test_cost_is_typed_where_exhibitors_share_it(client, example):
    row = factories.IndicatorFactory(
        activity=example.fair, event=example.exhibitors.event, question=None, source="exhibitor_cost", direction="lower"
    )
    address_of_form = address("indicator-edit", example, row.pk)
    typed = {"version": row.version, "direction": "lower", "typed_on": "2019-05-01", "typed_from": "Bokslutet"}

    fields = client.get(address_of_form).context["form"].fields
    below_nought = client.post(address_of_form, typed | {"typed_value": "-1"})
    saved = client.post(address_of_form, typed | {"typed_value": "350000"})

    row.refresh_from_db()
    assert "typed_value" in fields
    assert not {"unit", "typed_n", "programmes"} & set(fields)
    assert (below_nought.status_code, list(below_nought.context["form"].errors)) == (422, ["typed_value"])
    assert (saved.status_code, row.typed_value, row.typed_from) == (302, Decimal("350000"), "Bokslutet")


def test_indicator_is_removed_after_a_question(client, example, typed):
    page = address("indicator-remove", example, typed.pk)
    assert "Svarstid" in client.get(page).content.decode()
    assert Indicator.objects.filter(pk=typed.pk).exists()

    response = client.post(page)

    assert response.url == address("followup", example, 2019)
    assert not Indicator.objects.filter(pk=typed.pk).exists()
    assert AuditEntry.objects.about(example.visit).filter(verb="indicator.removed").exists()


@pytest.mark.parametrize("name", ["indicator", "indicator-edit", "indicator-remove"])
def test_indicator_of_another_plan_is_404(client, example, name):
    foreign = factories.IndicatorFactory()

    assert client.get(address(name, example, foreign.pk)).status_code == 404
