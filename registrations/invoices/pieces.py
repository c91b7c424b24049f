"""What papers add to other pages: the company's own page, what waits for a decision."""

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import ngettext

from events.access.models import User
from events.access.rules import may
from events.programme.hooks import Decision
from events.programme.models import Event
from registrations.exhibitors.models import Exhibitor
from registrations.invoices.queries import own_papers, shown
from registrations.invoices.reminders import due_reminders


def own_section(exhibitor: Exhibitor, request: HttpRequest) -> str:
    """The company's papers of the event, with what is left to pay."""
    rows = shown(own_papers(exhibitor.pk), timezone.localdate())
    if not rows:
        return ""
    left = sum(row.invoice.left_ore for row in rows if row.standing and row.invoice.left_ore > 0)
    context = {"exhibitor": exhibitor, "rows": rows, "left_ore": left}
    return render_to_string("registrations/invoices/own_section.html", context, request)


def waiting_decisions(event: Event, user: User) -> list[Decision]:
    """Invoices that may be reminded of."""
    if not may(user, "money.handle", event):
        return []
    count = len(due_reminders(event, timezone.localdate()))
    if not count:
        return []
    text = ngettext("late invoice to remind of", "late invoices to remind of", count)
    return [Decision(text, count, reverse("registrations:invoice-reminders", args=[event.slug]))]
