"""What companies wish of their stands, proposals for who gets which, and offers of stands that became free."""

from datetime import datetime
from typing import Any, Self

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from events.access.models import User
from events.programme.models import Event
from registrations.allocation.models import ProposalState, Run, RunQuerySet
from registrations.exhibitors.models import Exhibitor
from registrations.stands.models import Stand


class StandWish(models.Model):
    """What a company wishes of its stand beside what its package gives. ``power_w``: more than the package's, if so."""

    exhibitor = models.OneToOneField(Exhibitor, models.CASCADE, related_name="stand_wish")
    power_w = models.PositiveIntegerField(_("power that you need"), null=True, blank=True)
    corner = models.BooleanField(_("a corner"), default=False)
    entrance = models.BooleanField(_("near the entrance"), default=False)
    apart_from_field = models.BooleanField(_("not beside others in our line of business"), default=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    audit_exclude = {"version"}

    class Meta:
        verbose_name = _("wishes for the stand")
        verbose_name_plural = _("wishes for the stand")

    def __str__(self) -> str:
        return str(self.exhibitor)

    @property
    def event_id(self) -> int:
        return self.exhibitor.event_id


class Nearness(models.TextChoices):
    NEAR = "near", pgettext_lazy("wish for a neighbour", "Beside")
    APART = "apart", pgettext_lazy("wish for a neighbour", "Not beside")


class NeighbourWish(models.Model):
    """Whom a company wants beside it, or not; of each other company it can only say one of the two."""

    exhibitor = models.ForeignKey(Exhibitor, models.CASCADE, related_name="neighbour_wishes")
    other = models.ForeignKey(Exhibitor, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=5, choices=Nearness)

    class Meta:
        verbose_name = _("wish for a neighbour")
        verbose_name_plural = _("wishes for neighbours")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["exhibitor", "other"],
                name="neighbour_wish_once",
                violation_error_message=_("A company can not be wanted and unwanted beside you."),
            ),
            models.CheckConstraint(condition=~Q(exhibitor=F("other")), name="neighbour_wish_for_others"),
        ]

    def __str__(self) -> str:
        return f"{self.exhibitor_id} {self.kind} {self.other_id}"


class ProposalKind(models.TextChoices):
    SOLVED = "solved", pgettext_lazy("kind of proposal", "Proposal")
    BY_HAND = "by_hand", pgettext_lazy("kind of proposal", "Proposal by hand")


class StandProposalQuerySet(RunQuerySet):
    def for_event(self, event: Event) -> Self:
        return self.filter(event=event)

    def ready(self) -> Self:
        return self.filter(state=ProposalState.DONE)


class StandProposal(Run):
    """Who gets which stand, as the exhibitors and the floor were when it was asked for.

    ``instance`` is what was solved (``alloc.stands/1``), ``fixed`` the stands that were given before, by exhibitor, and
    ``solution`` what came out (``alloc.solution/1``); none of them changes afterwards. One that is adjusted is a proposal
    of its own, BY_HAND, made from ``base``: its ``moves`` tell what was done, ``[[exhibitor, from, to], …]``, and its
    solution is theirs. ``measures`` is what the pages show of it.
    """

    event = models.ForeignKey(Event, models.CASCADE, related_name="stand_proposals")
    kind = models.CharField(max_length=10, choices=ProposalKind, default=ProposalKind.SOLVED)
    base = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="+")
    fixed = models.JSONField(default=dict, blank=True)
    moves = models.JSONField(default=list, blank=True)

    objects = StandProposalQuerySet.as_manager()
    audit_exclude = {"instance", "fixed", "solution", "moves", "measures", "progress", "beat_at"}

    class Meta(Run.Meta):
        verbose_name = _("proposal for the stands")
        verbose_name_plural = _("proposals for the stands")
        constraints = [
            models.UniqueConstraint(fields=["event", "number"], name="stand_proposal_number_once_an_event"),
            models.UniqueConstraint(
                fields=["event"],
                condition=Q(state__in=["queued", "running"]),
                name="stand_proposal_one_at_a_time",
                violation_error_message=_("A proposal is already being made."),
            ),
            models.CheckConstraint(
                condition=Q(published_at__isnull=True) | Q(state="done"), name="stand_proposal_published_is_done"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.number}"

    @property
    def arrangement(self) -> dict[str, str]:
        """The stand of each exhibitor that has one, as ids of the instance."""
        solution: dict[str, Any] = self.solution or {}
        return {row["exhibitor"]: row["stand"] for row in solution.get("assignments", [])}


class OfferEnd(models.TextChoices):
    ACCEPTED = "accepted", pgettext_lazy("how an offer ended", "Accepted")
    DECLINED = "declined", pgettext_lazy("how an offer ended", "Declined")
    LAPSED = "lapsed", pgettext_lazy("how an offer ended", "Unanswered")
    DROPPED = "dropped", pgettext_lazy("how an offer ended", "The company is no longer there")


class StandOfferQuerySet(models.QuerySet["StandOffer"]):
    def for_event(self, event: Event) -> Self:
        return self.filter(stand__event=event)

    def open(self, at: datetime) -> Self:
        """Those that can still be answered at aware time ``at``."""
        return self.filter(ended_at__isnull=True, until_at__gt=at)

    def declined(self) -> Self:
        return self.filter(end=OfferEnd.DECLINED)

    def lapsed(self, at: datetime) -> Self:
        """Those whose time had run out at ``at`` without anybody having written it down yet."""
        return self.filter(ended_at__isnull=True, until_at__lte=at)


class StandOffer(models.Model):
    """A stand that became free, offered to the next on the waiting list. After ``until_at`` it is over by itself."""

    stand = models.ForeignKey(Stand, models.CASCADE, related_name="offers")
    exhibitor = models.ForeignKey(Exhibitor, models.CASCADE, related_name="stand_offers")
    offered_at = models.DateTimeField(default=timezone.now)
    offered_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    until_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    end = models.CharField(max_length=10, choices=OfferEnd, blank=True)

    objects = StandOfferQuerySet.as_manager()

    class Meta:
        verbose_name = _("offer of a stand")
        verbose_name_plural = _("offers of stands")
        ordering = ["-offered_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["stand"], condition=Q(ended_at__isnull=True), name="stand_offer_one_open_a_stand"
            ),
            models.UniqueConstraint(
                fields=["exhibitor"], condition=Q(ended_at__isnull=True), name="stand_offer_one_open_an_exhibitor"
            ),
            models.CheckConstraint(condition=Q(until_at__gt=F("offered_at")), name="stand_offer_has_a_time"),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, end="") | Q(ended_at__isnull=False) & ~Q(end=""),
                name="stand_offer_says_how_it_ended",
            ),
        ]

    def __str__(self) -> str:
        return self.stand.number

    @property
    def event_id(self) -> int:
        return self.stand.event_id

    def is_open(self, at: datetime) -> bool:
        """Whether it can still be answered at aware time ``at``."""
        return self.ended_at is None and at < self.until_at
