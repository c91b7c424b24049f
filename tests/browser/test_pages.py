"""Every kind of page, at two widths, with axe: in light and dark, empty and full."""

import pytest
from django.utils import timezone

from config.demo import story
from config.demo.events import coming_fair
from events.access.models import User
from events.plan.models import ActivityPlan
from registrations.bookings.models import Booking
from registrations.exhibitors.models import Exhibitor
from registrations.exhibitors.states import State
from registrations.tickets.models import Ticket
from tests.browser.conftest import DESK, PHONE


def addresses() -> dict[str, tuple[str, str]]:
    """name → (role, path), in the demo's world."""
    fair = coming_fair().slug
    plan = ActivityPlan.objects.get().pk
    activity = ActivityPlan.objects.get().activities.filter(events__slug="b2b-2019").get().pk
    applied = Exhibitor.objects.filter(event__slug=fair, state=State.APPLIED).order_by("pk").first()
    own = Exhibitor.objects.get(event__slug="b2b-2019", organisation__memberships__role="owner")
    host = Exhibitor.objects.get(event__copied_from__slug="industrinatten-2019", organisation=own.organisation)
    night, station = host.event.slug, host.stations.get().pk
    booking = Booking.objects.get(night__event=host.event, contact_email=PEOPLE["teacher"])
    one, room = booking.classes.first(), f"/e/{night}/manage"
    ticket = Ticket.objects.filter(event__slug=fair, visitor__isnull=False).order_by("pk").first()
    return {
        "start": ("-", "/"),
        "event": ("-", f"/e/{fair}/"),
        "event-past": ("-", "/e/b2b-2019/"),
        "sign-in": ("-", "/accounts/login/code/"),
        "accessibility": ("-", "/accessibility/"),
        "personal-data": ("-", "/personal-data/"),
        "not-found": ("-", "/nothing-here/"),
        "visit": ("-", f"/e/{fair}/visit/"),
        "ticket": ("-", f"/t/{ticket.code}/"),
        "home": ("owner", "/me/"),
        "profile": ("owner", "/me/profile/"),
        "apply": ("owner", f"/e/{fair}/apply/"),
        "company-add": ("owner", f"/e/{fair}/apply/add/?number=5560125790"),
        "company": ("owner", f"/companies/{own.organisation_id}/"),
        "own-exhibitor": ("owner", f"/exhibitors/{own.pk}/"),
        "exhibitor-profile": ("owner", f"/exhibitors/{own.pk}/profile/"),
        "exhibitor-staff": ("owner", f"/exhibitors/{own.pk}/staff/"),
        "exhibitor-send": ("owner", f"/exhibitors/{own.pk}/send/"),
        "night": ("-", f"/e/{night}/"),
        "night-programme": ("organiser", f"/e/{night}/manage/programme/"),
        "stations": ("organiser", f"/e/{night}/manage/stations/"),
        "stations-none": ("organiser", f"/e/{night}/manage/stations/?q=finnsinte"),
        "station": ("organiser", f"/e/{night}/manage/stations/{station}/"),
        "station-rounds": ("organiser", f"/e/{night}/manage/stations/{station}/rounds/"),
        "host": ("owner", f"/exhibitors/{host.pk}/"),
        "host-stations": ("owner", f"/exhibitors/{host.pk}/stations/"),
        "host-station": ("owner", f"/exhibitors/{host.pk}/stations/{station}/"),
        "night-past": ("-", "/e/industrinatten-2019/"),
        "night-overview": ("organiser", f"{room}/"),
        "home-organiser": ("organiser", "/me/"),
        "home-teacher": ("teacher", "/me/"),
        "own-booking": ("teacher", f"/bookings/{booking.pk}/"),
        "booking-needs": ("teacher", f"/bookings/{booking.pk}/needs/"),
        "schools": ("organiser", f"{room}/schools/"),
        "schools-none": ("organiser", f"{room}/schools/?q=finnsinte"),
        "school-booking": ("organiser", f"{room}/schools/bookings/{booking.pk}/"),
        "school-score": ("organiser", f"{room}/schools/points/{one.pk}/"),
        "school-requests": ("organiser", f"{room}/schools/requests/"),
        "school-twins": ("organiser", f"{room}/schools/twins/"),
        "register": ("organiser", f"{room}/schools/register/"),
        "register-import": ("organiser", f"{room}/schools/register/import/"),
        "register-school": ("organiser", f"{room}/schools/register/{booking.school.code}/"),
        "allocation": ("organiser", f"{room}/allocation/"),
        "allocation-rule": ("organiser", f"{room}/allocation/rule/"),
        "places-none": ("organiser", f"{room}/places/"),
        "papers-none": ("organiser", f"{room}/papers/"),
        "night-figures": ("organiser", "/e/industrinatten-2019/manage/figures/"),
        "applicants": ("organiser", "/e/industrinatten-2019/manage/applicants/"),
        "reported": ("organiser", "/e/industrinatten-2019/manage/figures/reported/"),
        "overview": ("organiser", f"/e/{fair}/manage/"),
        "exhibitors": ("organiser", f"/e/{fair}/manage/exhibitors/"),
        "exhibitors-none": ("organiser", f"/e/{fair}/manage/exhibitors/?q=finnsinte"),
        "exhibitor": ("organiser", f"/e/{fair}/manage/exhibitors/{applied.pk}/"),
        "adoptions": ("organiser", f"/e/{fair}/manage/companies/"),
        "visitors": ("organiser", f"/e/{fair}/manage/visitors/"),
        "people": ("organiser", f"/e/{fair}/manage/people/"),
        "event-edit": ("organiser", f"/e/{fair}/manage/edit/"),
        "surveys": ("organiser", f"/e/{fair}/manage/surveys/"),
        "surveys-past": ("organiser", "/e/b2b-2019/manage/surveys/"),
        "figures": ("organiser", "/e/b2b-2019/manage/figures/"),
        "plans": ("organiser", "/plans/"),
        "plan": ("organiser", f"/plans/{plan}/"),
        "activity": ("organiser", f"/plans/{plan}/activities/{activity}/"),
        "follow-up": ("reader", f"/plans/{plan}/follow-up/2019/"),
        "door": ("door", f"/e/{fair}/door/"),
    }


PEOPLE = {
    "organiser": "karin.dunberg@torget.example",
    "owner": "leila.hallback@kuggfro-automation.example",
    "reader": "birger.tallmark@torget.example",
    "teacher": "mirjam.solbacke@biskopsparkens-skola.example",
    "door": "amadou.rosvik@torget.example",
}


def visit_all(open_page, axe, no_sideways, complaints, size, scheme) -> None:
    story.tell(today=timezone.localdate())
    for name, (role, path) in addresses().items():
        user = None if role == "-" else User.objects.get(email=PEOPLE[role])
        page = open_page(path, user=user, size=size, color_scheme=scheme)
        if name == "not-found":
            complaints.clear()
        axe(page)
        no_sideways(page)
        page.context.close()


@pytest.mark.parametrize(("size", "scheme"), [(PHONE, "light"), (DESK, "dark")], ids=["phone", "desk in the dark"])
def test_every_page_is_accessible_and_fits(open_page, axe, no_sideways, complaints, settings, size, scheme):
    settings.ORGANISERS_NEED_MFA = False
    visit_all(open_page, axe, no_sideways, complaints, size, scheme)
