import pytest

from events.municipalities.models import Municipality
from registrations.schools.models import SchoolStatus
from registrations.schools.queries import search_schools
from tests.night_factories import SchoolFactory

pytestmark = pytest.mark.django_db


def names(text, limit=20):
    return [school.name for school in search_schools(text, limit)]


def test_search_finds_name_code_and_municipality():
    SchoolFactory(name="Österskolan", code="12345678", municipality=Municipality.objects.get(code="1285"))
    SchoolFactory(name="Parkskolan", code="87654321")

    assert names("österskolan") == ["Österskolan"]
    assert names("ÖSTER") == ["Österskolan"]
    assert names("1234") == ["Österskolan"]
    assert names("eslöv") == ["Österskolan"]
    assert names("park lund") == ["Parkskolan"]
    assert names("park eslöv") == []


def test_search_puts_names_that_begin_so_first():
    for name in ("Nya Vångaskolan", "Vångaskolan", "Vångaskolan Öst", "Ängsskolan"):
        SchoolFactory(name=name)

    assert names("vånga") == ["Vångaskolan", "Vångaskolan Öst", "Nya Vångaskolan"]
    assert names("vånga", 1) == ["Vångaskolan"]


def test_search_leaves_closed_schools_and_empty_questions():
    SchoolFactory(name="Gamla skolan", status=SchoolStatus.CLOSED)

    assert names("gamla") == []
    assert names("  ") == []
    assert names("\0%") == []
