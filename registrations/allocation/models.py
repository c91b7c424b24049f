"""Proposals for who gets which place, what is decided by hand, and the published rounds."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from events.access.models import User
from events.nights.models import Night, Wave
from registrations.bookings.models import SchoolClass
from registrations.exhibitors.models import Exhibitor
from registrations.stations.models import Station


class ProposalKind(models.TextChoices):
    FIRST = "first", pgettext_lazy("kind of proposal", "Allocation")
    REALLOCATION = "reallocation", pgettext_lazy("kind of proposal", "Reallocation")


class ProposalState(models.TextChoices):
    QUEUED = "queued", pgettext_lazy("state of a proposal", "Waits to start")
    RUNNING = "running", pgettext_lazy("state of a proposal", "Running")
    DONE = "done", pgettext_lazy("state of a proposal", "Ready")
    FAILED = "failed", pgettext_lazy("state of a proposal", "Interrupted")

    @classmethod
    def under_way(cls) -> list["ProposalState"]:
        return [cls.QUEUED, cls.RUNNING]


class Failure(models.TextChoices):
    STOPPED = "stopped", pgettext_lazy("why there is no proposal", "It was stopped before there was a first solution.")
    LOST = "lost", pgettext_lazy("why there is no proposal", "The computer that worked on it stopped answering.")
    CRASHED = "crashed", pgettext_lazy("why there is no proposal", "Something went wrong in the computation.")
    LOCKS = "locks", pgettext_lazy("why there is no proposal", "What was decided by hand cannot all be kept.")
    UNREADABLE = "unreadable", pgettext_lazy("why there is no proposal", "The bookings contradict themselves.")


class RunQuerySet(models.QuerySet):
    def under_way(self) -> Self:
        return self.filter(state__in=ProposalState.under_way())

    def published(self) -> Self:
        return self.filter(published_at__isnull=False).order_by("-published_at")


class Run(models.Model):
    """What every proposal has that a solver works out in the background (``runs.py`` tells its life).

    ``instance`` is what was solved, ``solution`` what came out, and ``measures`` what the pages show of it; none of them
    changes afterwards. ``progress`` is overwritten while it runs; ``beat_at`` tells that somebody still works on it.
    ``failure`` is why a run ended without a solution.
    """

    number = models.PositiveIntegerField()
    note = models.CharField(_("note"), max_length=200, blank=True)
    seconds = models.PositiveSmallIntegerField(_("time limit in seconds"), default=60)
    seed = models.PositiveIntegerField(default=1)
    state = models.CharField(_("state"), max_length=10, choices=ProposalState, default=ProposalState.QUEUED)
    instance = models.JSONField()
    solution = models.JSONField(null=True, blank=True)
    measures = models.JSONField(default=dict, blank=True)
    progress = models.JSONField(default=dict, blank=True)
    stop_wanted = models.BooleanField(default=False)
    failure = models.CharField(max_length=20, choices=Failure, blank=True)
    asked_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    asked_at = models.DateTimeField(default=timezone.now)
    started_at = models.DateTimeField(null=True, blank=True)
    beat_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)
    published_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")

    class Meta:
        abstract = True
        ordering = ["-number"]


class ProposalQuerySet(RunQuerySet):
    def for_night(self, night: Night) -> Self:
        return self.filter(night=night)


class Proposal(Run):
    """One run of the allocation on the bookings as they were when it was asked for.

    The instance is ``alloc.schools/1`` or ``alloc.realloc/1``, the solution ``alloc.solution/1``; ``baselines`` is the same
    data by first come, first served. ``locks`` is what was decided by hand when it was asked for.
    """

    night = models.ForeignKey(Night, models.CASCADE, related_name="proposals")
    kind = models.CharField(max_length=14, choices=ProposalKind, default=ProposalKind.FIRST)
    baselines = models.JSONField(default=dict, blank=True)
    locks = models.JSONField(default=list, blank=True)

    objects = ProposalQuerySet.as_manager()
    audit_exclude = {"locks", "instance", "solution", "baselines", "measures", "progress", "beat_at"}

    class Meta(Run.Meta):
        verbose_name = _("proposal")
        verbose_name_plural = _("proposals")
        constraints = [
            models.UniqueConstraint(fields=["night", "number"], name="proposal_number_once_a_night"),
            models.UniqueConstraint(
                fields=["night"],
                condition=Q(state__in=["queued", "running"]),
                name="proposal_one_at_a_time",
                violation_error_message=_("A proposal is already being made."),
            ),
            models.CheckConstraint(
                condition=Q(published_at__isnull=True) | Q(state="done"), name="proposal_published_is_done"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.number}"

    @property
    def event_id(self) -> int:
        return self.night.event_id


class HandPlacing(models.Model):
    """What an organiser has decided by hand about a class: it gets a place (in ``wave``, or in any), or none."""

    school_class = models.OneToOneField(SchoolClass, models.CASCADE, related_name="hand_placing")
    gets_a_place = models.BooleanField()
    wave = models.ForeignKey(Wave, models.CASCADE, null=True, blank=True, related_name="+")
    note = models.CharField(_("why"), max_length=300)
    by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("placing by hand")
        verbose_name_plural = _("placings by hand")
        constraints = [
            models.CheckConstraint(
                condition=Q(gets_a_place=True) | Q(wave__isnull=True), name="hand_placing_refused_has_no_wave"
            )
        ]

    def __str__(self) -> str:
        return f"{self.school_class_id}"


class Team(models.Model):
    """A part of a placed class that goes round together. Made when places are published."""

    school_class = models.ForeignKey(SchoolClass, models.CASCADE, related_name="teams")
    number = models.PositiveSmallIntegerField()
    size = models.PositiveSmallIntegerField(_("pupils"))
    wheelchairs = models.PositiveSmallIntegerField(_("wheelchairs"), default=0)

    class Meta:
        verbose_name = _("team")
        verbose_name_plural = _("teams")
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["school_class", "number"], name="team_number_once_a_class")]

    def __str__(self) -> str:
        return f"{self.school_class.label}-{self.number}"


class Visit(models.Model):
    """A team is at a station from round ``round`` (from 1) of its class's wave, for as long as the station takes."""

    team = models.ForeignKey(Team, models.CASCADE, related_name="visits")
    station = models.ForeignKey(Station, models.PROTECT, related_name="visits")
    round = models.PositiveSmallIntegerField(_("round"))

    class Meta:
        verbose_name = _("station visit")
        verbose_name_plural = _("station visits")
        ordering = ["round"]
        constraints = [
            models.UniqueConstraint(fields=["team", "round"], name="visit_one_station_a_round"),
            models.UniqueConstraint(fields=["team", "station"], name="visit_station_once_a_team"),
        ]

    def __str__(self) -> str:
        return f"{self.team_id} {self.station_id} {self.round}"


class HostLetter(models.Model):
    """The last letter to a company about what is marked on its list: on which day, about which list (``Visiting.shown``)."""

    host = models.OneToOneField(Exhibitor, models.CASCADE, related_name="list_letter")
    day = models.DateField()
    shown = models.CharField(max_length=16)

    class Meta:
        verbose_name = _("letter about a host's list")
        verbose_name_plural = _("letters about hosts' lists")

    def __str__(self) -> str:
        return str(self.host)


class HostList(models.Model):
    """The list of visiting groups that a company last said it had seen: what has changed since is marked.

    ``visits`` are ``[station, wave, round, class, team, pupils]``.
    """

    host = models.OneToOneField(Exhibitor, models.CASCADE, related_name="seen_list")
    visits = models.JSONField(default=list)
    seen_at = models.DateTimeField(_("seen"), default=timezone.now)
    seen_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")

    class Meta:
        verbose_name = _("list that a host has seen")
        verbose_name_plural = _("lists that hosts have seen")

    def __str__(self) -> str:
        return str(self.host)
