"""What the organiser asks of its exhibitors, what they answered, and which letters they got about it.

How a task stands is nowhere stored: ``states.py`` works it out.
"""

from typing import Any, Self

from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from events.access.models import User
from events.programme.models import Event
from registrations.exhibitors.models import Exhibitor
from registrations.tasks.states import Asked, TaskKind

YES_NO = [(True, _("Yes")), (False, _("No"))]
MOST_WATTS = 100_000
MOST_OUTLETS = 100


class TaskQuerySet(models.QuerySet):
    def for_event(self, event: Event) -> Self:
        return self.filter(event=event)

    def switched_on(self) -> Self:
        return self.filter(is_on=True)


class Task(models.Model):
    """One thing that an event asks of each exhibitor until the end of ``due_on``.

    Late answers are taken until ``closed_at`` is set. What is switched off is asked of nobody; its answers stay.
    """

    event = models.ForeignKey(Event, models.PROTECT, related_name="tasks")
    kind = models.CharField(_("kind"), max_length=10, choices=TaskKind)
    name = models.CharField(_("what is to be done"), max_length=80, blank=True)
    name_en = models.CharField(_("the same in English"), max_length=80, blank=True)
    words = models.TextField(
        _("help text"), max_length=600, blank=True, help_text=_("What the company should know to do it.")
    )
    words_en = models.TextField(_("help text in English"), max_length=600, blank=True)
    due_on = models.DateField(_("last day"))
    is_on = models.BooleanField(_("asked for"), default=True)
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True)
    position = models.PositiveSmallIntegerField(default=0)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = TaskQuerySet.as_manager()
    audit_exclude = {"version"}

    class Meta:
        verbose_name = _("task")
        verbose_name_plural = _("tasks")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["event", "kind"],
                condition=~Q(kind=TaskKind.OWN),
                name="task_kind_once_an_event",
                violation_error_message=_("The event has that task already."),
            ),
            models.UniqueConstraint(
                fields=["event", "name"],
                condition=Q(kind=TaskKind.OWN),
                name="task_name_once_an_event",
                violation_error_message=_("There is a task with that name already."),
            ),
            models.CheckConstraint(
                condition=Q(kind=TaskKind.OWN) & ~Q(name="") | ~Q(kind=TaskKind.OWN) & Q(name="", name_en=""),
                name="task_own_has_a_name",
                violation_error_message=_("Say what is to be done."),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def title(self) -> str:
        """What it is called in the reader's language."""
        if self.kind != TaskKind.OWN:
            return str(TaskKind(self.kind).label)
        return self.name_en if self.name_en and get_language() == "en" else self.name

    @property
    def help(self) -> str:
        """The organiser's help text in the reader's language."""
        return self.words_en if self.words_en and get_language() == "en" else self.words

    @property
    def is_own(self) -> bool:
        return self.kind == TaskKind.OWN

    def asked(self) -> Asked:
        return Asked(self.pk, TaskKind(self.kind), self.due_on, self.closed_at is not None)


class Answer(models.Model):
    """What the forms of this subject have in common. ``answered_by`` is gone when the person is."""

    exhibitor: Any
    answered_at = models.DateTimeField(default=timezone.now)
    answered_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    version = models.PositiveIntegerField(default=1, editable=False)

    audit_exclude = {"version", "answered_at", "answered_by"}

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return str(self.exhibitor)

    @property
    def event_id(self) -> int:
        return self.exhibitor.event_id


class PowerAnswer(Answer):
    """What a company plugs in; without need of power the numbers are 0."""

    exhibitor = models.OneToOneField(Exhibitor, models.CASCADE, related_name="power")
    needs_power = models.BooleanField(_("Do you need power in the stand?"), choices=YES_NO)
    what = models.TextField(
        _("What do you plug in?"),
        max_length=600,
        blank=True,
        help_text=_("Such as a coffee machine, two screens and a robot."),
    )
    watts = models.PositiveIntegerField(
        _("How many watts together?"),
        default=0,
        blank=True,
        validators=[MaxValueValidator(MOST_WATTS)],
        help_text=_("It says on each machine. Add them up; a laptop is about 100 W, a coffee machine 1 500 W."),
    )
    outlets = models.PositiveSmallIntegerField(
        _("How many outlets?"), default=0, blank=True, validators=[MaxValueValidator(MOST_OUTLETS)]
    )
    at_night = models.BooleanField(
        _("Something must have power at night"),
        choices=YES_NO,
        default=False,
    )

    class Meta:
        verbose_name = _("power in the stand")
        verbose_name_plural = _("power in the stands")
        constraints = [
            models.CheckConstraint(
                condition=Q(needs_power=True, watts__gte=1, watts__lte=MOST_WATTS, outlets__gte=1)
                & Q(outlets__lte=MOST_OUTLETS)
                & ~Q(what="")
                | Q(needs_power=False, watts=0, outlets=0, at_night=False, what=""),
                name="power_is_whole",
                violation_error_message=_("Say what you plug in, how many watts and how many outlets."),
            )
        ]


class InsuranceAnswer(Answer):
    """Whether a company is insured for what it has and does at the event."""

    exhibitor = models.OneToOneField(Exhibitor, models.CASCADE, related_name="insurance")
    is_insured = models.BooleanField(_("Does your insurance hold at the event?"), choices=YES_NO)
    insurer = models.CharField(_("If yes: which insurance company?"), max_length=80, blank=True)

    class Meta:
        verbose_name = _("insurance")
        verbose_name_plural = _("insurances")
        constraints = [
            models.CheckConstraint(
                condition=Q(is_insured=True) & ~Q(insurer="") | Q(is_insured=False, insurer=""),
                name="insurance_has_an_insurer",
                violation_error_message=_("Say which company insures you."),
            )
        ]


class Tick(models.Model):
    """A company has done one of the organiser's own tasks, by its own word."""

    task = models.ForeignKey(Task, models.CASCADE, related_name="ticks")
    exhibitor = models.ForeignKey(Exhibitor, models.CASCADE, related_name="task_ticks")
    ticked_at = models.DateTimeField(default=timezone.now)
    ticked_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")

    class Meta:
        verbose_name = _("done task")
        verbose_name_plural = _("done tasks")
        constraints = [models.UniqueConstraint(fields=["task", "exhibitor"], name="task_ticked_once")]

    def __str__(self) -> str:
        return f"{self.task}: {self.exhibitor}"


class TaskLetter(models.Model):
    """The stamp of a letter about tasks: one digest a week (``on`` is its Monday), one nudge a day."""

    class Kind(models.TextChoices):
        DIGEST = "digest", _("Weekly digest")
        NUDGE = "nudge", _("Reminder from the organiser")

    exhibitor = models.ForeignKey(Exhibitor, models.CASCADE, related_name="task_letters")
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    on = models.DateField(_("day"))
    sent_at = models.DateTimeField(_("sent"))
    sent_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")

    class Meta:
        verbose_name = _("letter about tasks")
        verbose_name_plural = _("letters about tasks")
        constraints = [models.UniqueConstraint(fields=["exhibitor", "kind", "on"], name="task_letter_once")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.exhibitor}"
