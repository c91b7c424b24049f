"""Rows of an evening for pupils, for tests: a night, its admissions and stations, schools and their bookings."""

from datetime import UTC, date, datetime, timedelta

import factory
from factory.django import DjangoModelFactory

from events.municipalities.models import Municipality
from events.nights.models import Field, Night, Wave, Zone
from events.programme.models import Event
from registrations.allocation.models import Proposal, Team, Visit
from registrations.bookings.models import Booking, BookingPerson, BookingRole, ChangeRequest, RequestKind, SchoolClass
from registrations.bookings.states import BookingState
from registrations.schools.models import School
from registrations.stations.models import Station
from tests.factories import NOW, EventFactory, UserFactory

EVENING = datetime(2027, 4, 22, 15, 0, tzinfo=UTC)


class NightFactory(DjangoModelFactory):
    """A published evening on 22 April 2027, open for bookings at NOW: 100 places, 2 stations for each pupil."""

    class Meta:
        model = Night

    event = factory.SubFactory(
        EventFactory,
        kind=Event.Kind.NIGHT,
        slug=factory.Sequence(lambda n: f"natt-{n}"),
        name=factory.Sequence(lambda n: f"Industrinatten {n}"),
        starts_at=EVENING,
        ends_at=EVENING + timedelta(hours=5),
    )
    places = 100
    bookings_open_at = NOW - timedelta(days=10)
    bookings_close_at = NOW + timedelta(days=14)
    answers_on = date(2027, 3, 25)
    visits_per_team = 2
    team_size = 10
    desk_phone = "040-123 45"


class WaveFactory(DjangoModelFactory):
    class Meta:
        model = Wave

    night = factory.SubFactory(NightFactory)
    name = factory.Sequence(lambda n: f"Insläpp {n + 1}")
    starts_at = EVENING
    capacity = 60
    rounds = 4


class ZoneFactory(DjangoModelFactory):
    class Meta:
        model = Zone

    night = factory.SubFactory(NightFactory)
    name = factory.Sequence(lambda n: f"Hall {n + 1}")
    position = factory.Sequence(int)


class FieldFactory(DjangoModelFactory):
    class Meta:
        model = Field

    night = factory.SubFactory(NightFactory)
    name = factory.Sequence(lambda n: f"Bransch {n + 1}")
    position = factory.Sequence(int)


class StationFactory(DjangoModelFactory):
    """The organiser's own station in a zone and a field of its night."""

    class Meta:
        model = Station

    night = factory.SubFactory(NightFactory)
    name = factory.Sequence(lambda n: f"Prova på {n + 1}")
    zone = factory.SubFactory(ZoneFactory, night=factory.SelfAttribute("..night"))
    field = factory.SubFactory(FieldFactory, night=factory.SelfAttribute("..night"))
    capacity = 20


class SchoolFactory(DjangoModelFactory):
    class Meta:
        model = School

    code = factory.Sequence(lambda n: f"{10000000 + n}")
    name = factory.Sequence(lambda n: f"Skola {n}")
    municipality = factory.LazyFunction(lambda: Municipality.objects.get_or_create(code="1281", name="Lund")[0])
    types = "GR"
    principal = "Lunds kommun"


class BookingFactory(DjangoModelFactory):
    """A booking that has been sent; its owner is ``owner``."""

    class Meta:
        model = Booking
        skip_postgeneration_save = True

    night = factory.SubFactory(NightFactory)
    school = factory.SubFactory(SchoolFactory)
    state = BookingState.SENT
    contact_name = "Lena Lärare"
    contact_email = "lena@skola.example"
    contact_phone = "070-123 45 67"
    started_at = NOW - timedelta(days=5)
    sent_at = NOW - timedelta(days=4)

    @factory.post_generation
    def owner(self, create, extracted, **kwargs):
        if create:
            user = extracted or UserFactory()
            BookingPerson.objects.create(booking=self, user=user, role=BookingRole.OWNER, joined_at=self.started_at)


class SchoolClassFactory(DjangoModelFactory):
    class Meta:
        model = SchoolClass

    booking = factory.SubFactory(BookingFactory)
    label = factory.Sequence(lambda n: f"9{chr(65 + n % 26)}{n // 26 or ''}")
    grade = 9
    pupils = 20
    adults = 2
    reason = "Klassen vill se hur det ser ut i verkligheten."


class ChangeRequestFactory(DjangoModelFactory):
    """A school asks for something after the deadline, and has no answer yet."""

    class Meta:
        model = ChangeRequest

    booking = factory.SubFactory(BookingFactory)
    kind = RequestKind.OTHER
    text = "Kan vi få stå nära entrén?"
    asked_at = NOW


class TeamFactory(DjangoModelFactory):
    class Meta:
        model = Team

    school_class = factory.SubFactory(SchoolClassFactory)
    number = factory.Sequence(lambda n: n + 1)
    size = 10


class VisitFactory(DjangoModelFactory):
    class Meta:
        model = Visit

    team = factory.SubFactory(TeamFactory)
    station = factory.SubFactory(StationFactory, night=factory.SelfAttribute("..team.school_class.booking.night"))
    round = 1


class ProposalFactory(DjangoModelFactory):
    class Meta:
        model = Proposal

    night = factory.SubFactory(NightFactory)
    number = factory.Sequence(lambda n: n + 1)
    instance = factory.LazyFunction(dict)
