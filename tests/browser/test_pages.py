"""Every kind of page, at two widths, with axe: in light and dark, empty and full."""

from datetime import timedelta

import pytest
from django.utils import timezone

from config.demo import story
from config.demo.events import coming_fair
from events.access.models import User
from events.plan.models import ActivityPlan
from registrations.bookings.models import Booking
from registrations.exhibitors.models import Exhibitor
from registrations.exhibitors.states import State
from registrations.invoices.models import Reminder
from registrations.organisations.models import MembershipRole, Organisation
from registrations.placement.models import StandOffer
from registrations.stands.models import Stand, StandPlacing
from registrations.tickets.models import Ticket
from surveys.followup.models import Indicator
from surveys.questionnaires.models import Question
from tests.browser.conftest import DESK, PHONE
from tests.factories import MembershipFactory
from tests.registrations.placement.floors import ready_proposal
from tests.stand_factories import PlacingFactory


def addresses() -> dict[str, tuple[str, str]]:
    """name → (role, path), in the demo's world."""
    fair = coming_fair().slug
    plan = ActivityPlan.objects.get().pk
    activity = ActivityPlan.objects.get().activities.filter(events__slug="b2b-2019").get().pk
    applied = Exhibitor.objects.filter(event__slug=fair, state=State.APPLIED).order_by("pk").first()
    holding = Exhibitor.objects.filter(event__slug=fair, state=State.ACCEPTED).order_by("pk")
    accepted, late_one = holding[0].pk, holding[4].pk
    own = Exhibitor.objects.get(event__slug="b2b-2019", organisation__memberships__role="owner")
    host = Exhibitor.objects.get(event__copied_from__slug="industrinatten-2019", organisation=own.organisation)
    night, station = host.event.slug, host.stations.get().pk
    booking = Booking.objects.get(night__event=host.event, contact_email=PEOPLE["teacher"])
    satisfied = Question.objects.get(survey__event__slug="b2b-2019", key="satisfied").pk
    indicator = Indicator.objects.order_by("pk")[1].pk
    asked = f"/e/{fair}/manage/surveys/exhibitors"
    paper = own.orders.get().invoices.get(kind="invoice").pk
    late = Reminder.objects.filter(stage=3).order_by("pk").first().invoice
    company = f"/e/b2b-2019/manage/money/companies/{late.order.exhibitor.organisation_id}/"
    stand = Stand.objects.filter(event__slug=fair, placing__isnull=False).order_by("pk").first()
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
        "own-invoice": ("owner", f"/exhibitors/{own.pk}/invoices/{paper}/"),
        "invoices": ("organiser", "/e/b2b-2019/manage/money/invoices/"),
        "invoices-late": ("organiser", "/e/b2b-2019/manage/money/invoices/?state=overdue"),
        "invoices-none": ("organiser", f"/e/{fair}/manage/money/invoices/?q=finnsinte"),
        "invoice": ("organiser", f"/e/b2b-2019/manage/money/invoices/{late.pk}/"),
        "invoice-credit": ("organiser", f"/e/b2b-2019/manage/money/invoices/{late.pk}/credit/"),
        "invoice-e": ("organiser", f"/e/b2b-2019/manage/money/invoices/{late.pk}/e-invoice/"),
        "invoice-reminders": ("organiser", "/e/b2b-2019/manage/money/invoices/reminders/"),
        "statement": ("organiser", company),
        "issuer": ("organiser", "/e/b2b-2019/manage/money/issuer/"),
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
        "class-needs": ("teacher", f"/bookings/{booking.pk}/classes/{booking.classes.first().pk}/needs/"),
        "schools": ("organiser", f"{room}/schools/"),
        "schools-none": ("organiser", f"{room}/schools/?q=finnsinte"),
        "school-booking": ("organiser", f"{room}/schools/bookings/{booking.pk}/"),
        "school-phones": ("organiser", f"{room}/places/{one.pk}/phoned/"),
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
        "survey": ("organiser", f"{asked}/"),
        "survey-settings": ("organiser", f"{asked}/edit/"),
        "survey-open": ("organiser", f"{asked}/open/"),
        "survey-preview": ("organiser", f"{asked}/preview/"),
        "questions": ("organiser", f"{asked}/questions/new/"),
        "question-new": ("organiser", f"{asked}/questions/new/?kind=choice"),
        "question": ("organiser", f"{asked}/questions/contacts/"),
        "question-remove": ("organiser", f"{asked}/questions/contacts/remove/"),
        "survey-past": ("organiser", "/e/b2b-2019/manage/surveys/exhibitors/"),
        "paper-typing": ("organiser", "/e/b2b-2019/manage/surveys/exhibitors/paper/"),
        "survey-pupils": ("organiser", f"{room}/surveys/pupils/"),
        "class-codes-none": ("organiser", f"{room}/surveys/pupils/codes/"),
        "words-none": ("organiser", f"{room}/surveys/pupils/words/"),
        "class-code": ("-", "/svar/"),
        "link-spent": ("-", "/s/made-up/"),
        "thanks": ("-", "/s/thanks/"),
        "charts-none": ("organiser", f"/e/b2b-2019/manage/figures/groups/{satisfied}/"),
        "figures": ("organiser", "/e/b2b-2019/manage/figures/"),
        "plans": ("organiser", "/plans/"),
        "plan": ("organiser", f"/plans/{plan}/"),
        "activity": ("organiser", f"/plans/{plan}/activities/{activity}/"),
        "follow-up": ("reader", f"/plans/{plan}/follow-up/2019/"),
        "follow-up-frozen": ("reader", f"/plans/{plan}/follow-up/2019/frozen/2/"),
        "follow-up-versions": ("organiser", f"/plans/{plan}/follow-up/2019/frozen/"),
        "follow-up-compared": ("reader", f"/plans/{plan}/follow-up/2019/compare/?from=1&to=2"),
        "share-links": ("organiser", f"/plans/{plan}/follow-up/2019/frozen/2/links/"),
        "directors": ("reader", f"/plans/{plan}/directors/2019/"),
        "indicator": ("organiser", f"/plans/{plan}/indicators/{indicator}/"),
        "indicator-new": ("organiser", f"/plans/{plan}/indicators/new/?activity={activity}"),
        "sentence": ("organiser", f"/plans/{plan}/figures/{indicator}/"),
        "plan-copy": ("organiser", f"/plans/{plan}/copy/"),
        "participation": ("reader", f"/plans/{plan}/participation/"),
        "participation-kept": ("organiser", f"/plans/{plan}/participation/"),
        "hand-over": ("organiser", f"/plans/{plan}/activities/{activity}/hand-over/"),
        "figure-tokens": ("organiser", "/e/b2b-2019/manage/figures/tokens/"),
        "figures-weighted": ("organiser", "/e/b2b-2019/manage/figures/?weights=municipality"),
        "company-answers": ("owner", f"/exhibitors/{own.pk}/answers/"),
        "class-answers-none": ("teacher", f"/bookings/{booking.pk}/answers/"),
        "hall": ("organiser", f"/e/{fair}/manage/hall/"),
        "hall-full": ("organiser", "/e/b2b-2019/manage/hall/"),
        "hall-none": ("organiser", f"/e/{fair}/manage/hall/?q=finnsinte"),
        "hall-new": ("organiser", f"/e/{fair}/manage/hall/new/"),
        "hall-rows": ("organiser", f"/e/{fair}/manage/hall/{stand.hall_id}/rows/"),
        "hall-settings": ("organiser", f"/e/{fair}/manage/hall/settings/"),
        "stand": ("organiser", f"/e/{fair}/manage/hall/stands/{stand.pk}/"),
        "hall-public": ("-", f"/e/{fair}/hall/"),
        "hall-public-found": ("-", "/e/b2b-2019/hall/?q=bygg"),
        "packages": ("organiser", f"/e/{fair}/manage/money/packages/"),
        "package-new": ("organiser", f"/e/{fair}/manage/money/packages/new/"),
        "extras": ("organiser", f"/e/{fair}/manage/money/extras/"),
        "discounts": ("organiser", f"/e/{fair}/manage/money/discounts/"),
        "terms-of-sale": ("organiser", f"/e/{fair}/manage/money/terms/"),
        "orders": ("organiser", f"/e/{fair}/manage/money/orders/"),
        "orders-none": ("organiser", f"/e/{fair}/manage/money/orders/?q=finnsinte"),
        "tasks": ("organiser", f"/e/{fair}/manage/tasks/"),
        "tasks-late": ("organiser", f"/e/{fair}/manage/tasks/?lacks=late"),
        "tasks-none": ("organiser", f"/e/{fair}/manage/tasks/?q=finnsinte"),
        "tasks-unused": ("organiser", "/e/b2b-2019/manage/tasks/"),
        "task-nudge": ("organiser", f"/e/{fair}/manage/tasks/nudge/?chosen={late_one}&chosen={accepted}"),
        "task-settings": ("organiser", f"/e/{fair}/manage/tasks/settings/"),
        "task-settings-none": ("organiser", "/e/b2b-2019/manage/tasks/settings/"),
        "task-new": ("organiser", f"/e/{fair}/manage/tasks/settings/new/own/"),
        "documents": ("organiser", f"/e/{fair}/manage/documents/"),
        "documents-none": ("organiser", "/e/b2b-2019/manage/documents/"),
        "own-tasks": ("owner", f"/exhibitors/{host.pk}/"),
        "task-insurance": ("owner", f"/exhibitors/{host.pk}/insurance/"),
        "badge-replace": ("owner", f"/exhibitors/{own.pk}/staff/{own.staff.first().pk}/replace/"),
        "bank": ("organiser", f"/e/{fair}/manage/money/bank/"),
        "cards": ("organiser", f"/e/{fair}/manage/money/cards/"),
        "books": ("organiser", "/e/b2b-2019/manage/money/books/?first=2019-01-01&last=2019-12-31"),
        "door": ("door", f"/e/{fair}/door/"),
        **stands(),
    }


def stands() -> dict[str, tuple[str, str]]:
    """Two proposals for the coming fair's floor; the owner's company is on its waiting list, with an offer.

    Whoever stands at the door works for a company that has been told of its stand.
    """
    event, now = coming_fair(), timezone.now()
    room = f"/e/{event.slug}/manage/stand-allocation"
    own = Organisation.objects.get(memberships__user__email=PEOPLE["owner"])
    mine, _new = Exhibitor.objects.update_or_create(
        event=event, organisation=own, defaults={"state": State.ACCEPTED, "applied_at": now, "decided_at": now}
    )
    if not event.stand_proposals.exists():
        free = list(Stand.objects.for_event(event).free(now).in_order()[:3])
        without = event.exhibitors.filter(state=State.ACCEPTED, placing=None).exclude(pk=mine.pk).order_by("pk")
        first, second = without[:2]
        ready_proposal(event, {first: free[0], second: free[1]})
        PlacingFactory(stand=free[0], exhibitor=first, told_at=now)
        person = User.objects.get(email=PEOPLE["door"])
        MembershipFactory(organisation=first.organisation, user=person, role=MembershipRole.MEMBER)
        ready_proposal(event, {second: free[1]})
        StandOffer.objects.create(stand=free[2], exhibitor=mine, offered_at=now, until_at=now + timedelta(days=2))
    told = StandPlacing.objects.get(exhibitor__organisation__memberships__user__email=PEOPLE["door"])
    proposal = event.stand_proposals.last()
    moved = proposal.solution["assignments"][0]["exhibitor"]
    return {
        "stands": ("organiser", f"{room}/"),
        "stands-none": ("organiser", "/e/b2b-2019/manage/stand-allocation/"),
        "stand-proposal": ("organiser", f"{room}/1/"),
        "stand-proposal-reader": ("reader", f"{room}/2/?show=without"),
        "stands-compared": ("organiser", f"{room}/compare/?one=1&other=2"),
        "stand-move": ("organiser", f"{room}/1/adjust/?exhibitor={moved}&stand="),
        "stands-publish": ("organiser", f"{room}/2/publish/"),
        "stands-changed": ("organiser", f"{room}/1/publish/"),
        "stands-waiting": ("organiser", f"{room}/waiting/"),
        "own-stand": ("owner", f"/exhibitors/{mine.pk}/"),
        "own-stand-told": ("door", f"/exhibitors/{told.exhibitor_id}/"),
        "stand-decline": ("door", f"/exhibitors/{told.exhibitor_id}/stand/{told.stand_id}/decline/"),
        "stand-choice": ("owner", f"/exhibitors/{mine.pk}/stand/"),
        "hall-tell": ("organiser", f"/e/{event.slug}/manage/hall/tell/"),
        "stand-wishes": ("owner", f"/exhibitors/{mine.pk}/stand/wishes/"),
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
