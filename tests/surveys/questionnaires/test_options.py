from hypothesis import given
from hypothesis import strategies as st

from surveys.questionnaires.options import CODE_LENGTH, ROWS_AT_MOST, Row, moved, options_from, read_rows


def test_rows_without_words_are_left_out_and_codes_stay():
    rows = [
        Row("bread", "Limpa", "Loaf"),
        Row(),
        Row("", "Bröd", "Bread"),
        Row("", "Bread", "Bread"),
        Row("", "??", ""),
    ]

    assert [option["code"] for option in options_from(rows)] == ["bread", "brod", "bread_2", "answer"]


def test_an_answer_in_words_never_gets_the_code_of_not_knowing():
    (option,) = options_from([Row("", "Don't know", "Don't know"), Row()])
    assert option["code"] == "don_t_know"

    (option,) = options_from([Row("", "dont know", "dont know")])
    assert option["code"] == "dont_know_2"


def test_only_its_own_buttons_move_rows():
    assert [moved([Row("a")], do) for do in ("", "save", "kind", "anew", "up", "up-", "up-x")] == [None] * 7


@given(
    st.dictionaries(st.text(max_size=20) | st.from_regex(r"option-[0-9]{1,3}-(sv|en|code)", fullmatch=True), st.text())
)
def test_whatever_is_sent_becomes_rows_with_codes_of_their_own(sent):
    rows = read_rows(sent)
    options = options_from(rows)

    new = [row for row in rows if not row.code and not row.empty]
    assert len(rows) <= ROWS_AT_MOST
    assert all(0 < len(option["code"]) <= CODE_LENGTH for option in options)
    assert len({option["code"] for option in options}) >= len(new)


@given(st.integers(0, 30), st.sampled_from(["up", "down"]), st.integers(0, 5))
def test_moving_loses_no_row(place, way, count):
    rows = [Row(str(n)) for n in range(count)]

    assert sorted(row.code for row in moved(rows, f"{way}-{place}")) == [row.code for row in rows]
