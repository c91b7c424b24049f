"""The PDF: everything is on it, in any words; tagged; and the same to the byte from the same contents."""

import json
import time
from datetime import date
from hashlib import sha256
from io import BytesIO

import pypdf
import pytest

from events.seal import canonical
from registrations.invoices.contents import Buyer, Credits, Occasion, Seller, Stamp, contents_of, lines_in, totals_in
from registrations.invoices.paper import pdf_bytes
from registrations.invoices.words import LABELS, VAT_WORDS
from registrations.money.amounts import Category, Line, Vat, totals_of, treated

SELLER = Seller(
    "IUC Syd",
    "559000-0013",
    "SE559000001301",
    "Scheelevägen 15",
    "223 63",
    "Lund",
    "faktura@iuc.example",
    "50501055",
    seat="Lund",
    is_f_tax_approved=True,
)
BUYER = Buyer("Skånska Verkstaden AB", "559012-3456", "Verkstadsgatan 12", "224 78", "Lund", reference="Anna Ek")
LINES = [
    Line("Monter 9 m², Guld", 1, 1_217_033),
    Line("Lunchpaket", 4, 14_500, Vat(12)),
    Line("Tidig bokning", -1, 121_700),
]


def made(lines=LINES, *, language="sv", kind="invoice", buyer=BUYER, **kwargs):
    return contents_of(
        stamp=Stamp(
            kind, "IUC-2027-0042", date(2027, 3, 1), "10004281", date(2027, 3, 31) if kind == "invoice" else None
        ),
        seller=SELLER,
        buyer=buyer,
        occasion=Occasion("Företagsmässan", "Arenan, Lund", date(2027, 3, 24), date(2027, 3, 24), "b2b-27/42"),
        lines=lines,
        totals=totals_of(lines),
        language=language,
        **kwargs,
    )


def read(contents) -> pypdf.PdfReader:
    return pypdf.PdfReader(BytesIO(pdf_bytes(contents)))


def text_of(reader) -> str:
    return "\n".join(page.extract_text() for page in reader.pages).replace("\u00a0", " ").replace("\u200b", "")


def test_everything_stands_on_it():
    text = text_of(read(made()))

    for words in (
        "Faktura",
        "IUC-2027-0042",
        "1 mars 2027",
        "31 mars 2027",
        "24 mars 2027",
        "IUC Syd",
        "SE559000001301",
        "559000-0013",
        "Godkänd för F-skatt",
        "Säte: Lund",
        "Skånska Verkstaden AB",
        "Verkstadsgatan 12",
        "Anna Ek",
        "Monter 9 m², Guld",
        "12 170,33",
        "25 %",
        "12 %",
        "Öresavrundning",
        "5050-1055",
        "1000 4281",
        "Sida 1 av 1",
    ):
        assert words in text, words


def test_it_is_tagged_and_knows_its_language_title_and_day():
    reader = read(made())
    root = reader.trailer["/Root"]

    assert root["/MarkInfo"]["/Marked"]
    assert str(root["/Lang"]).startswith("sv")
    assert reader.metadata.title == "Faktura IUC-2027-0042"
    assert reader.metadata.creation_date.date() == date(2027, 3, 1)
    assert b"pdfuaid:part" in root["/Metadata"].get_data()
    assert str(read(made(language="en")).trailer["/Root"]["/Lang"]).startswith("en")


def test_the_same_contents_are_the_same_bytes_whenever_they_are_printed():
    contents = made()
    first = sha256(pdf_bytes(contents)).hexdigest()
    time.sleep(1.1)  # another second on the clock

    assert sha256(pdf_bytes(json.loads(canonical(contents)))).hexdigest() == first
    assert sha256(pdf_bytes(made(language="en"))).hexdigest() != first


def test_sixty_lines_break_over_pages_with_head_and_sums():
    reader = read(
        made([Line(f"Tillval nummer {n} med en rätt lång text som går över raden", n, 10_050) for n in range(1, 61)])
    )
    pages = [page.extract_text().replace("\u00a0", " ") for page in reader.pages]

    assert len(pages) > 1
    for number, page in enumerate(pages, start=1):
        assert f"Sida {number} av {len(pages)}" in page
        assert "IUC-2027-0042" in page
        assert "Benämning" in page
    assert all(f"Tillval nummer {n} " in "".join(pages) for n in range(1, 61))
    assert "Att betala" in pages[-1]


def test_reverse_charge_is_said_with_both_numbers():
    abroad = Buyer("Fehmarn Tech GmbH", street="Hafenstr. 1", country="DE", vat_number="DE136695976")

    text = " ".join(text_of(read(made([treated(line, Category.REVERSE) for line in LINES], buyer=abroad))).split())

    assert "Omvänd betalningsskyldighet" in text
    assert "SE559000001301" in text
    assert "DE136695976" in text
    assert "Tyskland" in text


def test_a_credit_note_names_its_invoice_and_asks_for_no_money():
    contents = made(
        [Line("Monter", -1, 1_217_000)],
        kind="credit",
        credited=Credits("IUC-2027-0001", date(2027, 3, 1), "Dubbel beställning"),
    )
    text = text_of(read(contents))

    assert "Kreditfaktura" in text
    assert "IUC-2027-0001, 1 mars 2027" in text
    assert "Dubbel beställning" in text
    assert "Att få tillbaka" in text
    assert "15 213 kr" in text
    assert "OCR" not in text


@pytest.mark.parametrize(
    "words", ['#panic("x") #strong[fet]', "*fet* $x^2$ `kod`", "\\ @ref <b> // /* [ ] {", "Emma 🎉 Ek"]
)
def test_what_people_write_is_never_markup(words):
    text = text_of(read(made([Line(words, 1, 100_00)])))

    assert words.replace(" 🎉", "").split()[0] in text


def test_a_paper_is_read_back_from_its_contents():
    contents = json.loads(canonical(made()))

    assert lines_in(contents) == LINES
    assert totals_in(contents) == totals_of(LINES)


def test_both_languages_say_the_same_things():
    assert LABELS["sv"].keys() == LABELS["en"].keys()
    assert VAT_WORDS["sv"].keys() == VAT_WORDS["en"].keys()
