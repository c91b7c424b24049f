"""The pages of frozen follow-ups: freezing, the paper as it was, files, corrections, comparing."""

import hashlib
import json
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from events.access.models import Role
from surveys.followup.frozen.models import Correction, FrozenFollowup
from tests import factories
from tests.surveys.figures.test_queries import answered
from tests.surveys.followup.frozen.example import freeze, make_example

pytestmark = pytest.mark.django_db


@pytest.fixture
def example():
    return make_example()


@pytest.fixture
def client(example, organiser, client_for):
    factories.grant(organiser, Role.EDITOR, area=example.plan.area)
    return client_for(organiser)


def words(page: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", page).replace("\u00a0", " ").split())


def address(name: str, example, *more) -> str:
    return reverse(f"surveys:{name}", args=[example.plan.pk, 2019, *more])


def test_freezing_leads_to_the_paper_as_it_was(example, client):
    posted = {"meeting": "Direktörsgruppen", "meeting_on": "2020-02-03", "seen": "0"}
    answer = client.post(address("freeze", example), posted)
    assert answer["Location"] == address("frozen", example, 1)
    answered(example.question, "very_satisfied")
    type(example.fair).objects.update(title="Ett annat namn")

    page = client.get(answer["Location"]).content.decode()

    said = words(page)
    assert "54 av 71 svarande" in said
    assert "B2B-mässan 2019" in said
    assert "Ett annat namn" not in said
    assert "76,1 % (54/71) → 76,4 % (55/72)" in said
    (link,) = set(re.findall(rf'class="figure-link" href="#(source-{example.indicator.pk})"', page))
    assert f'id="{link}"' in page
    assert f'href="{address("followup", example)}#finding-{example.indicator.pk}"' in page


def test_form_that_is_sent_twice_says_so(example, client):
    posted = {"meeting": "Direktörsgruppen", "meeting_on": "2020-02-03", "seen": "0"}
    statuses = [client.post(address("freeze", example), posted).status_code for _ in range(2)]

    assert statuses == [302, 409]
    assert FrozenFollowup.objects.count() == 1


@pytest.mark.parametrize(
    "wrong",
    [{"meeting": ""}, {"meeting_on": "i morgon"}, {"seen": "x"}, {"seen": "9" * 30}, {"meeting": "x" * 161}],
)
def test_bad_meeting_freezes_nothing(example, client, wrong):
    posted = {"meeting": "Direktörsgruppen", "meeting_on": "2020-02-03", "seen": "0"} | wrong

    assert client.post(address("freeze", example), posted).status_code == 422
    assert not FrozenFollowup.objects.exists()


def test_json_file_has_the_printed_hash(example, client):
    frozen = freeze(example.plan)

    answer = client.get(address("frozen-paper", example, 1, "json"))

    assert hashlib.sha256(answer.content).hexdigest() == frozen.sha256
    assert json.loads(answer.content)["frozen"]["number"] == 1
    assert frozen.spoken_hash in client.get(address("frozen", example, 1)).content.decode()


@pytest.mark.parametrize(("ending", "begins"), [("docx", b"PK"), ("pdf", b"%PDF"), ("xlsx", b"PK"), ("json", b"{")])
def test_document_as_it_is_now_is_a_file(example, client, ending, begins):
    answer = client.get(address("paper", example, ending))

    assert answer.status_code == 200
    assert answer.content.startswith(begins)
    assert answer["Content-Disposition"].endswith(f'-2019.{ending}"')


def test_correction_stands_with_the_version(example, client):
    freeze(example.plan)
    posted = {"figure": example.indicator.pk, "what": "55 av <b>72", "why": "Ett svar till."}

    answer = client.post(address("correction", example, 1), posted)

    assert answer.status_code == 302
    assert "55 av &lt;b&gt;72" in client.get(address("frozen", example, 1)).content.decode()
    wrong = [{"figure": "123456789"}, {"what": ""}, {"why": "x" * 601}, {"figure": "x"}]
    assert [client.post(address("correction", example, 1), posted | one).status_code for one in wrong] == [422] * 4
    assert Correction.objects.count() == 1


def test_comparison_with_now_and_between_versions(example, client):
    freeze(example.plan)
    type(example.visit).objects.filter(pk=example.visit.pk).update(status="done", what_happened="Tre besök.")
    freeze(example.plan, seen=1)
    factories.ActivityFactory(plan=example.plan, year=2019, title="Kartan")

    between = words(client.get(address("frozen-compare", example) + "?from=1&to=2").content.decode())
    now = words(client.get(address("frozen-compare", example)).content.decode())

    assert "Studiebesök" in between
    assert "Tre besök." in between
    assert "Kartan" not in between
    assert "Kartan" in now
    assert "Tre besök." not in now


@pytest.mark.parametrize("query", ["?from=x&to=9", "?from=&to=", "?from=1&to=1"])
def test_comparison_of_odd_versions_is_a_page(example, client, query):
    freeze(example.plan)

    assert client.get(address("frozen-compare", example) + query).status_code == 200


def test_pages_before_anything_is_frozen(example, client):
    assert client.get(address("frozen-list", example)).status_code == 200
    assert client.get(address("frozen-compare", example)).status_code == 200
    assert client.get(address("frozen", example, 1)).status_code == 404
    assert client.get(address("frozen", example, 10**30)).status_code == 404
    assert client.get(address("paper", example, "exe")).status_code == 404
    assert client.get(reverse("surveys:frozen-list", args=[example.plan.pk, 2035])).status_code == 404


def test_list_asks_as_much_for_three_versions_as_for_one(example, client, django_assert_num_queries):
    freeze(example.plan)
    url = address("frozen-list", example)
    client.get(url)
    with CaptureQueriesContext(
        connection,
    ) as one:
        client.get(url)
    freeze(example.plan, seen=1)
    freeze(example.plan, seen=2)

    with django_assert_num_queries(len(one)):
        assert "2019:3" in client.get(url).content.decode()


def test_contents_that_were_tampered_with_are_told(example, client, monkeypatch):
    freeze(example.plan)
    monkeypatch.setattr(FrozenFollowup, "is_whole", False)

    assert "notice-stop" in client.get(address("frozen", example, 1)).content.decode()
