"""What papers report: written down with its source, kept apart, and not removed from under the directors."""

from decimal import Decimal

import pytest
from django.urls import reverse

from events.access.models import AuditEntry
from surveys.figures import services
from surveys.figures.models import ReportedFigure
from surveys.followup.models import Indicator
from tests import factories, night_factories
from tests.factories import NOW

pytestmark = pytest.mark.django_db
GOOD = {
    "finding": "tyckte att det var ett bra evenemang",
    "finding_en": "thought it a good event",
    "percent": Decimal(90),
    "approximate": True,
    "answers": None,
    "source": "Verksamhetsberättelse 2019",
}


@pytest.fixture
def event():
    return night_factories.NightFactory().event


@pytest.fixture
def figure(event):
    return services.write_reported(event=event, by=None, at=NOW, **GOOD)


def test_a_reported_figure_is_written_down_once(event, figure):
    with pytest.raises(services.ReportedTwice):
        services.write_reported(event=event, by=None, at=NOW, **GOOD)

    assert list(event.reported_figures.values_list("percent", "answers")) == [(Decimal(90), None)]
    assert AuditEntry.objects.about(figure).get().verb == "reported.written"


def test_a_figure_in_the_follow_up_is_not_removed(event, figure):
    activity = factories.ActivityFactory()
    row = Indicator.objects.create(activity=activity, event=event, source=Indicator.Source.REPORTED, reported=figure)
    user = factories.UserFactory()

    with pytest.raises(services.StandsInFollowup):
        services.remove_reported(figure=figure, by=user, at=NOW)

    row.delete()
    services.remove_reported(figure=figure, by=user, at=NOW)
    assert not ReportedFigure.objects.exists()


def test_the_page_writes_down_and_shows_a_figure_as_reported(event, organiser_client):
    client = organiser_client(event)
    data = {"finding": "tyckte om kvällen", "percent": "84.5", "source": "Enkät på papper"}

    answer = client.post(reverse("surveys:reported-new", args=[event.slug]), data, follow=True)

    assert answer.context["reported"][0].value == 0.845
    assert "Enkät på papper" in answer.content.decode()


@pytest.mark.parametrize(
    ("field", "value"), [("percent", "101"), ("percent", "-1"), ("percent", "många"), ("finding", ""), ("source", "")]
)
def test_the_page_refuses_what_is_no_share(event, organiser_client, field, value):
    data = {"finding": "tyckte om kvällen", "percent": "90", "source": "Enkät"} | {field: value}

    answer = organiser_client(event).post(reverse("surveys:reported-new", args=[event.slug]), data)

    assert answer.status_code == 422
    assert field in answer.context["form"].errors


def test_the_same_figure_twice_is_refused_at_its_field(event, figure, organiser_client):
    data = {"finding": GOOD["finding"], "percent": "80", "source": "Enkät"}

    answer = organiser_client(event).post(reverse("surveys:reported-new", args=[event.slug]), data)

    assert answer.status_code == 409
    assert answer.context["form"].errors["finding"]


def test_two_editors_do_not_overwrite_each_other(event, figure, organiser_client):
    client, address = organiser_client(event), reverse("surveys:reported-edit", args=[event.slug, figure.pk])
    data = {"finding": GOOD["finding"], "source": "Enkät", "version": "1"}
    assert client.post(address, data | {"percent": "80"}).status_code == 302

    answer = client.post(address, data | {"percent": "70"})

    assert answer.status_code == 409
    assert ReportedFigure.objects.get().percent == 80
    assert answer.context["form"]["percent"].value() == "70"


def test_a_figure_is_removed_after_a_question(event, figure, organiser_client):
    client, address = organiser_client(event), reverse("surveys:reported-remove", args=[event.slug, figure.pk])

    assert client.get(address).status_code == 200
    assert ReportedFigure.objects.exists()
    client.post(address)
    assert not ReportedFigure.objects.exists()
