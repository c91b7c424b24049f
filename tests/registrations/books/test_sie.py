"""SIE 4, read again by a parser that knows nothing of how it was written."""

import re
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from registrations.books.posting import Entry, Voucher
from registrations.books.sie import sie_bytes

YEAR = (date(2027, 1, 1), date(2027, 12, 31))
VOUCHER = Voucher(
    "F",
    12,
    date(2027, 3, 1),
    'Faktura 2027-0012, "Åkes Ö"',
    "2027-0012",
    (Entry("1510", 612_600), Entry("3041", -612_600)),
)


def write(*vouchers: Voucher, **facts) -> bytes:
    told = {
        "program": "Torget",
        "version": "0.1",
        "made_on": date(2027, 4, 1),
        "company": "IUC Syd AB",
        "company_number": "556123-4567",
        "year": YEAR,
        "accounts": {"1510": "Kundfordringar", "3041": "Försäljning"},
        **facts,
    }
    return sie_bytes(vouchers=vouchers, **told)


def fields(line: str) -> list[str]:
    """The fields of a line: bare words, texts in quotation marks with escaped marks, object lists in braces."""
    found = re.findall(r'"((?:\\.|[^"\\])*)"|(\{[^}]*\})|(\S+)', line)
    return [text.replace('\\"', '"') if not (braces or word) else braces or word for text, braces, word in found]


def read(content: bytes) -> dict:
    """A small reader by the specification: single posts by label, and vouchers with their transactions."""
    posts: dict[str, list] = {}
    vouchers: list[dict] = []
    inside = False
    for line in content.decode("cp437").split("\r\n"):
        words = fields(line)
        if not words:
            continue
        if words == ["{"]:
            inside = True
        elif words == ["}"]:
            inside = False
        elif words[0] == "#VER":
            vouchers.append({"head": words[1:], "rows": []})
        elif words[0] == "#TRANS":
            assert inside
            vouchers[-1]["rows"].append(words[1:])
        else:
            posts.setdefault(words[0], []).append(words[1:])
    return {"posts": posts, "vouchers": vouchers}


def test_head_says_what_the_file_is():
    posts = read(write(VOUCHER))["posts"]

    assert posts["#FLAGGA"] == [["0"]]
    assert posts["#FORMAT"] == [["PC8"]]
    assert posts["#SIETYP"] == [["4"]]
    assert posts["#ORGNR"] == [["556123-4567"]]
    assert posts["#FNAMN"] == [["IUC Syd AB"]]
    assert posts["#RAR"] == [["0", "20270101", "20271231"]]
    assert posts["#KONTO"] == [["1510", "Kundfordringar"], ["3041", "Försäljning"]]


def test_voucher_is_read_again():
    (voucher,) = read(write(VOUCHER))["vouchers"]

    assert voucher["head"] == ["F", "12", "20270301", 'Faktura 2027-0012, "Åkes Ö"']
    assert voucher["rows"] == [["1510", "{}", "6126.00"], ["3041", "{}", "-6126.00"]]


def test_first_line_is_the_flag_and_lines_end_as_the_format_says():
    content = write(VOUCHER)

    assert content.startswith(b"#FLAGGA 0\r\n")
    assert content.count(b"\n") == content.count(b"\r\n")


def test_letters_outside_the_code_page_become_question_marks():
    assert read(write(company="Łódź 工業"))["posts"]["#FNAMN"] == [["?ód? ??"]]


@given(
    st.text(max_size=60),
    st.lists(st.tuples(st.integers(1, 10**9), st.integers(1, 10**9)), min_size=1, max_size=5),
)
def test_any_text_and_amounts_survive(text, pairs):
    entries = tuple(entry for ore, _other in pairs for entry in (Entry("1510", ore), Entry("3041", -ore)))
    (voucher,) = read(write(Voucher("F", 1, date(2027, 1, 1), text, "", entries)))["vouchers"]

    assert [round(float(row[2]) * 100) for row in voucher["rows"]] == [entry.amount_ore for entry in entries]
    assert len(voucher["head"]) == 4
