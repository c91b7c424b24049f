"""What differs between two follow-ups, word for word and figure for figure."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from surveys.followup.frozen.comparison import Piece, compare, marked, moved


def figure(key: int = 7, k: int = 54, n: int = 71, **other: Any) -> dict[str, Any]:
    told = {"figure": f"{k} av {n}", "rest": "var nöjda.", "uncertainty": ""}
    facts = {"id": key, "title": "Nöjda", "value": k / n, "value_words": f"{100 * k // n} %", "k": k, "n": n}
    return facts | {"population": 134, "draft": told, "own": "", "source": "survey:a/satisfied@1"} | other


def activity(key: int, title: str, **other: Any) -> dict[str, Any]:
    return {"id": key, "title": title, "status_words": "Enligt plan", "what_happened": "", "figures": []} | other


def paper(activities: list[dict[str, Any]], figures: list[dict[str, Any]] | None = None) -> dict[str, Any]:
    empty: dict[str, Any] = {name: [] for name in ("introduction", "goals", "planned", "reflections")}
    return empty | {"activities": activities, "figures": figures or []}


def test_same_papers_have_no_differences():
    one = paper([activity(1, "Mässan", figures=[7])], [figure()])

    assert compare(one, one) == []
    assert moved(one, one) == []


def test_added_removed_and_changed_rows():
    before = paper([activity(1, "Mässan"), activity(2, "Resan")])
    after = paper([activity(1, "Mässan", status_words="Genomförd"), activity(3, "Kartan")])

    changes = compare(before, after)

    assert [(one.title, one.kind) for one in changes] == [
        ("Mässan", "changed"),
        ("Kartan", "added"),
        ("Resan", "removed"),
    ]
    assert [one.name for one in changes[0].fields] == ["status_words"]


def test_figure_that_moved_shows_both_and_its_sentence():
    before = paper([activity(1, "Mässan", figures=[7])], [figure()])
    after = paper([activity(1, "Mässan", figures=[7])], [figure(k=55, n=72)])

    (change,) = compare(before, after)

    shown, sentence = change.fields
    assert (shown.before[0].text, shown.after[0].text) == ("76 % (54/71)", "76 % (55/72)")
    assert sentence.before == [
        Piece("54", "gone"),
        Piece(" av ", "same"),
        Piece("71", "gone"),
        Piece(" var nöjda.", "same"),
    ]


def test_question_put_in_other_words_is_measured_in_another_way():
    before = paper([activity(1, "Mässan", figures=[7])], [figure()])
    after = paper([activity(1, "Mässan", figures=[7])], [figure(source="survey:a/satisfied@2")])

    assert [(one.row, one.redefined) for one in moved(before, after)] == [("Mässan", True)]


def test_another_target_is_told_but_moves_no_figure():
    old = {"target_words": "80 %", "standing": "not_reached", "standing_words": "Målet ej nått"}
    new = {"target_words": "70 %", "standing": "reached", "standing_words": "Målet nått"}
    before = paper([activity(1, "Mässan", figures=[7])], [figure(**old)])
    after = paper([activity(1, "Mässan", figures=[7])], [figure(**new)])

    (change,) = compare(before, after)

    (field,) = change.fields
    assert (field.name, field.about) == ("target", "Nöjda")
    assert ["".join(one.text for one in side) for side in (field.before, field.after)] == [
        "80 % – Målet ej nått",
        "70 % – Målet nått",
    ]
    assert moved(before, after) == []


def test_another_definition_is_measured_in_another_way():
    before = paper([activity(1, "Mässan", figures=[7])], [figure(definition="Alla som kom.")])
    after = paper([activity(1, "Mässan", figures=[7])], [figure(definition="Alla som anmälde sig.")])

    assert [one.redefined for one in moved(before, after)] == [True]


def test_figure_that_is_gone_has_no_words_for_now():
    assert moved(paper([activity(1, "Mässan", figures=[7])], [figure()]), paper([]))[0].after == ""


@given(st.text(max_size=60), st.text(max_size=60))
def test_marked_pieces_are_the_whole_texts_and_same_words_are_in_both(before, after):
    left, right = marked(before, after)

    assert ("".join(one.text for one in left), "".join(one.text for one in right)) == (before, after)
    same = [[one.text for one in side if one.mark == "same"] for side in (left, right)]
    assert "".join(same[0]) == "".join(same[1])
    assert {one.mark for one in left} <= {"same", "gone"}
    assert {one.mark for one in right} <= {"same", "new"}


def test_section_that_one_of_the_two_did_not_know_is_not_compared():
    before, after = paper([]), paper([]) | {"participation": [{"id": "1281", "title": "Lund", "years": [2019]}]}

    assert compare(before, after) == []
    assert moved(before, after) == []


def test_municipality_that_leaves_is_told_with_its_years():
    def taking_part(*years: int) -> dict[str, Any]:
        return paper([]) | {"participation": [{"id": "1281", "title": "Lund", "years": list(years)}]}

    (change,) = compare(taking_part(2019, 2020), taking_part(2019))

    assert (change.section, change.title, change.kind) == ("participation", "Lund", "changed")
    assert "".join(piece.text for piece in change.fields[0].before) == "2019, 2020"
