import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.answers.csv_files import Answers, RefusedRow, UnreadableFile, read_answers
from surveys.answers.values import Ask

COLUMNS = [
    Ask("satisfied", 1, ["very_satisfied", "satisfied"]),
    Ask("contacts", 1, ["yes", "no"]),
    Ask("food", 1, ["good", "bad"], required=False),
]
GOOD = {"satisfied": "very_satisfied", "contacts": "yes"}


def read(text: str, encoding: str = "utf-8") -> Answers:
    return read_answers(text.encode(encoding), COLUMNS)


@pytest.mark.parametrize("delimiter", [";", ","])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_reads_what_tools_write(delimiter, encoding, newline):
    lines = [["satisfied", "contacts"], ["very_satisfied", "yes"], ["satisfied", "no"]]

    answers = read(newline.join(delimiter.join(cells) for cells in lines), encoding)

    assert answers == Answers([GOOD, {"satisfied": "satisfied", "contacts": "no"}], [])


def test_reads_columns_in_any_order_with_spaces_around():
    assert read("contacts ; satisfied\n yes;very_satisfied \n").rows == [
        {"contacts": "yes", "satisfied": "very_satisfied"}
    ]


def test_passes_over_lines_without_answers():
    assert read("satisfied;contacts\n\n;\nvery_satisfied;yes\n\n").rows == [GOOD]


def test_keeps_an_answer_that_may_be_left_out_out():
    assert read("satisfied;contacts;food\nvery_satisfied;yes;\n").rows == [GOOD]


def test_refuses_each_bad_row_with_its_line_and_reason():
    answers = read(
        "satisfied;contacts\nvery_satisfied;yes\ngreat;yes\n\nsatisfied;\nsatisfied;no;maybe\nnöjd;ja\n",
        "cp1252",
    )

    assert answers.rows == [GOOD]
    assert answers.refused == [
        RefusedRow(3, "satisfied: “great” is none of very_satisfied, satisfied"),
        RefusedRow(5, "contacts is missing"),
        RefusedRow(6, "3 values where the heading has 2"),
        RefusedRow(7, "satisfied: “nöjd” is none of very_satisfied, satisfied; contacts: “ja” is none of yes, no"),
    ]


def test_counts_lines_of_the_file_when_a_value_spans_several():
    answers = read('satisfied;contacts\n"very\nmuch";yes\nsatisfied;perhaps\n')

    assert [refused.line for refused in answers.refused] == [2, 4]


def test_shortens_a_value_of_any_length():
    (refused,) = read(f"satisfied;contacts\n{'x' * 10_000};yes\n").refused

    assert len(refused.reason) < 120


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "the file has no heading"),
        (
            "satisfied;contacts;colour\nsatisfied;yes;red\n",
            "unknown column “colour”; the questions are “satisfied”, “contacts”, “food”",
        ),
        (
            "satisfied;contacts;\nsatisfied;yes;\n",
            "unknown column “”; the questions are “satisfied”, “contacts”, “food”",
        ),
        ("satisfied;contacts;contacts\n", "column “contacts” comes more than once"),
        ("contacts\nyes\n", "column “satisfied” is missing"),
        ('satisfied;contacts\n"satisfied;yes\n', "line 2: unexpected end of data"),
    ],
)
def test_says_what_is_wrong_with_the_file(text, reason):
    with pytest.raises(UnreadableFile) as refusal:
        read(text)

    assert str(refusal.value) == reason


@pytest.mark.parametrize("content", ["satisfied;contacts".encode("utf-16"), b"\x89PNG\r\n\x1a\n\x00\x00", b"\x81\x8d"])
def test_says_that_a_file_is_no_text(content):
    with pytest.raises(UnreadableFile, match="neither UTF-8 nor cp1252"):
        read_answers(content, COLUMNS)


@given(st.binary(max_size=200))
def test_never_crashes_on_any_bytes(content):
    with contextlib.suppress(UnreadableFile):
        read_answers(content, COLUMNS)


@given(st.lists(st.text(alphabet="abcåäö;,\"'\n yes", max_size=20), max_size=20))
def test_every_row_is_taken_or_refused(lines):
    try:
        answers = read("satisfied;contacts\n" + "\n".join(lines))
    except UnreadableFile:
        return
    assert all(set(row) == {"satisfied", "contacts"} for row in answers.rows)
    assert all(2 <= refused.line <= len("\n".join(lines).split("\n")) + 1 for refused in answers.refused)


ALL_KINDS = [
    Ask("liked", 1, ["food", "music", "dont_know"], kind="choices"),
    Ask("people", 1, [], kind="number", ends=(0, 40), required=False),
    Ask("why", 1, [], kind="long_text", required=False, only_if="liked", only_if_values=frozenset({"music"})),
]


def test_reads_many_of_many_numbers_and_words():
    answers = read_answers("liked;people;why\nmusic|food;12;Bra, högt\nfood;;\n".encode(), ALL_KINDS)

    assert answers.rows == [{"liked": "food|music", "people": "12", "why": "Bra, högt"}, {"liked": "food"}]
    assert answers.refused == []


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("food|dance;;", "liked: “food|dance” is none of food, music, dont_know"),
        ("food|dont_know;;", "liked: “food|dont_know” is both an answer and none"),
        ("food;41;", "people: “41” is more than 40"),
        ("food;many;", "people: “many” is no whole number from 0 to 40"),
        ("food;;Bra", "why is answered where it is not asked"),
        (f"music;;{'x' * 2001}", "why: 2001 signs where 2000 are taken"),
        (";-1;", "liked is missing; people: “-1” is less than 0"),
    ],
)
def test_refuses_what_is_no_answer_with_its_reason(row, reason):
    answers = read_answers(f"liked;people;why\n{row}\n".encode(), ALL_KINDS)

    assert answers == Answers([], [RefusedRow(2, reason)])
