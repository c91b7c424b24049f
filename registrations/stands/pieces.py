"""What the hall adds to other pages: a company's next step, the event's public page."""

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from events.access.models import User
from events.programme.hooks import Step
from events.programme.models import Event
from registrations.exhibitors.models import Exhibitor
from registrations.exhibitors.states import State
from registrations.stands.layout import settings_of
from registrations.stands.models import StandPlacing, StandSettings


def public_section(event: Event, request: HttpRequest) -> str:
    """The way to the plan, once somebody stands on it that everybody may see."""
    if not event.takes_stands or not settings_of(event).is_public:
        return ""
    if not StandPlacing.objects.filter(stand__event=event, told_at__isnull=False).exists():
        return ""
    return render_to_string("registrations/stands/public_section.html", {"event": event}, request)


def next_steps(user: User, request: HttpRequest) -> list[Step]:
    """Stands to choose, while there is something to choose."""
    at = timezone.now()
    choosing = StandSettings.objects.filter(choice_open_until_at__gt=at)
    mine = Exhibitor.objects.of(user).filter(state__in=State.holding(), placing__isnull=True)
    rows = mine.filter(event__stand_settings__in=choosing, event__ends_at__gt=at).distinct()
    return [
        _choose(exhibitor)
        for exhibitor in rows.select_related("event__stand_settings", "organisation")
        if exhibitor.event.takes_stands and exhibitor.event.takes_decisions(at)
    ]


def own_next_step(exhibitor: Exhibitor, request: HttpRequest) -> Step | None:
    """The same on the company's own page."""
    event, at = exhibitor.event, timezone.now()
    if exhibitor.state not in State.holding() or not event.takes_stands or not event.takes_decisions(at):
        return None
    if not settings_of(event).choice_is_open(at) or StandPlacing.objects.filter(exhibitor=exhibitor).exists():
        return None
    return _choose(exhibitor)


def _choose(exhibitor: Exhibitor) -> Step:
    return Step(
        title=_("Choose your stand at %(event)s") % {"event": exhibitor.event.title},
        text=_("%(company)s has a place and no stand yet.") % {"company": exhibitor.organisation},
        url=reverse("registrations:stand-choose", args=[exhibitor.pk]),
        action=_("Choose a stand"),
        by=exhibitor.event.stand_settings.choice_open_until_at,
    )
