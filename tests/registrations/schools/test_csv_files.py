import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from registrations.schools.csv_files import MAX_BYTES, SchoolRow, UnreadableFile, read_register

OURS = {"1280": "Malmö", "1281": "Lund", "1285": "Eslöv"}
HEADING = "Skolenhetskod;Skolenhetsnamn;Kommun;Skoltyp;Status;Huvudman"
PARK = SchoolRow("12345678", "Parkskolan Öst", "1281", "active", "GR", "Lunds kommun")
PARK_LINE = "12345678;Parkskolan Öst;Lund;GR;AKTIV;Lunds kommun"


def read(*lines: str, encoding: str = "utf-8", newline: str = "\n"):
    return read_register(newline.join(lines).encode(encoding), OURS)


def reasons(*lines: str) -> list[tuple[int, str]]:
    return [(row.line, row.reason) for row in read(HEADING, *lines).refused]


@pytest.fixture(autouse=True)
def _in_english(settings):
    from django.utils import translation

    with translation.override("en"):
        yield


@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_reads_what_programs_write(delimiter, encoding, newline):
    lines = [line.replace(";", delimiter) for line in (HEADING, PARK_LINE)]

    assert read(*lines, encoding=encoding, newline=newline).rows == [PARK]


def test_reads_below_titles_with_other_headings_in_any_order():
    register = read(
        "Skolenhetsregistret;;;",
        "",
        "Hämtat 2026-11-02",
        "Kommunkod;Status;Namn;Skolenhets-kod",
        "1281;Aktiv;Parkskolan;12345678",
    )

    assert register.rows == [SchoolRow("12345678", "Parkskolan", "1281", "active")]


@pytest.mark.parametrize("place", ["Lund", "LUND", "Lunds kommun", "1281"])
def test_knows_a_municipality_by_name_or_code(place):
    assert read(HEADING, PARK_LINE.replace(";Lund;", f";{place};")).rows == [PARK]


@pytest.mark.parametrize(
    ("word", "status"),
    [
        ("AKTIV", "active"),
        ("upphort", "closed"),
        ("Upphörd", "closed"),
        ("Vilande", "resting"),
        ("PLANERAD", "planned"),
    ],
)
def test_knows_statuses_as_they_are_written(word, status):
    assert read(HEADING, PARK_LINE.replace("AKTIV", word)).rows[0].status == status


@pytest.mark.parametrize(
    ("cell", "types"),
    [("GR, GY", "GR GY"), ("gr gy gr", "GR GY"), ("Grundskola", "GR"), ("Anpassad grundskola/Grundskola", "GRAN GR")],
)
def test_knows_school_types_by_letters_and_words(cell, types):
    assert read(HEADING, PARK_LINE.replace(";GR;", f";{cell};")).rows[0].types == types


@pytest.mark.parametrize("cell", ['="12345678"', "'12345678", "1234 5678"])
def test_takes_away_what_a_spreadsheet_put_around_a_code(cell):
    line = PARK_LINE.replace("12345678", '"' + cell.replace('"', '""') + '"')

    assert read(HEADING, line).rows == [PARK]


def test_passes_over_other_municipalities_and_counts_them():
    register = read(HEADING, PARK_LINE, "1;Okänd;Ystad;;;", "2;Annan;Ystad;;;", "3;Tredje;1487;;;")

    assert register.rows == [PARK]
    assert register.refused == []
    assert dict(register.elsewhere) == {"Ystad": 2, "1487": 1}
    assert register.passed_over == "3 schools in other municipalities passed over: Ystad (2), 1487 (1)"


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (
            "1234567;Parkskolan;Lund;GR;AKTIV;",
            "the code 1234567 has 7 digits, not 8: a spreadsheet may have taken its leading zeros away",
        ),
        ("123456789;Parkskolan;Lund;GR;AKTIV;", "the code 123456789 has 9 digits, not 8"),
        (
            "1,2E+07;Parkskolan;Lund;GR;AKTIV;",
            "the code 1,2E+07 has been rounded by a spreadsheet: keep the column as text",
        ),
        ("١٢٣٤٥٦٧٨;Parkskolan;Lund;GR;AKTIV;", "“١٢٣٤٥٦٧٨” is no school unit code: eight digits"),
        (";Parkskolan;Lund;GR;AKTIV;", "the school unit code is missing"),
        ("12345678;;Lund;GR;AKTIV;", "the name is missing"),
        (f"12345678;{'x' * 161};Lund;GR;AKTIV;", "the name is longer than 160 characters"),
        ("12345678;Parkskolan;;GR;AKTIV;", "the municipality is missing"),
        ("12345678;Parkskolan;Lund;GR;;", "the status is missing"),
        ("12345678;Parkskolan;Lund;GR;öppen;", "“öppen” is no status: AKTIV, UPPHORT, VILANDE or PLANERAD"),
        ("12345678;Parkskolan;Lund;GR;AKTIV;Lund;1", "7 values where the heading has 6"),
        ("x;;Lund;GR;AKTIV;", "“x” is no school unit code: eight digits; the name is missing"),
    ],
)
def test_refuses_a_row_with_its_line_and_reason(line, reason):
    assert reasons("", line) == [(3, reason)]


def test_refuses_the_second_row_with_a_code():
    register = read(HEADING, PARK_LINE, PARK_LINE)

    assert register.rows == [PARK]
    assert [(row.line, row.reason) for row in register.refused] == [(3, "the code stands on line 2 too")]


def test_refuses_a_code_and_a_name_of_different_municipalities():
    register = read("Skolenhetskod;Namn;Kommunkod;Kommun;Status", "12345678;Park;1280;Lund;AKTIV")

    assert [row.reason for row in register.refused] == ["the municipality's code and name do not agree: 1280, Lund"]


@pytest.mark.parametrize(
    ("content", "start"),
    [
        (b"", "The file is empty."),
        (b"\xef\xbb\xbf \n", "The file is empty."),
        (b"PK\x03\x04rest", "That is an Excel workbook."),
        (b"\xd0\xcf\x11\xe0rest", "That is an Excel workbook."),
        (b"%PDF-1.7", "That is a PDF."),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "That is no text file."),
        (b"x" * (MAX_BYTES + 1), "The file is too large: at most 10 MB."),
        (f'{HEADING}\n"12345678;x'.encode(), "Line 2 cannot be read"),
        (
            b"Namn;Kommun;Adress\nPark;Lund;Gatan 1\n",
            "Columns that are missing: school unit code (Skolenhetskod), status (Status). "
            "Found in the file: “Namn”, “Kommun”, “Adress”.",
        ),
        (b"hej\n", "Columns that are missing: school unit code"),
    ],
)
def test_says_what_is_wrong_with_the_file(content, start):
    with pytest.raises(UnreadableFile) as refusal:
        read_register(content, OURS)

    assert str(refusal.value).startswith(start)


@given(
    st.binary(max_size=300) | st.text(max_size=300).map(lambda text: f"{HEADING}\n{text}".encode("utf-8", "replace"))
)
@example(b"\xff\xfe")
@example(f"{HEADING}\n\x00".encode())
@example(f"{HEADING}\n{'9' * 200000};".encode())
def test_never_crashes_whatever_the_bytes(content):
    try:
        register = read_register(content, OURS)
    except UnreadableFile:
        return
    assert all(len(row.code) == 8 and row.name and row.municipality in OURS for row in register.rows)


cells = st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters=';"'), max_size=12)


@given(st.lists(st.tuples(cells, cells, cells, cells, cells, cells), max_size=8))
def test_every_row_is_taken_refused_or_passed_over(rows):
    lines = [";".join(row) for row in rows]
    register = read(HEADING, *lines)

    told = sum(any(cell.strip() for cell in row) for row in rows)
    assert len(register.rows) + len(register.refused) + register.elsewhere.total() == told
