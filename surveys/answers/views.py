"""Somebody answers a survey through a one-time link."""

from dataclasses import replace

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe
from django_htmx.http import HttpResponseClientRedirect

from surveys.answers import services
from surveys.answers.links import key_in
from surveys.answers.models import Invitation
from surveys.answers.pages import asks_of, known_language, show_gone, show_place, show_thanks
from surveys.answers.steps import move, start


@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, token: str) -> HttpResponse:
    """One question a view. To open the link spends nothing (mail programs open links); to send the answers does."""
    invitation = _open_invitation(token)
    if invitation is None:
        return show_gone(request)
    questions = list(invitation.survey.questions.all())
    sent = request.POST.dict()
    language = sent.get("language") or sent.get("spoken") or invitation.language
    place = move(asks_of(questions), sent) if request.method == "POST" else start()
    if not place.sending:
        return show_place(request, invitation.survey, questions, place, language)
    try:
        services.submit_answers(
            key=invitation.key,
            answers=place.answers,
            shown={question.key: question.version for question in questions},
            at=timezone.now(),
        )
    except services.LinkSpent:
        return show_gone(request)
    except (services.AnswerMissing, services.AnswerUnknown, services.QuestionReworded):
        # A question was reworded while they pressed: ask what it asks now.
        questions = list(invitation.survey.questions.all())
        place = replace(move(asks_of(questions), sent), sending=False, missing=True)
        return show_place(request, invitation.survey, questions, place, language)
    end = f"{reverse('surveys:thanks')}?language={known_language(language)}"
    return HttpResponseClientRedirect(end) if request.htmx else redirect(end)


@require_safe
def thanks(request: HttpRequest) -> HttpResponse:
    """The answers are in. Has no link in its address, so that a reload asks and tells nothing."""
    return show_thanks(request, None, request.GET.get("language"))


def _open_invitation(token: str) -> Invitation | None:
    """The invitation that ``token`` opens now; ``None`` for a used, expired, closed or made-up link alike."""
    key = key_in(token)
    found = Invitation.objects.select_related("survey__event").filter(key=key, used=False).first() if key else None
    return found if found and found.survey.takes_answers(timezone.now()) else None
