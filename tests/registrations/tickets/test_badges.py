"""Badges to print: everybody once, in order, whatever their names."""

from io import BytesIO

import pypdf
import pytest

from events.pdf import printable
from registrations.tickets.badges import badge_sheets, badge_tickets
from registrations.tickets.codes import spoken
from registrations.tickets.models import Ticket, TicketState
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def event():
    return factories.EventFactory(name="Företagsmässan")


def visitor(event, name: str, company: str = "Bageriet", **also) -> Ticket:
    return factories.TicketFactory(visitor__event=event, visitor__name=name, visitor__company=company, **also)


def badge(event, name: str, company: str) -> Ticket:
    staff = factories.StandStaffFactory(name=name, exhibitor__event=event, exhibitor__organisation__name=company)
    return factories.TicketFactory(visitor=None, staff=staff, event=event, kind=Ticket.Kind.EXHIBITOR)


def sheets_of(event, kind: str = "") -> pypdf.PdfReader:
    return pypdf.PdfReader(BytesIO(badge_sheets(event, badge_tickets(event, kind))))


def text_of(sheets: pypdf.PdfReader) -> str:
    return "\n".join(page.extract_text() for page in sheets.pages)


def test_exhibitors_come_first_by_company_then_visitors(event):
    visitor(event, "Bo", "Öfabriken")
    visitor(event, "Ada", "Zinken")
    badge(event, "Cecilia", "Ångpannan")
    badge(event, "David", "Aluminium")
    visitor(event, "Eva", state=TicketState.CANCELLED)
    visitor(factories.EventFactory(), "Någon annanstans")

    assert [ticket.holder_name for ticket in badge_tickets(event)] == ["David", "Cecilia", "Ada", "Bo"]
    assert [ticket.holder_name for ticket in badge_tickets(event, "visitor")] == ["Ada", "Bo"]


@pytest.mark.parametrize("rows", [1, 3])
def test_badges_ask_one_question_however_many(rows, event, django_assert_num_queries):
    for _ in range(rows):
        badge(event, "Åsa", "Bageriet")

    with django_assert_num_queries(1):
        badge_sheets(event, badge_tickets(event))


def test_badge_carries_name_company_kind_and_code(event):
    ticket = badge(event, "Åsa Öberg", "Ängelholms Bageri")

    text = text_of(sheets_of(event))

    for words in [
        "Åsa Öberg",
        "Ängelholms Bageri",
        "UTSTÄLLARE",
        "Företagsmässan",
        "24 mars 2027",
        spoken(ticket.code),
    ]:
        assert words in text.replace("\u00a0", " ")


def test_nine_badges_take_two_sheets(event):
    for _ in range(9):
        visitor(event, "Åsa")

    assert len(sheets_of(event).pages) == 2


def test_pdf_is_tagged_and_knows_its_language_and_title(event):
    visitor(event, "Åsa")

    sheets = sheets_of(event)

    root = sheets.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert str(root["/Lang"]).startswith("sv")
    assert sheets.metadata.title.endswith("Företagsmässan")
    assert b"pdfuaid:part" in root["/Metadata"].get_data()


@pytest.mark.parametrize(
    "name",
    [
        '#panic("x") *fet* $x$ \\ @ref <b> // [ ] { } `',
        "Å" * 120,
        "Maximilian Alexander von Rosenstierna-Adlercreutz " * 2,
        "Emma 🎉 Ek 👩‍🔧",
        "王小明",
        "محمد",
        "\u0301\u200b",
        "🎉",
    ],
)
def test_any_name_can_be_printed(name, event):
    visitor(event, name, "X" * 160)

    assert len(sheets_of(event).pages) == 1


def test_markup_in_a_name_stays_text(event):
    visitor(event, "#strong[fet] *x*")

    assert "#strong[fet]" in text_of(sheets_of(event)).replace("\n", "")


def test_pictures_are_left_out_of_names():
    assert printable("Emma 🎉 Ek 👩‍🔧") == "Emma Ek"
