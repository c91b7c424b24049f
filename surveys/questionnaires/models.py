"""Surveys and their questions."""

from datetime import datetime
from typing import Any, Self, cast

from django.db import models
from django.db.models import Q
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from events.holding import held_row
from events.programme.models import Event
from surveys.questionnaires.scales import COUNTED, DONT_KNOW, ENDS, LARGEST, NUMERIC, SCALES, Kind, YesNo


class Audience(models.TextChoices):
    EXHIBITORS = "exhibitors", pgettext_lazy("audience of a survey", "Exhibitors")
    VISITORS = "visitors", pgettext_lazy("audience of a survey", "Visitors")
    PUPILS = "pupils", pgettext_lazy("audience of a survey", "Pupils")
    TEACHERS = "teachers", pgettext_lazy("audience of a survey", "Teachers")
    HOSTS = "hosts", pgettext_lazy("audience of a survey", "Host companies")
    PARTICIPANTS = "participants", pgettext_lazy("audience of a survey", "Course participants")


class SurveyState(models.TextChoices):
    DRAFT = "draft", pgettext_lazy("state of a survey", "Draft")
    OPEN = "open", pgettext_lazy("state of a survey", "Open")
    CLOSED = "closed", pgettext_lazy("state of a survey", "Closed")


class SurveyQuerySet(models.QuerySet["Survey"]):
    def for_event(self, event: Event) -> Self:
        return self.filter(event=event)

    def locked(self, pk: int) -> "Survey":
        """The survey's row with its event, locked until the transaction ends.

        Whoever invites, reminds, answers, opens ballots or changes a wording takes it first, before invitations and
        questions. Rows that only point at the survey do not wait for it.
        """
        locked = self.select_for_update(of=("self",), no_key=True)
        return cast("Survey", locked.select_related("event").get(pk=pk))

    def held(self, pk: int) -> "Survey | None":
        """The survey's row, kept as it is until the transaction ends: ``locked`` waits, and is waited for.

        Any number may hold it at the same time, so that those who answer need not wait for one another.
        """
        return held_row(self, pk)

    def note_questions_changed(self, pk: int) -> None:
        """What is remembered of the survey's questions holds no longer. A question says so when it is saved or deleted."""
        self.filter(pk=pk).update(questions_version=models.F("questions_version") + 1)


class Survey(models.Model):
    """What one audience of one event is asked. Answers are taken while it is open."""

    event = models.ForeignKey(Event, models.PROTECT, related_name="surveys")
    audience = models.CharField(_("audience"), max_length=12, choices=Audience)
    slug = models.SlugField(_("address"), max_length=80, unique=True)
    state = models.CharField(_("state"), max_length=10, choices=SurveyState, default=SurveyState.DRAFT)
    opened_at = models.DateTimeField(_("opened"), null=True, blank=True)
    closes_at = models.DateTimeField(_("closes"), null=True, blank=True)
    population = models.PositiveIntegerField(
        _("population"),
        null=True,
        blank=True,
        help_text=_("How many the survey is about. Counted from the registrations when left empty."),
    )

    open_key = models.UUIDField(
        _("open link"),
        null=True,
        blank=True,
        unique=True,
        editable=False,
        help_text=_("Whoever has the open link may answer, as often as they like. None: there is no open link."),
    )
    copied_from = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="copies", editable=False
    )
    # How often its questions have been changed: what a process remembers of them is remembered under it.
    questions_version = models.PositiveIntegerField(default=0, editable=False)

    objects = SurveyQuerySet.as_manager()
    audit_exclude = {"open_key", "questions_version"}

    class Meta:
        verbose_name = _("survey")
        verbose_name_plural = _("surveys")
        ordering = ["event", "audience"]
        constraints = [
            models.UniqueConstraint(
                fields=["event", "audience"],
                name="survey_once_an_audience",
                violation_error_message=_("The audience already has a survey."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.event} · {self.get_audience_display()}"

    def takes_answers(self, at: datetime) -> bool:
        return self.state == SurveyState.OPEN and (self.closes_at is None or at < self.closes_at)


class QuestionQuerySet(models.QuerySet["Question"]):
    def asked(self) -> Self:
        """Those that are asked now: a retired one keeps its answers and is asked no more."""
        return self.filter(retired_at=None)

    def update(self, **values: Any) -> int:
        """As Django's; what is remembered of the surveys' questions holds no longer."""
        surveys = list(self.order_by().values_list("survey", flat=True).distinct())
        changed = super().update(**values)
        for survey in surveys:
            Survey.objects.note_questions_changed(survey)
        return changed


class Question(models.Model):
    """One question of a survey. ``key`` names it in files and figures, ``version`` its wording.

    What has answers keeps its meaning: a change makes another row with the same key and the next version, which
    ``replaces`` it, and the old one is retired. ``options`` are ``{"code", "sv", "en"}`` each, in their order.
    ``lowest`` and ``highest`` bound a number (both included). ``only_if``: asked only of those who answered that
    question with one of ``only_if_values``. ``group`` gathers the index's three.
    """

    survey = models.ForeignKey(Survey, models.CASCADE, related_name="questions")
    key = models.SlugField(_("key"), max_length=40)
    version = models.PositiveSmallIntegerField(_("version"), default=1)
    position = models.PositiveSmallIntegerField(_("position"))
    kind = models.CharField(_("kind"), max_length=14, choices=Kind)
    text = models.CharField(_("question"), max_length=300)
    text_en = models.CharField(_("question in English"), max_length=300)
    required = models.BooleanField(_("must be answered"), default=True)
    options = models.JSONField(_("answers to choose from"), default=list, blank=True)
    lowest = models.IntegerField(_("lowest"), null=True, blank=True)
    highest = models.IntegerField(_("highest"), null=True, blank=True)
    low_label = models.CharField(_("what the lowest means"), max_length=60, blank=True)
    low_label_en = models.CharField(_("what the lowest means, in English"), max_length=60, blank=True)
    high_label = models.CharField(_("what the highest means"), max_length=60, blank=True)
    high_label_en = models.CharField(_("what the highest means, in English"), max_length=60, blank=True)
    offers_dont_know = models.BooleanField(_("“don't know” can be answered"), default=False)
    dont_know_counts = models.BooleanField(
        _("“don't know” is in the base"),
        default=True,
        help_text=_("Whether those who do not know are among those whom the share is of."),
    )
    only_if = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="follows", verbose_name=_("asked only after")
    )
    only_if_values = models.JSONField(_("with one of these answers"), default=list, blank=True)
    group = models.SlugField(_("group"), max_length=40, blank=True)
    replaces = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="replaced_by", editable=False
    )
    retired_at = models.DateTimeField(_("no longer asked since"), null=True, blank=True, editable=False)

    objects = QuestionQuerySet.as_manager()

    class Meta:
        verbose_name = _("question")
        verbose_name_plural = _("questions")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["survey", "key"], condition=Q(retired_at=None), name="question_key_asked_once_a_survey"
            ),
            models.UniqueConstraint(fields=["survey", "key", "version"], name="question_version_once"),
        ]

    def __str__(self) -> str:
        return self.text

    def save(self, *args: Any, **kwargs: Any) -> None:
        super().save(*args, **kwargs)
        Survey.objects.note_questions_changed(self.survey_id)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        deleted = super().delete(*args, **kwargs)
        Survey.objects.note_questions_changed(self.survey_id)
        return deleted

    @property
    def event_id(self) -> int:
        return self.survey.event_id

    @property
    def wording(self) -> str:
        """The question in the reader's language."""
        return self.text_en if get_language() == "en" else self.text

    @property
    def ends(self) -> tuple[int, int]:
        """The lowest and the highest number that can be answered."""
        if self.kind in ENDS:
            return ENDS[self.kind]
        return self.lowest or 0, LARGEST if self.highest is None else self.highest

    @property
    def choices(self) -> list[tuple[str, str]]:
        """The answers to choose from, code and label in the reader's language; none for numbers to type and texts."""
        english = get_language() == "en"
        if self.kind in SCALES:
            labelled = [(code, str(label)) for code, label in SCALES[self.kind].choices]
        elif self.kind in NUMERIC:
            low, high = self.ends
            labelled = [] if self.kind == Kind.NUMBER else [(str(n), str(n)) for n in range(low, high + 1)]
        else:
            labelled = [(one["code"], one["en"] if english and one["en"] else one["sv"]) for one in self.options]
        if self.offers_dont_know and self.kind != Kind.YES_NO:
            labelled.append((DONT_KNOW, str(YesNo.DONT_KNOW.label)))
        return labelled

    @property
    def codes(self) -> list[str]:
        return [code for code, _label in self.choices]

    @property
    def counted(self) -> frozenset[str]:
        """The answers that the question's share counts; none where it has no share."""
        return COUNTED.get(self.kind, frozenset())
