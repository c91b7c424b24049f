"""What surveys show on others' pages and papers."""

from collections.abc import Mapping, Sequence

from django.conf import settings
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from registrations.tickets.models import Ticket
from surveys.answers.codes import spoken_class_code
from surveys.answers.models import ClassCode
from surveys.answers.tickets import open_survey_for
from surveys.questionnaires.models import SurveyState


def survey_on_ticket(ticket: Ticket, request: HttpRequest) -> SafeString | str:
    """A way to the visitors' survey for a visitor who was let in and has not answered."""
    if open_survey_for(ticket, timezone.now()) is None:
        return ""
    return render_to_string("surveys/answers/_on_ticket.html", {"ticket": ticket}, request)


def codes_on_sheets(classes: Sequence[int]) -> Mapping[int, str]:
    """The survey's address and the class's code, for the sheets of ``classes`` (keys) that have one."""
    address = (settings.BASE_URL + reverse("surveys:class-code")).partition("://")[2].rstrip("/")
    codes = ClassCode.objects.filter(school_class__in=classes).exclude(survey__state=SurveyState.CLOSED)
    return {
        key: _("What did you think? Afterwards each pupil answers at %(address)s with the code %(code)s.")
        % {"address": address, "code": spoken_class_code(code)}
        for key, code in codes.values_list("school_class", "code")
    }
