"""How long it is known who was asked, and how long that which answers came with is kept."""

from datetime import datetime, timedelta

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from events.retention.rules import NOBODY, Rule, nobody
from surveys.answers.models import ClassCode, Invitation, PaperEntry, Receipt, SealedBallot, TextAnswer
from surveys.questionnaires.models import SurveyState


def erase_invited(before: datetime, limit: int) -> int:
    """Leave of each invitation to a survey whose last day was before ``before`` that one was sent, and if it was used.

    A closed survey without a last day counts from the invitation.
    """
    undated = Q(survey__state=SurveyState.CLOSED, survey__closes_at=None, invited_at__lt=before)
    known = Invitation.objects.exclude(email__endswith=NOBODY)
    due = list(known.filter(Q(survey__closes_at__lt=before) | undated).order_by("pk")[:limit])
    for invitation in due:
        invitation.email = nobody()
        invitation.due_letter = ""
    Invitation.objects.bulk_update(due, ["email", "due_letter"])
    return len(due)


INVITED = Rule(
    code="invitations",
    what=_("Invitations to surveys: e-mail"),
    why=_("To ask, to remind, and to let each address answer once."),
    keep=timedelta(days=90),
    since=_("after the survey's last day"),
    then=_("How many were asked stays."),
    erase=erase_invited,
)


def _ended(before: datetime, survey: str = "survey") -> Q:
    """Belongs to a survey that took no answers from aware ``before`` on; one without a last day by its event's."""
    dated = Q(**{f"{survey}__closes_at__lt": before})
    undated = {f"{survey}__closes_at": None, f"{survey}__event__ends_at__lt": before}
    return dated | Q(**undated)


def _erase(found: QuerySet, limit: int) -> int:
    keys = list(found.order_by("pk").values_list("pk", flat=True)[:limit])
    found.model._default_manager.filter(pk__in=keys).delete()
    return len(keys)


def erase_class_codes(before: datetime, limit: int) -> int:
    """Codes of surveys whose last day was before ``before``. The answers that came with them stay."""
    return _erase(ClassCode.objects.filter(_ended(before)), limit)


def erase_receipts(before: datetime, limit: int) -> int:
    """Receipts of surveys whose last day was before ``before``: no phone tries again so late."""
    return _erase(Receipt.objects.filter(_ended(before)), limit)


def erase_paper_entries(before: datetime, limit: int) -> int:
    """Sheets that were typed once, before ``before``, and never a second time."""
    return _erase(PaperEntry.objects.filter(typed_at__lt=before), limit)


def erase_texts(before: datetime, limit: int) -> int:
    """What people wrote in surveys whose last day was before ``before``. Their other answers stay.

    Ballots that were too few to be opened hold their words still: these are emptied of them.
    """
    erased = _erase(TextAnswer.objects.filter(_ended(before, "question__survey")), limit)
    sealed = SealedBallot.objects.filter(_ended(before)).exclude(texts=[]).order_by("pk")
    keys = list(sealed.values_list("pk", flat=True)[: limit - erased])
    SealedBallot.objects.filter(pk__in=keys).update(texts=[])
    return erased + len(keys)


CODES = Rule(
    code="survey-class-codes",
    what=_("Class codes of surveys"),
    why=_("To let each pupil answer once without a name."),
    keep=timedelta(days=90),
    since=_("after the survey's last day"),
    then=_("The answers stay."),
    erase=erase_class_codes,
)
RECEIPTS = Rule(
    code="survey-receipts",
    what=_("Receipts of surveys: random numbers"),
    why=_("So that answers count once, however often a phone sends them."),
    keep=timedelta(days=30),
    since=_("after the survey's last day"),
    then=_("The answers stay."),
    erase=erase_receipts,
)
PAPERS = Rule(
    code="survey-papers",
    what=_("Survey forms on paper that were typed in once"),
    why=_("To compare them with a second typing."),
    keep=timedelta(days=90),
    since=_("after they were typed"),
    then=_("Forms that were typed twice are answers like all others."),
    erase=erase_paper_entries,
)
TEXTS = Rule(
    code="survey-texts",
    what=_("What people wrote in surveys, in words"),
    why=_("To learn what could be better."),
    keep=timedelta(days=2 * 365),
    since=_("after the survey's last day"),
    then=_("The figures stay."),
    erase=erase_texts,
)
