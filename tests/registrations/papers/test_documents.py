"""The papers as PDFs: everything is on them, in any words, and a screen reader can read them."""

import json
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

import pypdf
import pytest
from django.utils import translation

from registrations.allocation.models import Team, Visit
from registrations.bookings.models import SchoolClass
from registrations.bookings.needs import Diet, Need
from registrations.bookings.states import ClassState
from registrations.papers import documents, queries
from registrations.papers.class_sheets import tightness
from registrations.tickets.addresses import ticket_url
from registrations.tickets.codes import spoken
from registrations.tickets.qr import qr_svg_file
from tests import night_factories
from tests.factories import NOW
from tests.registrations.papers.evening import make_evening, make_full_evening, more_classes

pytestmark = pytest.mark.django_db

NASTY = [
    '#panic("x") #strong[fet]',
    "*fet* _kursiv_ $x^2$ `kod`",
    "\\ @ref <b> // /* [ ] { } ~ = - + \" ' «»",
    "Å" * 80,
    "Emma 🎉 Ek 👩‍🔧",
    "\u0301\u200b",
    "王小明 محمد",
]


@pytest.fixture
def evening():
    return make_evening()


def read(content: bytes) -> pypdf.PdfReader:
    return pypdf.PdfReader(BytesIO(content))


def text_of(reader: pypdf.PdfReader, page: int | None = None) -> str:
    pages = reader.pages if page is None else [reader.pages[page]]
    return "\n".join(one.extract_text() for one in pages).replace("\u00a0", " ").replace("\u200b", "")


def sheets(evening) -> pypdf.PdfReader:
    return read(documents.sheets_pdf([evening.placed], NOW))


def every_paper(evening) -> dict[str, bytes]:
    night = evening.night
    return {
        "classes": documents.class_sheets_pdf(night, queries.placed_classes(night), NOW),
        "stations": documents.station_lists_pdf(night, NOW),
        "buses": documents.bus_lists_pdf(night, queries.placed_classes(night), NOW),
        "wall": documents.wall_plan_pdf(night, NOW),
    }


def test_every_paper_is_tagged_and_knows_its_language_and_title(evening):
    for content in every_paper(evening).values():
        reader = read(content)
        root: Any = reader.trailer["/Root"]
        assert root["/MarkInfo"]["/Marked"]
        assert str(root["/Lang"]).startswith("sv")
        assert str(reader.metadata.title).endswith("Industrinatten")
        assert b"pdfuaid:part" in root["/Metadata"].get_data()


def test_papers_are_swedish_whoever_prints_them(evening):
    with translation.override("en"):
        reader = sheets(evening)

    assert str(reader.trailer["/Root"]["/Lang"]).startswith("sv")
    assert "17.00" in text_of(reader)


def test_class_sheet_carries_the_evening(evening):
    text = text_of(sheets(evening))

    for words in [
        "Ängskolan",
        "9A",
        "17.00",
        "18.25",
        "12 + 3",
        "Svetsa",
        "Svetsarna AB",
        "Hallen",
        "Rakt fram.",
        "17.10",
        "–18.05",
        "Skyddsglasögon",
        "040-123 45",
        "Mässgatan 1, Lund",
        spoken(evening.placed.ticket.code),
    ]:
        assert words in text


def test_code_on_the_sheet_is_the_tickets_address(evening, monkeypatch):
    """What the template gets: the same picture as on the ticket's page, which is read by a camera there."""
    given = {}
    monkeypatch.setattr(documents, "compile_pdf", lambda template, data: given.update(data) or b"")

    documents.sheets_pdf([evening.placed], NOW)

    assert [one["qr"] for one in given["sheets"]] == [qr_svg_file(ticket_url(evening.placed.ticket))]


def test_each_class_gets_one_page(evening):
    more_classes(evening, 2)

    reader = read(documents.class_sheets_pdf(evening.night, queries.placed_classes(evening.night), NOW))

    assert len(reader.pages) == 3
    assert ["Ängskolan" in text_of(reader, page) for page in range(3)].count(True) == 1


def test_station_list_sums_and_tells_needs_without_names(evening):
    text = text_of(read(documents.station_lists_pdf(evening.night, NOW, [evening.weld.pk])))

    for words in ["Svetsa", "9A-1", "9A-2", "Ängskolan", "17.10–17.25", "17.50–18.05"]:
        assert words in text
    assert "Lena" not in text


def test_bus_list_carries_phones_and_sums(evening):
    text = text_of(read(documents.bus_lists_pdf(evening.night, queries.placed_classes(evening.night), NOW)))

    for words in ["Lund", "Ängskolan", "070-123 45 67", "17.00", "18.25", "15"]:
        assert words in text


def test_wall_plan_has_a_sheet_for_each_admission(evening):
    late = night_factories.WaveFactory(night=evening.night, name="Insläpp 2")

    reader = read(documents.wall_plan_pdf(evening.night, NOW))

    assert len(reader.pages) == 2
    assert (reader.pages[0].mediabox.width > reader.pages[0].mediabox.height) is True
    assert "9A-1" in text_of(reader, 0)
    assert "9A-1" not in text_of(reader, 1)
    assert len(read(documents.wall_plan_pdf(evening.night, NOW, late.pk)).pages) == 1


def test_wall_plan_of_many_stations_runs_on(evening):
    for number in range(3, 50):
        night_factories.StationFactory(night=evening.night, number=number, zone=evening.hall)

    text = text_of(read(documents.wall_plan_pdf(evening.night, NOW)))

    assert text.count("Insläpp 1") >= 2  # the foot of every page says which admission it is
    assert "49" in text


@pytest.mark.parametrize("words", NASTY)
def test_any_words_can_be_printed(words, evening):
    night = evening.night
    evening.placed.label, evening.placed.bus = words[:20], words[:20]
    evening.placed.save()
    for thing, field, longest in [
        (evening.placed.booking.school, "name", 160),
        (evening.weld, "name", 80),
        (evening.weld, "protective_gear", 200),
        (evening.weld.host.organisation, "name", 120),
        (evening.hall, "name", 40),
        (evening.hall, "directions", 200),
        (evening.wave, "name", 40),
        (night.event, "name", 120),
        (night.event.venue, "name", 120),
        (night, "desk_phone", 30),
    ]:
        setattr(thing, field, words[:longest])
        thing.save()

    for content in every_paper(evening).values():
        assert len(read(content).pages) >= 1


def test_markup_in_a_name_stays_text(evening):
    evening.weld.name = "#strong[fet] *x* $y$"
    evening.weld.save()

    for name, content in every_paper(evening).items():
        if name != "buses":
            assert "#strong[fet] *x* $y$" in text_of(read(content))


def test_thirty_teams_run_on_and_each_is_there(evening):
    big = night_factories.SchoolClassFactory(
        booking=evening.placed.booking,
        pupils=200,
        adults=12,
        state=ClassState.CONFIRMED,
        wave=evening.wave,
        needs=dict.fromkeys(Need.values, 3),
        diets=dict.fromkeys(Diet.values, 9),
    )
    for number in range(1, 31):
        team = Team.objects.create(school_class=big, number=number, size=7)
        Visit.objects.create(team=team, station=evening.weld, round=1)

    reader = read(documents.sheets_pdf([big], NOW))

    assert 2 <= len(reader.pages) <= 4
    assert text_of(reader).count("17.10") == 30


def test_twelve_visits_fit_on_one_page(evening):
    wave = night_factories.WaveFactory(night=evening.night, rounds=12)
    row = night_factories.SchoolClassFactory(booking=evening.placed.booking, state=ClassState.CONFIRMED, wave=wave)
    stations = [night_factories.StationFactory(night=evening.night, zone=evening.hall) for _ in range(12)]
    for number in (1, 2):
        team = Team.objects.create(school_class=row, number=number, size=10)
        Visit.objects.bulk_create(
            Visit(team=team, station=station, round=place) for place, station in enumerate(stations, start=1)
        )

    assert len(read(documents.sheets_pdf([row], NOW)).pages) == 1


def test_class_without_visits_still_gets_its_sheet(evening):
    Team.objects.all().delete()
    evening.placed.ticket.delete()

    reader = read(documents.sheets_pdf([SchoolClass.objects.get(pk=evening.placed.pk)], NOW))

    assert len(reader.pages) == 1
    assert "Ängskolan" in text_of(reader)


def test_evening_over_midnight_when_clocks_go_back(evening):
    """24 October 2026, 23.30: rounds of 90 minutes end at 01.10, then 02.45 the first time, then 03.20 winter time."""
    night, wave = evening.night, evening.wave
    night.round_minutes = 90
    night.save()
    wave.starts_at, wave.rounds = datetime(2026, 10, 24, 21, 30, tzinfo=UTC), 3
    wave.save()

    text = text_of(sheets(evening))

    assert "23.40" in text
    assert "–01.10" in text
    assert "03.20" in text  # 23.40 and 280 minutes of rounds and ways is 04.20 by the clocks of summer


def test_nobody_placed_is_refused(evening):
    evening.placed.state, evening.placed.wave = ClassState.WAITING, None
    evening.placed.save()

    for make in (
        lambda: documents.sheets_pdf([evening.placed], NOW),
        lambda: documents.sheets_pdf([], NOW),
        lambda: documents.bus_lists_pdf(evening.night, queries.placed_classes(evening.night), NOW),
        lambda: documents.station_lists_pdf(evening.night, NOW, [0]),
        lambda: documents.wall_plan_pdf(evening.night, NOW, 0),
    ):
        with pytest.raises(documents.NothingToPrint):
            make()


def test_too_many_for_one_file_are_refused(evening, monkeypatch):
    monkeypatch.setattr(documents, "MOST_SHEETS", 2)
    more_classes(evening, 2)

    with pytest.raises(documents.TooManyToPrint):
        documents.class_sheets_pdf(evening.night, queries.placed_classes(evening.night), NOW)


def test_guess_of_tightness_grows_with_the_stations(evening):
    (one,) = queries.class_sheets(evening.night, queries.placed_classes(evening.night))

    assert tightness(one) == 0
    assert json.dumps(documents.class_sheets.data(evening.night, [one], queries.place_map(evening.night), []))


def test_feet_count_the_pages_of_their_own_part(evening):
    """A station with two pages, between two with one: only its feet say which of how many."""
    for number in range(2, 8):
        wave = night_factories.WaveFactory(night=evening.night, name=f"Insläpp {number}", rounds=12)
        for _ in range(8):
            row = night_factories.SchoolClassFactory(booking__night=evening.night, state=ClassState.OFFERED, wave=wave)
            for place in range(1, 4):
                team = night_factories.TeamFactory(school_class=row, number=place)
                Visit.objects.create(team=team, station=evening.robot, round=place * 2)

    reader = read(documents.station_lists_pdf(evening.night, NOW))

    texts = [text_of(reader, page) for page in range(len(reader.pages))]
    of_robot = sum("2 · Robot" in text for text in texts)
    assert of_robot > 1
    assert [f"{page}/{of_robot}" in texts[page] for page in range(1, of_robot)] == [True] * (of_robot - 1)


def test_whole_evening_has_a_page_for_each_class():
    night = make_full_evening(12)

    reader = read(documents.class_sheets_pdf(night, queries.placed_classes(night), NOW))

    assert len(reader.pages) == 12
