"""Companies that come back, and where they are from: counted by hand on a few fairs of a few years."""

from datetime import UTC, datetime, timedelta

import pytest

from events.municipalities.models import Municipality
from events.programme.models import Event, EventState
from registrations.exhibitors.states import State
from surveys.figures.companies import Companies, companies_of
from surveys.figures.queries import counts_of_events, keys_of
from tests import factories
from tests.factories import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def area():
    return factories.AreaFactory()


def fair(area, year: int, starts: datetime | None = None, **also) -> Event:
    """A fair on 12 March of ``year``, or when it ``starts``."""
    starts = starts or datetime(year, 3, 12, 8, tzinfo=UTC)
    return factories.EventFactory(
        area=area,
        starts_at=starts,
        ends_at=starts + timedelta(hours=7),
        registration_opens_at=starts - timedelta(days=60),
        registration_closes_at=starts - timedelta(days=10),
        **also,
    )


def exhibit(event: Event, *companies, state: State = State.ACCEPTED) -> None:
    for company in companies:
        factories.ExhibitorFactory(event=event, organisation=company, state=state)


def test_a_company_returns_that_held_a_place_in_an_earlier_year_of_the_same_kind_of_event(area):
    a, b, c, d, e = factories.OrganisationFactory.create_batch(5)
    first, second, third = fair(area, 2018), fair(area, 2019), fair(area, 2020)
    exhibit(first, a, b)
    exhibit(second, a, c)
    exhibit(second, d, state=State.WAITING)
    exhibit(third, a, b, c, d, e)

    found = companies_of([first.pk, second.pk, third.pk])

    # 2018 has none before it; in 2019 a returns, in 2020 a, b and c; d never held a place.
    assert {pk: (one.all, one.returning) for pk, one in found.items()} == {
        first.pk: (2, None),
        second.pk: (2, 1),
        third.pk: (5, 3),
    }


def test_other_areas_kinds_cancelled_events_and_the_same_year_are_no_earlier_year(area):
    company = factories.OrganisationFactory()
    event = fair(area, 2020)
    exhibit(event, company)
    for other in (
        fair(factories.AreaFactory(), 2019),
        fair(area, 2019, kind=Event.Kind.NIGHT),
        fair(area, 2019, state=EventState.CANCELLED),
        fair(area, 2020, starts=datetime(2020, 1, 20, 8, tzinfo=UTC)),
        fair(area, 2021),
    ):
        exhibit(other, company)

    assert companies_of([event.pk])[event.pk].returning is None


def test_new_year_in_stockholm_is_what_counts(area):
    company = factories.OrganisationFactory()
    # 31 December 2019, 23.30 in UTC: half past midnight on New Year's Day.
    late = fair(area, 2020, starts=datetime(2019, 12, 31, 23, 30, tzinfo=UTC))
    event = fair(area, 2020)
    exhibit(late, company)
    exhibit(event, company)

    assert companies_of([event.pk])[event.pk].returning is None


def test_municipalities_come_with_the_most_first_then_by_the_alphabet_and_elsewhere_apart(area):
    event = fair(area, 2020)
    lund, malmo, eslov = (Municipality.objects.get(name=name) for name in ("Lund", "Malmö", "Eslöv"))
    for town, n in ((lund, 1), (malmo, 3), (eslov, 1), (None, 2)):
        exhibit(event, *factories.OrganisationFactory.create_batch(n, municipality=town))

    found = companies_of([event.pk])[event.pk]

    assert found == Companies(7, None, (("Malmö", 3), ("Eslöv", 1), ("Lund", 1)), 2)
    count = counts_of_events([event], at=NOW)[event.pk, "municipalities"]
    assert (count.value, count.parts) == (3, (("Malmö", 3), ("Eslöv", 1), ("Lund", 1), ("elsewhere", 2)))


@pytest.mark.parametrize("events", [1, 3])
def test_as_many_queries_however_many_events(area, events, django_assert_num_queries):
    rows = [fair(area, 2018 + n) for n in range(events)]
    for row in rows:
        exhibit(row, factories.OrganisationFactory())

    with django_assert_num_queries(2):
        companies_of([row.pk for row in rows])


def test_course_has_participants_not_companies():
    assert "returning" not in keys_of(Event(kind=Event.Kind.COURSE))
