"""What exhibitors add to the pages of events: the public list, the overview's numbers, somebody's own applications."""

from datetime import datetime

from django.core.paginator import Paginator
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from events.access.models import User
from events.access.rules import may
from events.mail.services import write_letter
from events.programme.hooks import Decision, Number, Step
from events.programme.models import Event
from registrations.exhibitors.models import Exhibitor
from registrations.exhibitors.queries import confirmed
from registrations.exhibitors.states import State
from registrations.organisations.models import Membership, MembershipRole, Organisation

CARDS = 24


def confirmed_exhibitors(event: Event, request: HttpRequest) -> str:
    """The section of the public page with those who will be there, searchable."""
    if event.kind != Event.Kind.FAIR:
        return ""
    words = request.GET.get("q", "").replace("\0", "")[:100]
    page = Paginator(confirmed(event, words), CARDS).get_page(request.GET.get("page"))
    context = {"event": event, "page": page, "words": words}
    return render_to_string("registrations/exhibitors/public_section.html", context, request)


def overview_numbers(event: Event, user: User) -> list[Number]:
    """Places taken, of how many."""
    if not may(user, "exhibitors.view", event):
        return []
    held = event.exhibitors.holding_a_place().count()
    url = reverse("registrations:exhibitor-list", args=[event.slug])
    title = _("Companies") if event.takes_schools else _("Exhibitors")
    return [Number(title, held, url, _("accepted"), event.capacity)]


def waiting_decisions(event: Event, user: User) -> list[Decision]:
    """Applications without an answer, and people who ask to act for a company that has no owner."""
    decisions = []
    if may(user, "exhibitors.decide", event):
        waiting = event.exhibitors.filter(state=State.APPLIED).count()
        text = ngettext("application to decide on", "applications to decide on", waiting)
        url = reverse("registrations:exhibitor-list", args=[event.slug]) + f"?state={State.APPLIED}"
        decisions.append(Decision(text, waiting, url))
    if may(user, "companies.adopt", event):
        asking = Membership.objects.to_adopt(event).count()
        text = ngettext("person asks to act for a company", "people ask to act for a company", asking)
        decisions.append(Decision(text, asking, reverse("registrations:company-adoptions", args=[event.slug])))
    return [decision for decision in decisions if decision.count]


def tell_of_cancellation(event: Event, by: User, at: datetime) -> None:
    """A letter to the contact person of everybody who has, or still hopes for, a place."""
    hopeful = [State.APPLIED, State.WAITING, State.ACCEPTED]
    for exhibitor in event.exhibitors.filter(state__in=hopeful).select_related("organisation", "started_by"):
        write_letter(
            to=exhibitor.contact_email,
            template="registrations/exhibitors/mail/event_cancelled",
            context={"exhibitor": exhibitor},
            language=exhibitor.started_by.language if exhibitor.started_by else "",
            event=event,
        )


def registered(event: Event) -> int:
    """How many applications the organiser has in hand."""
    return event.exhibitors.filter(state__in=[State.APPLIED, State.WAITING, State.ACCEPTED]).count()


def home_section(user: User, request: HttpRequest) -> str:
    """The user's companies and their applications."""
    companies = list(Organisation.objects.of(user).alphabetical())
    asked = list(user.memberships.asked().select_related("organisation"))
    if not companies and not asked:
        return ""
    exhibitors = Exhibitor.objects.of(user).select_related("event", "organisation").order_by("-event__starts_at")[:20]
    context = {"companies": companies, "asked": asked, "exhibitors": exhibitors}
    return render_to_string("registrations/exhibitors/home_section.html", context, request)


def next_steps(user: User, request: HttpRequest) -> list[Step]:
    """Drafts that can still be sent, and colleagues who wait for an answer."""
    now = timezone.now()
    drafts = Exhibitor.objects.of(user).filter(state=State.DRAFT).select_related("event", "organisation")
    steps = [
        Step(
            _("Send the application for %(company)s") % {"company": draft.organisation},
            _("It is not sent yet: %(event)s.") % {"event": draft.event.title},
            reverse("registrations:own-exhibitor", args=[draft.pk]),
            _("Go on with the application"),
            draft.event.registration_closes_at,
        )
        for draft in drafts
        if draft.event.registration_is_open(now)
    ]
    owned = [m.organisation_id for m in user.memberships.active() if m.role == MembershipRole.OWNER]
    asking = Membership.objects.asked().filter(organisation__in=owned).select_related("user", "organisation")
    answers = [
        Step(
            _("%(person)s wants to join %(company)s") % {"person": membership.user, "company": membership.organisation},
            _("Is it a colleague of yours?"),
            reverse("registrations:organisation", args=[membership.organisation_id]),
            _("Answer"),
        )
        for membership in asking
    ]
    return steps + answers
