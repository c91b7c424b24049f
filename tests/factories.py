"""Rows for tests: each factory gives the plainest valid object; a test names only what it is about."""

from datetime import UTC, datetime, timedelta

import factory
from factory.django import DjangoModelFactory

from events.access.models import Grant, Role, User
from events.municipalities.models import Area, Municipality
from events.plan.models import Activity, ActivityPlan, Goal, Theme
from events.programme.models import Event, EventState, Issuer
from events.venue.models import Venue
from registrations.checkin.models import Gate
from registrations.exhibitors.models import Exhibitor, StandStaff
from registrations.exhibitors.states import State
from registrations.organisations.models import Membership, MembershipRole, MembershipState, Organisation
from registrations.tickets.models import Ticket
from registrations.visitors.models import Visitor
from surveys.answers.models import Answer, Ballot, Invitation, SealedBallot
from surveys.followup.models import Indicator
from surveys.questionnaires.models import Audience, Question, Survey, SurveyState
from surveys.questionnaires.scales import Kind

NOW = datetime(2027, 3, 1, 9, 0, tzinfo=UTC)


def organisation_number(n: int) -> str:
    """The n-th valid number of the invented series 559xxx-xxxx."""
    base = f"559{n:06d}"
    total = sum(sum(divmod(int(digit) * (2 - i % 2), 10)) for i, digit in enumerate(base))
    return base + str(-total % 10)


class UserFactory(DjangoModelFactory):
    class Meta:
        model = User

    email = factory.Sequence(lambda n: f"person{n}@torget.example")
    name = factory.Sequence(lambda n: f"Person {n}")


class AreaFactory(DjangoModelFactory):
    class Meta:
        model = Area

    slug = factory.Sequence(lambda n: f"area-{n}")
    name = factory.Sequence(lambda n: f"Område {n}")


class VenueFactory(DjangoModelFactory):
    class Meta:
        model = Venue

    name = factory.Sequence(lambda n: f"Hallen {n}")
    street = "Mässgatan 1"
    postal_code = "223 50"
    city = "Lund"


class IssuerFactory(DjangoModelFactory):
    class Meta:
        model = Issuer

    name = factory.Sequence(lambda n: f"Kommun {n}")


class PlanFactory(DjangoModelFactory):
    class Meta:
        model = ActivityPlan

    area = factory.SubFactory(AreaFactory)
    title = "Aktivitetsplan"
    first_year = 2027
    last_year = 2028


class ThemeFactory(DjangoModelFactory):
    class Meta:
        model = Theme

    plan = factory.SubFactory(PlanFactory)
    position = 1
    title = "Möten som leder vidare"


class GoalFactory(DjangoModelFactory):
    class Meta:
        model = Goal

    theme = factory.SubFactory(ThemeFactory)
    kind = Goal.Kind.DELIVERY
    number = factory.Sequence(lambda n: f"L{n}")
    text = "Företagen möts"


class ActivityFactory(DjangoModelFactory):
    class Meta:
        model = Activity

    plan = factory.SubFactory(PlanFactory)
    year = 2027
    position = factory.Sequence(int)
    title = factory.Sequence(lambda n: f"Aktivitet {n}")


class EventFactory(DjangoModelFactory):
    """A published fair on 24 March 2027 with registration open at NOW."""

    class Meta:
        model = Event

    area = factory.SubFactory(AreaFactory)
    slug = factory.Sequence(lambda n: f"b2b-{n}")
    name = factory.Sequence(lambda n: f"Företagsmässan {n}")
    summary = "En dag för små och medelstora företag."
    venue = factory.SubFactory(VenueFactory)
    starts_at = datetime(2027, 3, 24, 8, 0, tzinfo=UTC)
    ends_at = datetime(2027, 3, 24, 15, 0, tzinfo=UTC)
    registration_opens_at = NOW - timedelta(days=30)
    registration_closes_at = NOW + timedelta(days=14)
    capacity = 140
    issuer = factory.SubFactory(IssuerFactory)
    contact_email = "massan@torget.example"
    state = EventState.PUBLISHED


class OrganisationFactory(DjangoModelFactory):
    class Meta:
        model = Organisation

    name = factory.Sequence(lambda n: f"Företaget {n} AB")
    organisation_number = factory.Sequence(organisation_number)
    municipality = factory.LazyFunction(lambda: Municipality.objects.get_or_create(code="1281", name="Lund")[0])


class MembershipFactory(DjangoModelFactory):
    class Meta:
        model = Membership

    organisation = factory.SubFactory(OrganisationFactory)
    user = factory.SubFactory(UserFactory)
    role = MembershipRole.OWNER
    state = MembershipState.ACTIVE


class ExhibitorFactory(DjangoModelFactory):
    class Meta:
        model = Exhibitor

    event = factory.SubFactory(EventFactory)
    organisation = factory.SubFactory(OrganisationFactory)
    state = State.APPLIED
    profile = "Vi bygger maskiner för bagerier."
    field = "Maskiner"
    contact_name = "Kim Ek"
    contact_email = "kim@foretaget.example"
    contact_phone = "070-174 06 05"
    applied_at = NOW - timedelta(days=1)


class StandStaffFactory(DjangoModelFactory):
    class Meta:
        model = StandStaff

    exhibitor = factory.SubFactory(ExhibitorFactory, state=State.ACCEPTED)
    name = factory.Sequence(lambda n: f"Monterperson {n}")


class VisitorFactory(DjangoModelFactory):
    class Meta:
        model = Visitor

    event = factory.SubFactory(EventFactory)
    name = factory.Sequence(lambda n: f"Besökare {n}")
    company = "Bageriet AB"
    email = factory.Sequence(lambda n: f"besokare{n}@bageriet.example")


class TicketFactory(DjangoModelFactory):
    """A visitor's ticket; ``staff=…, visitor=None, kind=EXHIBITOR`` makes a badge."""

    class Meta:
        model = Ticket

    visitor = factory.SubFactory(VisitorFactory)
    staff = None
    exhibitor = factory.LazyAttribute(lambda o: o.staff.exhibitor if o.staff else None)
    event = factory.LazyAttribute(lambda o: o.visitor.event if o.visitor else o.staff.exhibitor.event)
    kind = Ticket.Kind.VISITOR


class GateFactory(DjangoModelFactory):
    class Meta:
        model = Gate

    event = factory.SubFactory(EventFactory)
    name = "Huvudentrén"


class SurveyFactory(DjangoModelFactory):
    class Meta:
        model = Survey

    event = factory.SubFactory(EventFactory)
    audience = Audience.EXHIBITORS
    slug = factory.Sequence(lambda n: f"survey-{n}")
    state = SurveyState.OPEN


class QuestionFactory(DjangoModelFactory):
    class Meta:
        model = Question

    survey = factory.SubFactory(SurveyFactory)
    key = "satisfied"
    position = 1
    kind = Kind.SATISFACTION
    text = "Hur nöjd är du?"
    text_en = "How satisfied are you?"


class InvitationFactory(DjangoModelFactory):
    class Meta:
        model = Invitation

    survey = factory.SubFactory(SurveyFactory)
    email = factory.Sequence(lambda n: f"svarar{n}@foretaget.example")


class SealedBallotFactory(DjangoModelFactory):
    class Meta:
        model = SealedBallot

    survey = factory.SubFactory(SurveyFactory)
    answers = factory.LazyAttribute(
        lambda ballot: [[asked.pk, asked.version, asked.codes[0]] for asked in ballot.survey.questions.all()]
    )


class BallotFactory(DjangoModelFactory):
    class Meta:
        model = Ballot

    survey = factory.SubFactory(SurveyFactory)
    source = Ballot.Source.LINK


class AnswerFactory(DjangoModelFactory):
    class Meta:
        model = Answer

    ballot = factory.SubFactory(BallotFactory)
    question = factory.SubFactory(QuestionFactory)
    value = "very_satisfied"


class IndicatorFactory(DjangoModelFactory):
    class Meta:
        model = Indicator

    activity = factory.SubFactory(ActivityFactory)
    event = factory.SubFactory(EventFactory)
    source = Indicator.Source.QUESTION
    question = factory.SubFactory(QuestionFactory)


def grant(user: User, role: Role, *, event: Event | None = None, area: Area | None = None) -> Grant:
    """Give ``user`` a role, as a row."""
    user.__dict__.pop("held_grants", None)
    return Grant.objects.create(user=user, role=role, event=event, area=area)
