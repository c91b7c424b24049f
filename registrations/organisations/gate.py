"""The gate to a company and to its applications: 404 to everybody else."""

from django.http import Http404
from django.shortcuts import get_object_or_404

from events.access.gate import Visitor
from events.access.rules import may
from registrations.exhibitors.models import Exhibitor
from registrations.organisations.models import Organisation


def get_organisation_for(user: Visitor, pk: int, permission: str) -> Organisation:
    organisation = get_object_or_404(Organisation.objects.select_related("municipality"), pk=pk)
    if not may(user, permission, organisation):
        raise Http404
    return organisation


def get_own_exhibitor(user: Visitor, pk: int, permission: str) -> Exhibitor:
    """The application ``pk`` if ``user`` acts for its company and holds ``permission``."""
    exhibitor = get_object_or_404(Exhibitor.objects.select_related("organisation", "event__venue"), pk=pk)
    if not may(user, permission, exhibitor):
        raise Http404
    return exhibitor


def get_event_exhibitor(user: Visitor, slug: str, pk: int, permission: str) -> Exhibitor:
    """The application ``pk`` to the event ``slug`` if ``user`` holds ``permission`` on it; drafts stay the company's."""
    exhibitor = get_object_or_404(
        Exhibitor.objects.sent().select_related("organisation__municipality", "event__area"), pk=pk, event__slug=slug
    )
    if not may(user, permission, exhibitor.event):
        raise Http404
    return exhibitor
