"""What the allocation of stands adds to other pages: the company's own page, its next step, the organiser's overview."""

from datetime import datetime

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from events.access.models import User
from events.access.rules import may
from events.programme.hooks import Decision, Step
from events.programme.models import Event
from registrations.exhibitors.models import Exhibitor
from registrations.exhibitors.states import State
from registrations.placement.drawing import drawn_halls
from registrations.placement.models import Nearness, StandOffer, StandWish
from registrations.placement.queries import Line, free_stands, size_of
from registrations.placement.wishes import WISHING, may_wish
from registrations.stands.layout import settings_of
from registrations.stands.models import PlacingState, Stand, StandPlacing


def own_section(exhibitor: Exhibitor, request: HttpRequest) -> str:
    """The company's stand, the offer that it has, or its wishes; nothing where the event gives out no stands."""
    event, at = exhibitor.event, timezone.now()
    if exhibitor.state not in WISHING or event.is_over(at) or not event.stands.exists():
        return ""
    placing = (
        StandPlacing.objects.filter(exhibitor=exhibitor, told_at__isnull=False).select_related("stand__hall").first()
    )
    offer = StandOffer.objects.open(at).filter(exhibitor=exhibitor).select_related("stand__hall").first()
    stand = placing.stand if placing else offer.stand if offer else None
    wish = StandWish.objects.filter(exhibitor=exhibitor).first()
    neighbours = exhibitor.neighbour_wishes.select_related("other__organisation") if wish else []
    context = {
        "exhibitor": exhibitor,
        "placing": placing,
        "offer": offer,
        "stand": stand,
        "size": size_of(stand) if stand else 0,
        "halls": _with_mine(event, stand) if stand else [],
        "wish": wish,
        "near": [row.other for row in neighbours if row.kind == Nearness.NEAR],
        "apart": [row.other for row in neighbours if row.kind == Nearness.APART],
        "may_wish": may_wish(exhibitor),
        "may_answer": event.takes_decisions(at),
        "chooses": exhibitor.state in State.holding()
        and settings_of(event).choice_is_open(at)
        and event.takes_decisions(at),
    }
    return render_to_string("registrations/placement/own_section.html", context, request)


def _with_mine(event: Event, stand: Stand) -> list:
    """The hall with the company's own stand marked; who stands at the others is for others to tell."""
    rows = list(Stand.objects.filter(hall=stand.hall_id))
    kinds = {row.pk: "mine" if row.pk == stand.pk else "other" for row in rows}
    return drawn_halls([stand.hall], rows, {stand.pk: _("You")}, kinds)


def next_steps(user: User, request: HttpRequest) -> list[Step]:
    """Stands and offers that wait for the company's yes."""
    at, mine = timezone.now(), Exhibitor.objects.of(user).filter(state=State.ACCEPTED)
    placings = StandPlacing.objects.filter(
        state=PlacingState.OFFERED, told_at__isnull=False, exhibitor__in=mine, exhibitor__event__ends_at__gt=at
    )
    offers = StandOffer.objects.open(at).filter(exhibitor__in=mine)
    wanted = ("stand", "exhibitor__event", "exhibitor__organisation")
    rows: list[tuple[StandPlacing | StandOffer, datetime | None]] = [
        *((row, None) for row in placings.select_related(*wanted)),
        *((row, row.until_at) for row in offers.select_related(*wanted)),
    ]
    return [
        Step(
            title=_("Say yes to stand %(stand)s at %(event)s")
            % {"stand": row.stand.number, "event": row.exhibitor.event.title},
            text=_("It is kept for %(company)s.") % {"company": row.exhibitor.organisation},
            url=reverse("registrations:own-exhibitor", args=[row.exhibitor_id]),
            action=_("See the stand"),
            by=until,
        )
        for row, until in rows
        if row.exhibitor.event.takes_decisions(at)
    ]


def waiting_decisions(event: Event, user: User) -> list[Decision]:
    """Free stands that fit somebody on the waiting list, once the companies have been told of their stands."""
    at = timezone.now()
    if not may(user, "allocation.publish", event) or not event.takes_decisions(at):
        return []
    if not event.stand_proposals.published().exists():
        return []
    line = Line.of(event, at)
    count = sum(line.next_for(stand) is not None for stand in free_stands(event, at)) if line.waiting else 0
    text = ngettext("free stand to offer to the waiting list", "free stands to offer to the waiting list", count)
    return [Decision(text, count, reverse("registrations:stand-waiting", args=[event.slug]))] if count else []
