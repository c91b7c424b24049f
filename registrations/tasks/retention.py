"""How long it is known what a company plugged in and who insured it."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from events.access import audit
from events.retention.rules import YEAR, Rule
from registrations.tasks.models import InsuranceAnswer, PowerAnswer


def erase_answers(before: datetime, limit: int) -> int:
    """Delete what was told for events that ended before ``before``, with its trail."""
    erased = 0
    for model in (PowerAnswer, InsuranceAnswer):
        due = model._default_manager.filter(exhibitor__event__ends_at__lt=before).order_by("pk")
        chosen = list(due.values_list("pk", flat=True)[: limit - erased])
        audit.forget(model, chosen)
        model._default_manager.filter(pk__in=chosen).delete()
        erased += len(chosen)
    return erased


TASK_ANSWERS = Rule(
    code="task-answers",
    what=_("Exhibitors' answers about power and insurance, and who gave them"),
    why=_("So that the hall has power where it is needed, and to know who is insured."),
    keep=YEAR,
    since=_("after the event"),
    then=_("Nothing of them."),
    erase=erase_answers,
)
