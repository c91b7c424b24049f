"""What companies and schools read: their own beside everybody's, and nothing that tells of a few."""

from fractions import Fraction

import pytest
from django.urls import reverse

from registrations.exhibitors.states import State
from surveys.answers.models import ClassCode, Stratum
from surveys.figures.own.groups import owned_groups
from surveys.figures.own.pages import class_section, company_sections
from surveys.questionnaires.models import Audience, SurveyState
from tests import factories, night_factories
from tests.factories import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def survey(db):
    """The pupils' survey of an evening, closed, with one question."""
    night = night_factories.NightFactory()
    found = factories.SurveyFactory(event=night.event, audience=Audience.PUPILS, state=SurveyState.CLOSED)
    factories.QuestionFactory(survey=found)
    return found


def school_of(survey, name: str):
    return night_factories.BookingFactory(night=survey.event.night, school__name=name)


def class_of(booking, survey, label: str, answers: str, stratum: Stratum | None = None):
    """A class whose pupils answered with a code: ``v`` very satisfied, ``s`` satisfied."""
    one = night_factories.SchoolClassFactory(booking=booking, label=label)
    if stratum is None:
        stratum = Stratum.objects.create(survey=survey, school=booking.school.name, grade=label, size=len(answers))
    ClassCode.objects.create(survey=survey, school_class=one, code=f"C{one.pk}", cap=30, stratum=stratum)
    question = survey.questions.get()
    for letter in answers:
        ballot = factories.BallotFactory(survey=survey, stratum=stratum)
        value = "very_satisfied" if letter == "v" else "satisfied"
        factories.AnswerFactory(ballot=ballot, question=question, value=value)
    return one


def met(one, host):
    """A team of the class ``one`` comes to a station of the company."""
    team = night_factories.TeamFactory(school_class=one)
    station = night_factories.StationFactory(night=one.booking.night, host=host)
    night_factories.VisitFactory(team=team, station=station)


def host_of(survey, **facts):
    return factories.ExhibitorFactory(event=survey.event, state=State.ACCEPTED, **facts)


def lines_of(section) -> list[tuple[str, float | None]]:
    (compared,) = section.compared
    return [(line.name, line.finding and line.finding.value) for line in compared.lines]


# --- A school ---------------------------------------------------------------------------------------------------------


def test_each_class_stands_beside_all_pupils(survey):
    booking = school_of(survey, "Polhem")
    class_of(booking, survey, "8A", "vvvvvs")
    class_of(booking, survey, "8B", "vssssss")
    class_of(school_of(survey, "Borgar"), survey, "9C", "s" * 7)

    section = class_section(booking, at=NOW)

    assert lines_of(section) == [("8A", pytest.approx(5 / 6)), ("8B", pytest.approx(1 / 7))]
    assert (section.compared[0].finding.k, section.compared[0].finding.n) == (6, 20)


def test_a_class_is_withheld_where_few_answered_and_so_is_what_would_tell_them(survey):
    """The school's figure is known: eight and eighteen of 8A and 8C leave the two of 8B."""
    booking = school_of(survey, "Polhem")
    for label, answers in (("8A", "v" * 8), ("8B", "vs"), ("8C", "s" * 18)):
        class_of(booking, survey, label, answers)
    class_of(school_of(survey, "Borgar"), survey, "9C", "s" * 30)

    told = dict(lines_of(class_section(booking, at=NOW)))

    assert told["8B"] is None
    assert [told["8A"], told["8C"]].count(None) >= 1


def test_classes_of_one_group_are_told_together(survey):
    booking = school_of(survey, "Polhem")
    stratum = Stratum.objects.create(survey=survey, school="Polhem", size=20)
    class_of(booking, survey, "8A", "vvv", stratum)
    class_of(booking, survey, "8B", "sss", stratum)
    class_of(school_of(survey, "Borgar"), survey, "9C", "s" * 7)

    assert lines_of(class_section(booking, at=NOW)) == [("8A och 8B", 0.5)]


def test_a_group_with_a_colleagues_class_says_so(survey):
    booking, others = school_of(survey, "Polhem"), school_of(survey, "Polhem")
    stratum = Stratum.objects.create(survey=survey, school="Polhem", size=20)
    class_of(booking, survey, "8A", "vvv", stratum)
    class_of(others, survey, "8B", "sss", stratum)
    class_of(school_of(survey, "Borgar"), survey, "9C", "s" * 7)

    ((name, value),) = lines_of(class_section(booking, at=NOW))

    assert name.startswith("8A, ")
    assert value == 0.5


def test_a_class_in_a_group_of_several_schools_is_not_told(survey):
    booking = school_of(survey, "Polhem")
    mixed = Stratum.objects.create(survey=survey, municipality="Lund", size=20)
    class_of(booking, survey, "8A", "vvvvvv", mixed)
    class_of(school_of(survey, "Borgar"), survey, "9C", "ssssss", mixed)

    assert lines_of(class_section(booking, at=NOW)) == [("8A", None)]


def test_nothing_is_told_while_the_survey_is_open(survey):
    booking = school_of(survey, "Polhem")
    class_of(booking, survey, "8A", "vvvvvs")
    survey.state = SurveyState.OPEN
    survey.save()

    assert class_section(booking, at=NOW) is None


# --- A company --------------------------------------------------------------------------------------------------------


def test_a_company_reads_what_those_who_came_to_it_answered(survey):
    host = host_of(survey)
    booking = school_of(survey, "Polhem")
    for label, answers in (("8A", "v" * 6), ("8B", "s" * 6)):
        met(class_of(booking, survey, label, answers), host)
    class_of(school_of(survey, "Borgar"), survey, "9C", "s" * 8)

    (section,) = company_sections(host, at=NOW)

    assert [value for _name, value in lines_of(section)] == [0.5]
    assert section.compared[0].finding.value == 0.3


def test_a_class_that_answered_with_others_is_left_out(survey):
    host = host_of(survey)
    booking = school_of(survey, "Polhem")
    stratum = Stratum.objects.create(survey=survey, school="Polhem", size=20)
    met(class_of(booking, survey, "8A", "vvvvvv", stratum), host)
    class_of(booking, survey, "8B", "ssssss", stratum)

    owned = owned_groups(survey)

    assert owned.of_company(host.pk) is None
    assert owned.left_out(host.pk) == 1


def test_two_companies_cannot_tell_a_class_of_few_by_subtraction(survey):
    """One met three classes, the other two of them: between them are the three pupils of the third."""
    one, other = host_of(survey), host_of(survey)
    classes = [
        class_of(school_of(survey, name), survey, label, answers)
        for name, label, answers in (
            ("P", "8A", "v" * 9),
            ("P2", "8B", "vss"),
            ("P3", "8C", "s" * 9),
            ("P4", "9", "s" * 9),
        )
    ]
    for school_class in classes[:3]:
        met(school_class, one)
    for school_class in (classes[0], classes[2]):
        met(school_class, other)

    told = [value for host in (one, other) for _name, value in lines_of(company_sections(host, at=NOW)[0])]

    assert told.count(None) == 1


def test_a_fairs_exhibitor_reads_its_field_and_its_municipality():
    host = factories.ExhibitorFactory(state=State.ACCEPTED, field="Automation")
    town = host.organisation.municipality.name
    survey = factories.SurveyFactory(event=host.event, state=SurveyState.CLOSED)
    question = factories.QuestionFactory(survey=survey)
    for kind, place, values in (("Automation", town, ["very_satisfied"] * 6), ("Textil", "Eslöv", ["satisfied"] * 6)):
        stratum = Stratum.objects.create(survey=survey, kind=kind, municipality=place, size=10)
        for value in values:
            factories.AnswerFactory(
                ballot=factories.BallotFactory(survey=survey, stratum=stratum), question=question, value=value
            )

    (section,) = company_sections(host, at=NOW)

    assert [value for _name, value in lines_of(section)] == [1.0, 1.0]
    assert section.compared[0].finding.value == Fraction(1, 2)


@pytest.mark.parametrize("state", [State.APPLIED, State.DECLINED, State.WITHDRAWN])
def test_a_company_without_a_place_reads_nothing(survey, state):
    host = host_of(survey)
    host.state = state
    host.save()

    assert company_sections(host, at=NOW) == []


# --- The pages --------------------------------------------------------------------------------------------------------


def test_the_schools_own_page_leads_to_the_answers(survey, client_for):
    booking = school_of(survey, "Polhem")
    class_of(booking, survey, "8A", "vvvvvs")
    class_of(school_of(survey, "Borgar"), survey, "9C", "s" * 7)
    client = client_for(booking.people.get().user)
    address = reverse("surveys:booking-answers", args=[booking.pk])

    page = client.get(reverse("registrations:own-booking", args=[booking.pk])).content.decode()
    answers = client.get(address).content.decode()

    assert address in page
    assert "8A" in answers
    assert "style=" not in answers


def test_the_companys_own_page_leads_to_the_answers(survey, client_for):
    host = host_of(survey)
    client = client_for(factories.MembershipFactory(organisation=host.organisation, state="active").user)
    address = reverse("surveys:exhibitor-answers", args=[host.pk])
    own = reverse("registrations:own-exhibitor", args=[host.pk])

    assert address in client.get(own).content.decode()
    assert client.get(address).status_code == 200
    survey.state = SurveyState.OPEN
    survey.save()
    assert address not in client.get(own).content.decode()


def test_answers_take_as_many_queries_for_three_classes(survey, client_for, django_assert_num_queries):
    booking = school_of(survey, "Polhem")
    class_of(booking, survey, "8A", "vvvvvs")
    client = client_for(booking.people.get().user)
    address = reverse("surveys:booking-answers", args=[booking.pk])
    client.get(address)
    with django_assert_num_queries(30, exact=False) as one:
        client.get(address)
    for label in ("8B", "8C"):
        class_of(booking, survey, label, "vvvvss")
    factories.QuestionFactory(survey=survey, key="again")

    with django_assert_num_queries(len(one)):
        client.get(address)
