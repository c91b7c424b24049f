"""Pages about Torget itself, as the law and good manners want them."""

from datetime import date

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from events.programme.models import Issuer
from events.retention.rules import Rule, all_rules

# When the pages were last held against WCAG 2.1 AA, and the statement last written over.
ASSESSED_ON = date(2026, 11, 22)
UPDATED_ON = date(2026, 11, 22)


def about(request: HttpRequest) -> HttpResponse:
    return render(request, "events/pages/about.html", _operator())


def accessibility(request: HttpRequest) -> HttpResponse:
    """The accessibility statement that the law on digital public service asks for (SFS 2018:1937)."""
    context = {"assessed_on": ASSESSED_ON, "updated_on": UPDATED_ON, **_operator()}
    return render(request, "events/pages/accessibility.html", context)


def privacy(request: HttpRequest) -> HttpResponse:
    """What is known about people, why, how long, and who answers for it."""
    issuers = Issuer.objects.filter(events__isnull=False).distinct().order_by("name")
    rules = all_rules()
    context = {"issuers": issuers, "rules": rules, "decisions": _decisions(rules), **_operator()}
    return render(request, "events/pages/privacy.html", context)


def _decisions(rules: list[Rule]) -> dict[str, list[str]]:
    """What the periods rest on: each decision with what it is about; nothing of that where all rest on the same."""
    resting: dict[str, list[str]] = {}
    for rule in rules:
        resting.setdefault(str(rule.decision), []).append(str(rule.what))
    return resting if len(resting) > 1 else {decision: [] for decision in resting}


def _operator() -> dict[str, str]:
    """Who runs this Torget, and where questions about it go."""
    return {"operator": settings.OPERATOR_NAME, "contact_email": settings.CONTACT_EMAIL}
