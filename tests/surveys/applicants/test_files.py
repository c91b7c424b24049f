"""Files of applicants as they come: long and wide, with titles on top, with dots where nothing is told."""

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.applicants.files import Told, UnreadableFile, read_applicants

TOWNS = {"1280": "Malmö", "1281": "Lund", "1267": "Höör"}

WIDE = """Sökande till gymnasieskolan;;;
Läsår 2019/20;;;
Kommun;Programkod;2018;2019
Malmö stad;IN;56;1 069
1281 Lund;IN;..;21
Höör;TE;6;.
Stockholm;IN;100;200
"""


def read(text: str, encoding: str = "utf-8-sig"):
    return read_applicants(text.encode(encoding), TOWNS)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_a_wide_file_tells_a_number_for_each_year(encoding):
    content = read(WIDE, encoding)

    assert content.rows == [
        Told("1280", 2018, "IN", 56),
        Told("1280", 2019, "IN", 1069),
        Told("1281", 2018, "IN", None),
        Told("1281", 2019, "IN", 21),
        Told("1267", 2018, "TE", 6),
        Told("1267", 2019, "TE", None),
    ]
    assert content.elsewhere == 1
    assert content.refused == []


def test_a_long_file_tells_one_number_a_row():
    content = read("kommun,år,programkod,antal\nLund,2019,in,21\nMalmö,2019/20,IN,69\n")

    assert content.rows == [Told("1281", 2019, "IN", 21), Told("1280", 2019, "IN", 69)]


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("Lund;2019;IN;-3", "“-3” is no number of applicants"),
        ("Lund;2019;IN;tjugo", "“tjugo” is no number of applicants"),
        ("Lund;2019;IN;99999999", "“99999999” is no number of applicants"),
        ("Lund;igår;IN;3", "“igår” is no year"),
        ("Lund;1066;IN;3", "“1066” is no year"),
        ("Lund;2019;I4;3", "“I4” is no programme code: two letters or a few more, such as IN"),
        ("Lund;2019", "2 values where the heading has at least 4"),
        ("Malmö;2019;IN;4", "the same municipality, year and programme as line 2"),
    ],
)
def test_a_bad_row_is_refused_with_its_line_and_the_others_are_read(row, reason):
    content = read(f"kommun;år;programkod;antal\nMalmö;2019;IN;69\n{row}\nHöör;2019;IN;7\n")

    assert [(refused.line, refused.reason) for refused in content.refused] == [(3, reason)]
    assert content.rows == [Told("1280", 2019, "IN", 69), Told("1267", 2019, "IN", 7)]


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "no heading found"),
        (b"namn;adress\nA;B\n", "no heading found"),
        (b"kommun;programkod\nLund;IN\n", "neither a column of numbers"),
        (b"kommun;programkod;antal\nLund;IN;3\n", "the column of years"),
        (b"PK\x03\x04\x00\x00", "neither UTF-8 nor cp1252"),
        ('kommun;år;programkod;antal\n"Lund;2019;IN;3\n'.encode(), "line 2"),
    ],
)
def test_a_file_that_makes_no_sense_is_refused_as_a_whole(content, why):
    with pytest.raises(UnreadableFile, match=why):
        read_applicants(content, TOWNS)


@given(st.binary(max_size=400))
def test_no_bytes_crash_the_reader(content):
    with contextlib.suppress(UnreadableFile):
        read_applicants(b"kommun;programkod;2019\n" + content, TOWNS)
