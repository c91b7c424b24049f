"""The pages of the workspace's room "Money", in the order of the work. Each subject has its line here."""

from typing import Any, NamedTuple

from django.contrib.auth.models import AnonymousUser
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from events.access.models import User
from events.access.rules import may
from events.programme.models import Event


class Tab(NamedTuple):
    """``url_name`` takes the event's slug; ``permission`` is on the event."""

    key: str
    title: str | Promise
    url_name: str
    permission: str


TABS = (
    Tab("orders", _("Orders"), "registrations:order-list", "money.view"),
    Tab("invoices", _("Invoices"), "registrations:invoice-list", "money.view"),
    Tab("bank", pgettext_lazy("money", "From the bank"), "registrations:bank", "money.view"),
    Tab("cards", _("Card payments"), "registrations:cards", "money.view"),
    Tab("package", _("Packages"), "registrations:package-list", "packages.view"),
    Tab("addon", _("Extras"), "registrations:addon-list", "packages.view"),
    Tab("discount", _("Discounts"), "registrations:discount-list", "packages.view"),
    Tab("terms", _("Terms of sale"), "registrations:terms", "packages.view"),
    Tab("books", _("Books"), "registrations:books", "money.view"),
)


def tabs_of(event: Event, user: User | AnonymousUser, current: str) -> list[dict[str, Any]]:
    """Those that ``user`` may open, as ``{% tabs %}`` wants them."""
    return [
        {"title": tab.title, "url": reverse(tab.url_name, args=[event.slug]), "current": tab.key == current}
        for tab in TABS
        if may(user, tab.permission, event)
    ]
