"""Where each person of the demo begins, for the one-click sign-in."""

from collections.abc import Callable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from config.demo.events import coming_fair
from events.plan.models import ActivityPlan
from registrations.visitors.models import Visitor


@dataclass(frozen=True)
class DemoRole:
    """One person to be: ``role`` as in people.toml, what they see first, and why one would want to be them."""

    role: str
    title: str | Promise
    text: str | Promise
    icon: str
    first_page: Callable[[], str]


def _overview() -> str:
    return reverse("events:event-overview", args=[coming_fair().slug])


def _door() -> str:
    return reverse("registrations:door", args=[coming_fair().slug])


def _followup() -> str:
    return reverse("surveys:followup", args=[ActivityPlan.objects.get(first_year=2019).pk, 2019])


def _exhibitors() -> str:
    return reverse("registrations:exhibitor-list", args=[coming_fair().slug])


def _ticket() -> str:
    visitor = Visitor.objects.filter(event=coming_fair()).order_by("pk").first()
    return reverse("registrations:ticket", args=[visitor.ticket.code]) if visitor else reverse("events:start")


def _home() -> str:
    return reverse("events:home")


ROLES = [
    DemoRole(
        "organiser", _("Organiser"), _("Decides on applications and runs the fair."), "clipboard-check", _overview
    ),
    DemoRole("owner", _("Company"), _("Applies to exhibit at the coming fair."), "building", _home),
    DemoRole("door", _("Door staff"), _("Scans tickets at the entrance."), "qr-code-scan", _door),
    DemoRole("visitor", _("Visitor"), _("Has a ticket to the coming fair."), "ticket-perforated", _ticket),
    DemoRole("reader", _("Director"), _("Reads the follow-up of 2019."), "journal-text", _followup),
    DemoRole("teacher", _("Careers adviser"), _("Has booked for classes at the coming evening."), "mortarboard", _home),
    DemoRole("editor", _("Editor"), _("Writes and prepares, but does not publish."), "pencil", _overview),
    DemoRole("treasurer", _("Treasurer"), _("Reads applications and figures."), "cash-coin", _exhibitors),
    DemoRole("member", _("Colleague at the company"), _("Helps with the company's application."), "people", _home),
]
BY_NAME = {demo_role.role: demo_role for demo_role in ROLES}
