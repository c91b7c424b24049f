"""The organiser's ways in beside letters: codes for classes, and the open link."""

from typing import cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from events.access.models import User
from events.errors import Refusal
from registrations.papers.files import pdf_name, pdf_response
from registrations.tickets.gate import get_ticket
from surveys.answers import ways
from surveys.answers.box import LinkSpent
from surveys.answers.class_codes import listed_codes, make_class_codes
from surveys.answers.codes import spoken_class_code
from surveys.answers.links import token_of
from surveys.answers.pages import show_gone
from surveys.answers.papers import class_posters
from surveys.answers.tickets import invite_ticket
from surveys.questionnaires.gate import get_survey_for


@login_required
@require_safe
def class_codes(request: HttpRequest, slug: str, audience: str) -> HttpResponse:
    """Each class's code, how many answers it takes and how many came."""
    survey = get_survey_for(request.user, slug, audience, "surveys.edit")
    rows = [(code, spoken_class_code(code.code)) for code in listed_codes(survey)]
    context = {"event": survey.event, "survey": survey, "rows": rows}
    return render(request, "surveys/answers/class_codes.html", context)


@login_required
@require_POST
def class_codes_make(request: HttpRequest, slug: str, audience: str) -> HttpResponse:
    survey = get_survey_for(request.user, slug, audience, "surveys.edit")
    try:
        made = make_class_codes(survey=survey, by=cast(User, request.user), at=timezone.now())
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect("surveys:survey", slug, audience)
    if made:
        text = ngettext("%(n)s class has got a code.", "%(n)s classes have got codes.", made)
        messages.success(request, text % {"n": made})
    else:
        messages.info(request, _("Every class with a place has its code. They take as many answers as pupils came."))
    return redirect("surveys:class-codes", slug, audience)


@login_required
@require_safe
def class_codes_print(request: HttpRequest, slug: str, audience: str) -> HttpResponse | FileResponse:
    """A page a class to hang up: a QR and the code to type."""
    survey = get_survey_for(request.user, slug, audience, "surveys.edit")
    codes = list(listed_codes(survey))
    if not codes:
        messages.info(request, _("There are no class codes to print yet."))
        return redirect("surveys:survey", slug, audience)
    return pdf_response(class_posters(survey, codes), pdf_name("enkatkoder", survey.event.slug))


@login_required
def open_link(request: HttpRequest, slug: str, audience: str) -> HttpResponse:
    """Ask on GET; switch the open link on, renew it or switch it off on POST (``on``: 1 or nothing)."""
    survey = get_survey_for(request.user, slug, audience, "surveys.edit")
    if request.method == "POST":
        on = request.POST.get("on") == "1"
        ways.switch_open_link(survey=survey, on=on, by=cast(User, request.user), at=timezone.now())
        messages.success(request, _("The open link is on.") if on else _("The open link is off."))
        return redirect("surveys:survey", slug, audience)
    on = request.GET.get("on") != "0"
    if not on:
        title, text, label = (
            _("Switch the open link off?"),
            _("Whoever has the link can no longer answer with it. What came stays."),
            _("Switch it off"),
        )
    elif survey.open_key:
        title, text, label = (
            _("Make a new open link?"),
            _("The link that is out now stops working. What came with it stays."),
            _("Make a new link"),
        )
    else:
        title, text, label = (
            _("Switch the open link on?"),
            _("Whoever has the link can answer, also more than once. How many it reaches is not known."),
            _("Switch it on"),
        )
    context = {
        "title": title,
        "text": text,
        "action_label": label,
        "fields": [("on", "1" if on else "")],
        "cancel_url": reverse("surveys:survey", args=[slug, audience]),
    }
    return render(request, "components/confirm.html", context)


@require_POST
def ticket_answer(request: HttpRequest, code: str) -> HttpResponse:
    """From the ticket to the survey, for a visitor who came."""
    try:
        invitation = invite_ticket(ticket=get_ticket(request, code, visitors_only=True), at=timezone.now())
    except LinkSpent:
        return show_gone(request)
    return redirect("surveys:answer", token_of(invitation))
