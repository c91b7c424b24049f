"""A double click, a retry on a bad line, a page sent again: whatever a form makes, it makes once.

``components/form.html`` draws every form with a fresh token. A view that makes something says ``@makes_once``.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import wraps
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from events.once.models import SentForm

View = Callable[..., HttpResponse]


def makes_once(view: View) -> View:
    """The second of two identical posts is led to where the first one was, and makes nothing.

    The token's row is written before the view runs and in the same transaction, so that two at once wait for each
    other. A form that was refused may be sent again. A post without token is let through: it is no form of ours.
    """

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        token = token_of(request)
        if request.method != "POST" or token is None:
            return view(request, *args, **kwargs)
        with transaction.atomic():
            try:
                with transaction.atomic():
                    sent = SentForm.objects.create(token=token)
            except IntegrityError:
                return HttpResponseRedirect(SentForm.objects.get(token=token).led_to)
            response = view(request, *args, **kwargs)
            if isinstance(response, HttpResponseRedirect):
                SentForm.objects.filter(token=token).update(led_to=response.url[:500])
            else:
                sent.delete()
        return response

    return guarded


def forget_sent_forms(*, at: datetime, keep: timedelta = timedelta(days=1)) -> int:
    """Forget forms that were sent before ``at - keep``; how many there were."""
    return SentForm.objects.filter(at__lt=at - keep).delete()[0]


def token_of(request: HttpRequest) -> UUID | None:
    """The form's token; ``None`` for a post that is no form of ours."""
    try:
        return UUID(request.POST.get("once", ""))
    except ValueError:
        return None
