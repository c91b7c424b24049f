"""The rooms of an event's workspace, in the order of the work."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from events.programme.models import Event


@dataclass(frozen=True)
class Room:
    """``key`` is what a page calls its room, ``permission`` what lets somebody in, ``url_name`` takes the event's slug.

    ``needs`` names what the event must say of itself for the room to be there; empty: every event has it.
    """

    key: str
    title: str | Promise
    icon: str
    url_name: str
    permission: str
    needs: str = ""

    def is_in(self, event: Event) -> bool:
        return not self.needs or bool(getattr(event, self.needs))


ROOMS = (
    Room("overview", _("Overview"), "house", "events:event-overview", "event.view"),
    Room("exhibitors", _("Applications"), "inbox", "registrations:exhibitor-list", "exhibitors.view"),
    Room("tasks", _("Tasks"), "list-check", "registrations:task-table", "tasks.view", "takes_exhibitors"),
    Room("night", _("Programme"), "calendar-range", "events:night-edit", "event.edit", "takes_schools"),
    Room("stations", _("Stations"), "wrench", "registrations:station-list", "stations.view", "takes_schools"),
    Room("schools", _("Schools"), "mortarboard", "registrations:school-list", "schools.view", "takes_schools"),
    Room("allocation", _("Allocation"), "pie-chart", "registrations:proposal-list", "allocation.view", "takes_schools"),
    Room("hall", _("The hall"), "map", "registrations:hall", "stands.view", "takes_stands"),
    Room(
        "stands",
        _("Stand allocation"),
        "pin-angle",
        "registrations:stand-proposal-list",
        "allocation.view",
        "takes_stands",
    ),
    Room("papers", _("Papers"), "printer", "registrations:papers", "papers.print", "takes_schools"),
    Room("visitors", _("Visitors"), "people", "registrations:visitor-list", "visitors.view", "takes_visitors"),
    Room("money", _("Money"), "cash-coin", "registrations:package-list", "packages.view", "takes_exhibitors"),
    Room("door", _("The door"), "door-open", "registrations:door", "checkin.scan"),
    Room("surveys", _("Surveys"), "clipboard-check", "surveys:survey-list", "surveys.view"),
    Room("followup", _("Follow-up"), "bar-chart", "surveys:event-figures", "figures.view"),
    Room("people", _("People"), "person-badge", "events:event-people", "event.people"),
    Room("settings", _("Settings"), "sliders", "events:event-edit", "event.edit"),
)
