"""What a company does with its application."""

from datetime import timedelta

import pytest

from events.access.models import AuditEntry
from events.errors import Stale
from events.mail.models import Letter
from registrations.exhibitors import services
from registrations.exhibitors.models import Exhibitor
from registrations.exhibitors.states import State
from registrations.tickets.models import Ticket, TicketState
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def user():
    return factories.UserFactory(name="Åsa Öberg")


def draft(**fields) -> Exhibitor:
    exhibitor = factories.ExhibitorFactory(state=State.DRAFT, applied_at=None, **fields)
    factories.StandStaffFactory(exhibitor=exhibitor)
    return exhibitor


def test_start_application_twice_is_one_application(user, now):
    event, company = factories.EventFactory(), factories.OrganisationFactory()

    first = services.start_application(event=event, organisation=company, by=user, at=now)
    second = services.start_application(event=event, organisation=company, by=user, at=now)

    assert first == second
    assert (first.state, first.contact_name, first.contact_email) == (State.DRAFT, "Åsa Öberg", user.email)


def test_start_application_copies_last_years_profile(user, now):
    company = factories.OrganisationFactory()
    factories.ExhibitorFactory(organisation=company, profile="Vi gör knäckebröd.", field="Livsmedel")

    exhibitor = services.start_application(event=factories.EventFactory(), organisation=company, by=user, at=now)

    assert (exhibitor.profile, exhibitor.field) == ("Vi gör knäckebröd.", "Livsmedel")


@pytest.mark.parametrize("days", [-31, 14])
def test_start_application_is_refused_outside_the_window(user, now, days):
    with pytest.raises(services.RegistrationClosed):
        services.start_application(
            event=factories.EventFactory(),
            organisation=factories.OrganisationFactory(),
            by=user,
            at=now + timedelta(days=days),
        )

    assert Exhibitor.objects.count() == 0


def test_start_application_takes_a_withdrawn_one_up_again(user, now):
    exhibitor = factories.ExhibitorFactory(state=State.WITHDRAWN)

    again = services.start_application(event=exhibitor.event, organisation=exhibitor.organisation, by=user, at=now)

    assert (again.pk, again.state, again.profile) == (exhibitor.pk, State.DRAFT, exhibitor.profile)


def test_save_details_records_before_and_after(user, now):
    exhibitor = draft(field="Maskiner")

    services.save_details(exhibitor=exhibitor, seen=1, by=user, at=now, field="Bageri")

    entry = AuditEntry.objects.about(exhibitor).get()
    assert (entry.actor, entry.verb, entry.changes) == (user, services.CHANGED, {"field": ["Maskiner", "Bageri"]})


def test_save_details_from_a_second_tab_is_stale(user, now):
    exhibitor = draft()
    services.save_details(exhibitor=exhibitor, seen=1, by=user, at=now, profile="Första fliken")

    with pytest.raises(Stale):
        services.save_details(exhibitor=exhibitor, seen=1, by=user, at=now, profile="Andra fliken")

    exhibitor.refresh_from_db()
    assert exhibitor.profile == "Första fliken"


def test_send_application_hands_it_over_and_sends_receipts(user, now):
    exhibitor = draft(contact_email="kim@foretaget.example")

    services.send_application(exhibitor=exhibitor, by=user, at=now)

    exhibitor.refresh_from_db()
    assert (exhibitor.state, exhibitor.applied_at) == (State.APPLIED, now)
    assert sorted(Letter.objects.values_list("to", flat=True)) == ["kim@foretaget.example", user.email]


def test_send_application_on_a_double_click_is_sent_once(user, now):
    exhibitor = draft(contact_email=user.email)

    services.send_application(exhibitor=exhibitor, by=user, at=now)
    services.send_application(exhibitor=exhibitor, by=user, at=now + timedelta(seconds=1))

    exhibitor.refresh_from_db()
    assert exhibitor.applied_at == now
    assert Letter.objects.count() == 1


@pytest.mark.parametrize(
    ("empty", "step"), [("profile", "profile"), ("field", "profile"), ("contact_phone", "contact")]
)
def test_send_application_says_which_step_lacks_something(user, now, empty, step):
    exhibitor = draft(**{empty: ""})

    with pytest.raises(services.Incomplete) as refusal:
        services.send_application(exhibitor=exhibitor, by=user, at=now)

    assert refusal.value.missing == [step]


def test_send_application_needs_somebody_in_the_stand(user, now):
    exhibitor = factories.ExhibitorFactory(state=State.DRAFT, applied_at=None)

    with pytest.raises(services.Incomplete) as refusal:
        services.send_application(exhibitor=exhibitor, by=user, at=now)

    assert refusal.value.missing == ["staff"]


def test_send_application_after_closing_keeps_the_draft(user, now):
    exhibitor = draft()

    with pytest.raises(services.RegistrationClosed):
        services.send_application(exhibitor=exhibitor, by=user, at=now + timedelta(days=14))

    exhibitor.refresh_from_db()
    assert (exhibitor.state, exhibitor.profile) == (State.DRAFT, "Vi bygger maskiner för bagerier.")
    assert Letter.objects.count() == 0


def test_add_staff_on_a_double_click_is_one_person(user, now):
    exhibitor = draft()

    for _ in range(2):
        services.add_staff(exhibitor=exhibitor, name="Léa Ekström", email="lea@foretaget.example", by=user, at=now)

    assert exhibitor.staff.filter(name="Léa Ekström").count() == 1


def test_add_staff_of_an_accepted_exhibitor_gives_a_badge(user, now):
    exhibitor = factories.ExhibitorFactory(state=State.ACCEPTED)

    person = services.add_staff(exhibitor=exhibitor, name="Ny i montern", email="", by=user, at=now)

    assert person.ticket.state == TicketState.VALID


def test_remove_staff_stops_the_badge_and_keeps_its_trace(user, now):
    exhibitor = factories.ExhibitorFactory(state=State.ACCEPTED)
    person = services.add_staff(exhibitor=exhibitor, name="Slutar snart", email="", by=user, at=now)
    code = person.ticket.code

    services.remove_staff(staff=person, by=user, at=now)

    assert Ticket.objects.get(code=code).state == TicketState.CANCELLED
    assert exhibitor.staff.count() == 0


def test_add_staff_stops_at_twenty(user, now):
    exhibitor = factories.ExhibitorFactory()
    factories.StandStaffFactory.create_batch(services.MAX_STAFF, exhibitor=exhibitor)

    with pytest.raises(services.TooManyStaff):
        services.add_staff(exhibitor=exhibitor, name="En för mycket", email="", by=user, at=now)


def test_withdraw_frees_the_place_and_stops_the_badges(user, now):
    exhibitor = factories.ExhibitorFactory(state=State.ACCEPTED)
    person = services.add_staff(exhibitor=exhibitor, name="I montern", email="", by=user, at=now)

    services.withdraw(exhibitor=exhibitor, by=user, at=now)

    person.ticket.refresh_from_db()
    assert exhibitor.event.exhibitors.holding_a_place().count() == 0
    assert person.ticket.state == TicketState.CANCELLED


def test_withdraw_tells_the_company_and_the_organiser(user, now):
    exhibitor = factories.ExhibitorFactory(state=State.ACCEPTED)

    services.withdraw(exhibitor=exhibitor, by=user, at=now)

    told = sorted(Letter.objects.values_list("to", flat=True))
    assert told == sorted([exhibitor.contact_email, exhibitor.event.contact_email])


def test_withdraw_a_draft_stays_the_companys_own_affair(user, now):
    exhibitor = draft()

    services.withdraw(exhibitor=exhibitor, by=user, at=now)

    assert list(Exhibitor.objects.sent()) == []
    assert Letter.objects.count() == 0


@pytest.mark.parametrize("state", [State.DECLINED, State.WITHDRAWN])
def test_nothing_can_be_changed_in_a_settled_application(user, now, state):
    exhibitor = factories.ExhibitorFactory(state=state)

    with pytest.raises(services.WrongState):
        services.save_details(exhibitor=exhibitor, seen=1, by=user, at=now, profile="Ändrat efteråt")


def test_nothing_can_be_changed_after_the_event(user, now):
    exhibitor = draft()

    with pytest.raises(services.EventOver):
        services.save_details(exhibitor=exhibitor, seen=1, by=user, at=exhibitor.event.ends_at, profile="För sent")
