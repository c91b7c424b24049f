"""The database sorts and searches as Swedes do: SQLite taught by us, PostgreSQL by its collation."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.swedish_sqlite import like
from events.municipalities.models import Area, Municipality
from tests import factories


@pytest.mark.parametrize(
    ("pattern", "text", "matches"),
    [
        ("%ÅKERI%", "Lunds åkeri", True),
        ("%åkeri%", "LUNDS ÅKERI", True),
        ("äng%", "Ängsmark", True),
        ("%é", "Café", True),
        ("caf_", "Café", True),
        ("ak%", "Åkeri", False),
        ("%åkeri", "Åkeriet", False),
        ("a.b", "axb", False),
        ("%", "", True),
        ("rad%", "rad ett\nrad två", True),
    ],
)
def test_like_ignores_case_for_every_letter(pattern, text, matches):
    assert like(pattern, text) is matches


@pytest.mark.parametrize(
    ("pattern", "text", "matches"), [("50\\%", "50%", True), ("50\\%", "50 kr", False), ("a\\_b", "axb", False)]
)
def test_like_takes_an_escaped_sign_as_it_is(pattern, text, matches):
    assert like(pattern, text, "\\") is matches


def test_like_of_nothing_is_nothing():
    assert (like(None, "a"), like("a", None)) == (None, None)


@given(st.text(max_size=10))
def test_like_finds_any_text_in_itself(text):
    escaped = "".join(f"\\{char}" if char in "\\%_" else char for char in text)

    assert like(f"%{escaped}%", f"x{text}y", "\\") is True


@pytest.mark.django_db
def test_database_sorts_names_in_swedish():
    names = ["Örby", "zon", "Ängar", "Andra", "Åkrar", "Wiken", "Vången", "Évora", "Eken"]
    for name in names:
        factories.AreaFactory(name=name)

    assert [area.name for area in Area.objects.alphabetical()] == [
        "Andra",
        "Eken",
        "Évora",
        "Vången",
        "Wiken",
        "zon",
        "Åkrar",
        "Ängar",
        "Örby",
    ]


@pytest.mark.django_db
@pytest.mark.parametrize(("search", "found"), [("HÖÖR", ["Höör"]), ("öv", ["Burlöv", "Eslöv"]), ("50%", []), ("_", [])])
def test_database_finds_swedish_letters_in_any_case(search, found):
    towns = Municipality.objects.filter(name__icontains=search).alphabetical()

    assert [town.name for town in towns] == found


@pytest.mark.django_db
def test_the_twelve_are_there_with_their_codes():
    assert dict(Municipality.objects.values_list("code", "name")) == {
        "1230": "Staffanstorp",
        "1231": "Burlöv",
        "1233": "Vellinge",
        "1261": "Kävlinge",
        "1262": "Lomma",
        "1263": "Svedala",
        "1264": "Skurup",
        "1267": "Höör",
        "1280": "Malmö",
        "1281": "Lund",
        "1285": "Eslöv",
        "1287": "Trelleborg",
    }
