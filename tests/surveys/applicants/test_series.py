"""The series by hand: sums only of what is told, shares only of what is known."""

from surveys.applicants.chart import BASE, TOP, columns_of
from surveys.applicants.series import Cell, YearSum, series_of

COUNTS = {
    ("1280", 2019): 60,
    ("1281", 2019): 20,
    ("1280", 2020): 66,
    ("1281", 2020): None,
}
COHORTS = {("1280", 2019): 3000, ("1281", 2019): 1000, ("1280", 2020): 3300}


def series():
    return series_of(COUNTS, COHORTS, ["1280", "1281"], nights=[2019])


def test_a_year_is_summed_over_those_who_told():
    assert series().years == [
        YearSum(2019, 80, told=2, per_hundred=2.0, known=2, after_night=False),
        YearSum(2020, 66, told=1, per_hundred=2.0, known=1, after_night=True),
    ]


def test_a_municipality_that_tells_nothing_has_no_number_and_no_share():
    assert series().rows["1281"] == [Cell(20, 2.0), Cell(None, None)]


def test_a_number_without_an_age_group_has_no_share():
    assert series_of({("1281", 2020): 7}, {}, ["1281"], []).rows["1281"] == [Cell(7, None)]


def test_only_complete_years_can_be_compared():
    assert [year.year for year in series().complete_years] == [2019]


def test_a_column_that_is_not_complete_is_hollow_and_the_tallest_fills_the_height():
    first, second = columns_of(series(), "sv")

    assert (first.height, first.y, first.hollow) == (BASE - TOP, TOP, False)
    assert (second.hollow, second.after_night, second.label) == (True, True, "66")
    assert second.height == round((BASE - TOP) * 66 / 80)


def test_without_numbers_there_are_no_columns():
    assert columns_of(series_of({("1281", 2020): None}, {}, ["1281"], []), "sv") == []
