"""The arithmetic of the papers: a team's evening, and the order of stations."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from registrations.papers.rows import Admission, Map, StationRow, ZoneRow, by_number, evening

START = datetime(2027, 4, 22, 17, 0, tzinfo=UTC)
HALL, YARD, NOWHERE = ZoneRow(1, "Hallen"), ZoneRow(2, "Gården"), ZoneRow(None, "")
PLACE = Map(zones=(HALL, YARD), stations=(), walks={(1, 2): 4})


def admission(rounds: int) -> Admission:
    times = tuple((START + timedelta(minutes=20 * n), START + timedelta(minutes=20 * n + 15)) for n in range(rounds))
    return Admission(1, "Insläpp", START, times[-1][1], times)


def station(pk: int, zone: ZoneRow = HALL, duration: int = 1) -> StationRow:
    return StationRow(pk, pk, f"Station {pk}", "", zone, duration=duration)


def test_evening_tells_breaks_and_walks():
    stops = evening([(2, station(1)), (5, station(2, YARD))], admission(6), PLACE)

    told = [(stop.first, stop.last, stop.station and stop.station.pk, stop.walk) for stop in stops]
    assert told == [(1, 1, None, 0), (2, 2, 1, 0), (3, 4, None, 0), (5, 5, 2, 4), (6, 6, None, 0)]
    assert (stops[2].starts_at, stops[2].ends_at) == (START + timedelta(minutes=40), START + timedelta(minutes=75))


def test_long_visit_fills_its_rounds():
    stops = evening([(1, station(1, duration=3))], admission(4), PLACE)

    assert [(stop.first, stop.last) for stop in stops] == [(1, 3), (4, 4)]
    assert stops[0].ends_at == START + timedelta(minutes=55)


def test_visit_that_runs_past_the_last_round_ends_with_it():
    (stop,) = evening([(1, station(1, duration=8))], admission(2), PLACE)

    assert stop.ends_at == START + timedelta(minutes=35)


def test_station_without_a_zone_takes_no_walk():
    stops = evening([(1, station(1)), (2, station(2, NOWHERE)), (3, station(3, YARD))], admission(3), PLACE)

    assert [stop.walk for stop in stops] == [0, 0, 0]


def test_no_visits_are_no_evening():
    assert evening([], admission(3), PLACE) == ()


@given(st.dictionaries(st.integers(1, 12), st.integers(1, 9), max_size=12))
def test_every_round_is_told_once(visits):
    stops = evening([(number, station(pk)) for number, pk in visits.items()], admission(12), PLACE)

    told = [number for stop in stops for number in range(stop.first, stop.last + 1)]
    assert told == (list(range(1, 13)) if visits else [])


def test_stations_without_a_number_come_last():
    rows = [StationRow(1, None, "A", "", HALL), StationRow(2, 10, "B", "", HALL), StationRow(3, 9, "C", "", HALL)]

    assert [row.pk for row in sorted(rows, key=by_number)] == [3, 2, 1]
