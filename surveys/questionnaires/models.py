"""Surveys and their questions."""

from datetime import datetime
from typing import Self, cast

from django.db import models
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from events.programme.models import Event
from surveys.questionnaires.scales import COUNTED, SCALES, Kind


class Audience(models.TextChoices):
    EXHIBITORS = "exhibitors", pgettext_lazy("audience of a survey", "Exhibitors")
    VISITORS = "visitors", pgettext_lazy("audience of a survey", "Visitors")


class SurveyState(models.TextChoices):
    DRAFT = "draft", pgettext_lazy("state of a survey", "Draft")
    OPEN = "open", pgettext_lazy("state of a survey", "Open")
    CLOSED = "closed", pgettext_lazy("state of a survey", "Closed")


class SurveyQuerySet(models.QuerySet):
    def for_event(self, event: Event) -> Self:
        return self.filter(event=event)

    def locked(self, pk: int) -> "Survey":
        """The survey's row with its event, locked until the transaction ends.

        Whoever invites, reminds, answers, opens ballots or changes a wording takes it first, before invitations and
        questions. Rows that only point at the survey do not wait for it.
        """
        locked = self.select_for_update(of=("self",), no_key=True)
        return cast("Survey", locked.select_related("event").get(pk=pk))


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

    objects = SurveyQuerySet.as_manager()

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


class Question(models.Model):
    """One question of a survey. ``key`` names it in files and figures, ``version`` its wording."""

    survey = models.ForeignKey(Survey, models.CASCADE, related_name="questions")
    key = models.SlugField(_("key"), max_length=40)
    version = models.PositiveSmallIntegerField(_("version"), default=1)
    position = models.PositiveSmallIntegerField(_("position"))
    kind = models.CharField(_("kind"), max_length=14, choices=Kind)
    text = models.CharField(_("question"), max_length=300)
    text_en = models.CharField(_("question in English"), max_length=300)
    required = models.BooleanField(_("must be answered"), default=True)

    class Meta:
        verbose_name = _("question")
        verbose_name_plural = _("questions")
        ordering = ["position", "pk"]
        constraints = [models.UniqueConstraint(fields=["survey", "key"], name="question_key_once_a_survey")]

    def __str__(self) -> str:
        return self.text

    @property
    def event_id(self) -> int:
        return self.survey.event_id

    @property
    def wording(self) -> str:
        """The question in the reader's language."""
        return self.text_en if get_language() == "en" else self.text

    @property
    def scale(self) -> type[models.TextChoices]:
        return SCALES[self.kind]

    @property
    def counted(self) -> frozenset[str]:
        """The answers that the question's figure counts."""
        return COUNTED[self.kind]
