"""Attacks all pages at once: the tables of the figures, every school's classes and every company's page together."""

from random import Random

import pytest

from surveys.answers.models import Stratum
from surveys.figures.breakdowns import findings_of_event
from surveys.figures.own.groups import owned_groups
from surveys.figures.own.pages import class_section, company_sections
from surveys.figures.tables import DIMENSIONS
from surveys.questionnaires.models import Audience, SurveyState
from tests import factories, night_factories
from tests.factories import NOW
from tests.surveys.figures.own.test_pages import class_of, host_of, lines_of, met
from tests.surveys.figures.test_suppression import BELOW, told_by

pytestmark = pytest.mark.django_db

Atom = tuple[str, ...]


def evening(random: Random):
    """Three municipalities with two schools each, of one to three classes in two admissions; many few have answered."""
    night = night_factories.NightFactory()
    survey = factories.SurveyFactory(event=night.event, audience=Audience.PUPILS, state=SurveyState.CLOSED)
    factories.QuestionFactory(survey=survey)
    hosts = [host_of(survey) for _number in range(4)]
    bookings = []
    for number in range(6):
        booking = night_factories.BookingFactory(night=night, school__name=f"Skola {number}")
        bookings.append(booking)
        for letter in "ABC"[: random.randint(1, 3)]:
            stratum = Stratum.objects.create(
                survey=survey,
                municipality=f"Kommun {number % 3}",
                school=booking.school.name,
                grade=letter,
                wave=random.choice("12"),
                size=30,
            )
            answers = "".join(random.choices("vs", k=random.choice([0, 1, 2, 3, 4, 6, 9])))
            one = class_of(booking, survey, f"{number}{letter}", answers, stratum)
            for host in random.sample(hosts, 2):
                met(one, host)
    return survey, hosts, bookings


def published(survey, hosts, bookings, atoms: dict[Atom, int], by_key: dict[int, Atom]) -> list[set[Atom]]:
    """The groups of atoms whose figure somebody can read somewhere."""
    (findings,) = findings_of_event(survey.event, at=NOW)
    if findings.finding.suppressed:
        return []
    sums = [set(atoms)]
    for table in findings.tables:
        place = DIMENSIONS.index(table.dimension)
        sums += [{atom for atom in atoms if atom[place] == group.name} for group in table.groups]
    owned = owned_groups(survey)
    for booking in bookings:
        told = [value for _name, value in lines_of(class_section(booking, at=NOW))]
        keys = [owned.of_class(one.pk) for one in booking.classes.order_by("label")]
        sums += [{by_key[key[1]]} for key, value in zip(keys, told, strict=True) if value is not None]
    for host in hosts:
        for _name, value in lines_of(company_sections(host, at=NOW)[0]):
            if value is not None:
                sums.append({by_key[one] for one in owned.companies[owned.of_company(host.pk)]})
    return sums


@pytest.mark.parametrize("seed", range(6))
def test_adversary_with_every_page_finds_no_small_group(seed):
    survey, hosts, bookings = evening(Random(seed))
    by_key = {row.pk: tuple(getattr(row, name) for name in DIMENSIONS) for row in survey.strata.all()}
    atoms = {atom: survey.ballots.filter(stratum=key).count() for key, atom in by_key.items()}

    sums = published(survey, hosts, bookings, atoms, by_key)

    assert len(sums) > 3
    assert list(told_by(sums, atoms)) == []
    assert all(sum(atoms[atom] for atom in group) >= BELOW for group in sums)


def test_adversary_wins_when_pages_only_look_at_themselves():
    """The same evenings with every group of BELOW answers told: the attack is able to win."""
    won = 0
    for seed in range(6):
        survey, _hosts, _bookings = evening(Random(seed))
        by_key = {row.pk: tuple(getattr(row, name) for name in DIMENSIONS) for row in survey.strata.all()}
        atoms = {atom: survey.ballots.filter(stratum=key).count() for key, atom in by_key.items()}
        owned = owned_groups(survey)
        groups = [{by_key[one] for one in members} for members in (*owned.classes.values(), *owned.companies.values())]
        enough = [group for group in groups if sum(atoms[atom] for atom in group) >= BELOW]
        won += any(told_by([set(atoms), *enough], atoms))

    assert won
