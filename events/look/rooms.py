"""The rooms of an event's workspace, in the order of the work."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Room:
    """``key`` is what a page calls its room, ``permission`` what lets somebody in, ``url_name`` takes the event's slug."""

    key: str
    title: str | Promise
    icon: str
    url_name: str
    permission: str


ROOMS = (
    Room("overview", _("Overview"), "house", "events:event-overview", "event.view"),
    Room("exhibitors", _("Applications"), "inbox", "registrations:exhibitor-list", "exhibitors.view"),
    Room("visitors", _("Visitors"), "people", "registrations:visitor-list", "visitors.view"),
    Room("door", _("The door"), "door-open", "registrations:door", "checkin.scan"),
    Room("surveys", _("Surveys"), "clipboard-check", "surveys:survey-list", "surveys.view"),
    Room("followup", _("Follow-up"), "bar-chart", "surveys:event-figures", "figures.view"),
    Room("people", _("People"), "person-badge", "events:event-people", "event.people"),
    Room("settings", _("Settings"), "sliders", "events:event-edit", "event.edit"),
)
