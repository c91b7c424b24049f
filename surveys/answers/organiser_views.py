"""The organiser asks people to answer, and walks through a survey as they will see it."""

from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from events.errors import Refusal
from surveys.answers import services
from surveys.answers.box import asked_questions, asks_of
from surveys.answers.pages import form_of, show_place, show_thanks
from surveys.answers.queries import turnout, who_came
from surveys.answers.steps import move, start
from surveys.questionnaires.gate import get_survey_for


@login_required
def survey_invite(request: HttpRequest, slug: str, audience: str) -> HttpResponse:
    """Say how many will get a letter on GET, send on POST."""
    survey = get_survey_for(request.user, slug, audience, "surveys.edit")
    if request.method == "POST":
        return _send(request, slug, audience, services.invite)
    known = set(survey.invitations.values_list("email", flat=True))
    new = len(who_came(survey).keys() - known)
    text = ngettext(
        "%(n)s person who came gets a link that can be used once. Nobody is invited twice.",
        "%(n)s people who came get a link that can be used once. Nobody is invited twice.",
        new,
    )
    context = {
        "title": _("Send the invitations?"),
        "text": text % {"n": new} if new else _("Nobody has come through the door who is not invited already."),
        "action_label": _("Send the invitations"),
        "cancel_url": reverse("surveys:survey", args=[slug, audience]),
    }
    return render(request, "components/confirm.html", context)


@login_required
def survey_remind(request: HttpRequest, slug: str, audience: str) -> HttpResponse:
    """Say how many will get a letter on GET, send on POST."""
    survey = get_survey_for(request.user, slug, audience, "surveys.edit")
    if request.method == "POST":
        return _send(request, slug, audience, services.remind)
    waiting = turnout(survey, at=timezone.now()).waiting
    text = ngettext(
        "%(n)s person who has not answered gets a letter. What others answered is not known to anybody.",
        "%(n)s people who have not answered get a letter. What others answered is not known to anybody.",
        waiting,
    )
    context = {
        "title": _("Send a reminder?"),
        "text": text % {"n": waiting} if waiting else str(services.NobodyToRemind()),
        "action_label": _("Send the reminder"),
        "cancel_url": reverse("surveys:survey", args=[slug, audience]),
    }
    return render(request, "components/confirm.html", context)


def _send(request: HttpRequest, slug: str, audience: str, service: Callable[..., int]) -> HttpResponse:
    survey = get_survey_for(request.user, slug, audience, "surveys.edit")
    try:
        sent = service(survey=survey, by=request.user, at=timezone.now())
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        if sent:
            text = ngettext("%(n)s letter is on its way.", "%(n)s letters are on their way.", sent)
            messages.success(request, text % {"n": sent})
        else:
            messages.info(request, _("Everybody who came has been invited already."))
    return redirect("surveys:survey", slug, audience)


@login_required
def survey_preview(request: HttpRequest, slug: str, audience: str) -> HttpResponse:
    """The survey as those who are asked will see it. Nothing is kept."""
    survey = get_survey_for(request.user, slug, audience, "surveys.view")
    questions = asked_questions(survey)
    language = request.POST.get("language") or request.POST.get("spoken") or request.LANGUAGE_CODE
    back = reverse("surveys:survey", args=[slug, audience])
    place = move(asks_of(questions), form_of(request.POST)) if request.method == "POST" else start()
    if place.sending:
        return show_thanks(request, survey.event, language, preview_of=back)
    return show_place(request, survey, questions, place, language, preview_of=back)
