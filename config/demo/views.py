"""One-click sign-in and the mailbox of the demo. None of these addresses exist outside TORGET_DEMO."""

from email import policy
from email.parser import BytesParser
from pathlib import Path

from django.conf import settings
from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from config.demo.files import toml
from config.demo.roles import BY_NAME
from events.access.models import User

NEWEST = 20


@require_safe
@never_cache
def sign_in(request: HttpRequest, role: str) -> HttpResponse:
    """Be the demo's person with ``role`` and go to their first page."""
    person = next((p for p in toml("people.toml")["people"] if p["role"] == role), None)
    user = User.objects.filter(email=person["email"]).first() if person else None
    if user is None:
        raise Http404
    login(request, user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return redirect(BY_NAME[role].first_page())


@require_safe
@never_cache
def mailbox(request: HttpRequest) -> HttpResponse:
    """The mails that the demo has sent: they go to a folder instead of to people."""
    files = sorted(Path(settings.EMAIL_FILE_PATH).glob("*.log"), key=lambda f: f.stat().st_mtime, reverse=True)
    letters = [_read(file) for file in files[:NEWEST]]
    return render(request, "demo/mailbox.html", {"letters": letters})


def _read(file: Path) -> dict[str, object]:
    """The first message of one file of Django's file backend."""
    content = file.read_bytes().split(b"\n" + b"-" * 79)[0]
    message = BytesParser(policy=policy.default).parsebytes(content)
    body = message.get_body(preferencelist=("plain",))
    return {"to": message["to"], "subject": message["subject"], "text": body.get_content() if body else ""}
