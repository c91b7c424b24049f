"""Taking in a file: by command and on the page, all or nothing."""

from io import StringIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from events.access.models import AuditEntry
from surveys.applicants.models import Applicants
from tests import factories, night_factories

pytestmark = pytest.mark.django_db
GOOD = "Kommun;Programkod;2019;2020\nMalmö;IN;69;.\nLund;IN;21;25\n"
BAD = GOOD + "Höör;IN;många;3\n"


def numbers() -> dict[tuple[str, int], int | None]:
    return {(row.municipality_id, row.year): row.count for row in Applicants.objects.all()}


def run(tmp_path, text: str, *options: str) -> tuple[str, str]:
    file = tmp_path / "sokande.csv"
    file.write_bytes(text.encode("cp1252"))
    out, err = StringIO(), StringIO()
    try:
        call_command("import-applicants", str(file), *options, stdout=out, stderr=err)
    except CommandError as error:
        return str(error), err.getvalue()
    return out.getvalue(), err.getvalue()


def test_the_command_takes_in_numbers_and_what_is_not_told(tmp_path):
    said, _ = run(tmp_path, GOOD)

    assert said == "4 numbers imported.\n"
    assert numbers() == {("1280", 2019): 69, ("1280", 2020): None, ("1281", 2019): 21, ("1281", 2020): 25}


def test_newer_numbers_replace_older_ones(tmp_path):
    run(tmp_path, GOOD)
    run(tmp_path, GOOD.replace("69;.", "70;72"))

    assert numbers()[("1280", 2019)] == 70
    assert numbers()[("1280", 2020)] == 72
    assert Applicants.objects.count() == 4


def test_one_bad_row_stops_the_file_unless_partial(tmp_path):
    said, refused = run(tmp_path, BAD)
    assert said.startswith("1 rows refused, so nothing was imported.")
    assert "line 4: “många” is no number of applicants" in refused
    assert numbers() == {}

    said, _ = run(tmp_path, BAD, "--partial")
    assert said == "4 numbers imported, 1 rows refused.\n"
    assert len(numbers()) == 4


@pytest.fixture
def night():
    return night_factories.NightFactory()


def post(client, night, text: str, **fields):
    upload = SimpleUploadedFile("sokande.csv", text.encode())
    data = {"file": upload, "source": "Antagningen", **fields}
    return client.post(reverse("surveys:applicants", args=[night.event.slug]), data)


def test_the_page_takes_in_a_file(night, organiser_client):
    client = organiser_client(night.event)

    assert post(client, night, GOOD).status_code == 302
    page = client.get(reverse("surveys:applicants", args=[night.event.slug])).content.decode()

    assert numbers()[("1281", 2019)] == 21
    assert "Antagningen" in page
    entry = AuditEntry.objects.about(night.event).get(verb="applicants.imported")
    assert entry.changes == {"applicants": [None, 4], "source": [None, "Antagningen"]}


def test_the_page_lists_bad_rows_and_saves_nothing(night, organiser_client):
    answer = post(organiser_client(night.event), night, BAD)

    assert answer.status_code == 422
    assert answer.context["refused"][0].line == 4
    assert numbers() == {}


@pytest.mark.parametrize("content", ["", "namn;adress\n", "\x00\x01"])
def test_the_page_says_what_is_wrong_with_a_file_that_is_none(night, organiser_client, content):
    answer = post(organiser_client(night.event), night, content)

    assert answer.status_code == 422
    assert answer.context["form"].errors["file"]


def test_the_page_asks_as_much_for_many_years_as_for_one(night, organiser_client):
    client = organiser_client(night.event)
    address = reverse("surveys:applicants", args=[night.event.slug])

    def queries(years: list[int]) -> int:
        Applicants.objects.bulk_create(
            Applicants(municipality_id="1280", year=y, programme="IN", count=5, source="A", imported_at=factories.NOW)
            for y in years
        )
        with CaptureQueriesContext(connection) as asked:
            assert client.get(address).status_code == 200
        return len(asked)

    assert queries([2019]) == queries([2020, 2021])
