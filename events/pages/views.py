"""Pages about Torget itself, as the law and good manners want them."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from events.programme.models import Issuer


def about(request: HttpRequest) -> HttpResponse:
    return render(request, "events/pages/about.html")


def accessibility(request: HttpRequest) -> HttpResponse:
    """The accessibility statement that the law on digital public service asks for (SFS 2018:1937)."""
    return render(request, "events/pages/accessibility.html")


def privacy(request: HttpRequest) -> HttpResponse:
    """What is known about people, why, how long, and who answers for it."""
    issuers = Issuer.objects.filter(events__isnull=False).distinct().order_by("name")
    return render(request, "events/pages/privacy.html", {"issuers": issuers})
