"""Lists as files: what Excel opens, and what it must never run."""

import csv
from datetime import UTC, date, datetime
from io import BytesIO, StringIO

import openpyxl
import pytest

from events.exports import Column, csv_bytes, export_response, xlsx_bytes

COLUMNS = [Column("Namn", lambda row: row[0]), Column("Värde", lambda row: row[1])]
ATTACKS = ["=1+1", "+46 70", "-2", "@SUM(A1)", "\t=1", "\r=1", "\n=1"]


def read_csv(data: bytes) -> list[list[str]]:
    return list(csv.reader(StringIO(data.decode("utf-8-sig"), newline=""), delimiter=";"))


def read_xlsx(data: bytes):
    return openpyxl.load_workbook(BytesIO(data)).active


def test_csv_opens_in_swedish_excel():
    data = csv_bytes(COLUMNS, [("Åsa; Öberg", 1.5), ('Emil "E" Ek', None)])

    assert data.startswith(b"\xef\xbb\xbf")
    assert read_csv(data) == [["Namn", "Värde"], ["Åsa; Öberg", "1,5"], ['Emil "E" Ek', ""]]


def test_csv_writes_moments_in_stockholm_time():
    summer = datetime(2027, 7, 1, 22, 30, tzinfo=UTC)

    assert read_csv(csv_bytes(COLUMNS, [(summer, date(2027, 7, 1))]))[1] == ["2027-07-02 00:30", "2027-07-01"]


@pytest.mark.parametrize("text", ATTACKS)
def test_csv_text_never_becomes_a_formula(text):
    assert read_csv(csv_bytes(COLUMNS, [(text, -2)]))[1] == [f"'{text}", "-2"]


@pytest.mark.parametrize("text", ATTACKS[:4])
def test_xlsx_text_never_becomes_a_formula(text):
    sheet = read_xlsx(xlsx_bytes(COLUMNS, [(text, -2)]))

    assert (sheet["A2"].value, sheet["A2"].data_type, sheet["B2"].value) == (text, "s", -2)


def test_xlsx_keeps_types_and_text_as_text():
    summer = datetime(2027, 7, 1, 22, 30, tzinfo=UTC)

    sheet = read_xlsx(xlsx_bytes(COLUMNS, [("https://torget.example", summer), ("007", 3)]))

    assert [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)] == [
        ["https://torget.example", datetime(2027, 7, 2, 0, 30)],
        ["007", 3],
    ]
    assert sheet["A2"].hyperlink is None


def test_empty_list_has_its_head():
    assert read_csv(csv_bytes(COLUMNS, [])) == [["Namn", "Värde"]]
    assert [cell.value for cell in read_xlsx(xlsx_bytes(COLUMNS, []))[1]] == ["Namn", "Värde"]


def test_response_is_a_download_that_nobody_keeps():
    response = export_response("csv", "besokare", COLUMNS, [])

    assert response["Content-Disposition"] == 'attachment; filename="besokare.csv"'
    assert response["Cache-Control"] == "no-store"
