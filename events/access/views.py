"""Somebody's own settings, and the people of an event."""

from allauth.account.models import EmailAddress
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from events.access import services
from events.access.forms import GrantForm, ProfileForm
from events.access.gate import get_event_for
from events.access.models import Grant, Role, User
from events.access.rules import needs_strong_sign_in
from events.answers import status_of
from events.errors import Refusal


@login_required
def profile(request: HttpRequest) -> HttpResponse:
    """Name and language, the addresses that are proven, and the way to a safer sign-in."""
    user = request.user
    form = ProfileForm(request.POST or None, instance=User.objects.get(pk=user.pk))
    if request.method == "POST" and form.is_valid():
        services.change_profile(user=user, **form.cleaned_data, at=timezone.now())
        with translation.override(user.language):
            messages.success(request, _("Your settings are saved."))
        response = redirect("events:profile")
        _remember_language(response, user.language)
        return response
    context = {
        "form": form,
        "addresses": EmailAddress.objects.filter(user=user).order_by("-primary", "email"),
        "has_second_factor": is_mfa_enabled(user),
        "needs_second_factor": needs_strong_sign_in(user),
    }
    return render(request, "events/access/profile.html", context, status=status_of(form))


def _remember_language(response: HttpResponse, language: str) -> None:
    """The cookie goes before the setting, so it must not contradict it."""
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        language,
        max_age=settings.LANGUAGE_COOKIE_AGE,
        secure=settings.LANGUAGE_COOKIE_SECURE,
        httponly=settings.LANGUAGE_COOKIE_HTTPONLY,
        samesite=settings.LANGUAGE_COOKIE_SAMESITE,
    )


@login_required
def people(request: HttpRequest, slug: str) -> HttpResponse:
    """Who may do what with the event, by a role on it or on its area."""
    event = get_event_for(request.user, slug, "event.people")
    form = GrantForm(request.POST or None, initial={"role": Role.DOOR})
    refusal = None
    if request.method == "POST" and form.is_valid():
        try:
            grant = services.grant_role(
                email=form.cleaned_data["email"],
                role=Role(form.cleaned_data["role"]),
                event=event,
                by=request.user,
                at=timezone.now(),
            )
        except Refusal as said:
            refusal = said
            form.add_error("email", str(said))
        else:
            words = {"person": grant.user, "role": grant.get_role_display().lower()}
            messages.success(request, _("%(person)s is now %(role)s. A mail tells about it.") % words)
            return redirect("events:event-people", event.slug)
    grants = Grant.objects.covering(event).select_related("user").order_by("user__name", "user__email", "role")
    context = {
        "event": event,
        "form": form,
        "own": [grant for grant in grants if grant.event_id],
        "inherited": [grant for grant in grants if grant.area_id],
    }
    return render(request, "events/access/people.html", context, status=status_of(form, refusal))


@login_required
def revoke(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Take a role on the event back; one on the area is not this page's."""
    event = get_event_for(request.user, slug, "event.people")
    grant = get_object_or_404(Grant.objects.select_related("user", "event", "area"), event=event, pk=pk)
    people_url = reverse("events:event-people", args=[event.slug])
    if request.method == "POST":
        try:
            services.revoke_role(grant=grant, by=request.user, at=timezone.now())
        except Refusal as refusal:
            messages.error(request, str(refusal))
            return redirect(people_url)
        messages.success(request, _("%(person)s no longer has the role.") % {"person": grant.user})
        # Whoever took their own role back may have lost the way in here.
        return redirect(people_url if grant.user_id != request.user.pk else "events:home")
    words = {"person": grant.user, "role": grant.get_role_display().lower()}
    context = {
        "title": _("Take the role back?"),
        "text": _("%(person)s is %(role)s of this event, and no longer will be.") % words,
        "action_label": _("Take the role back"),
        "cancel_url": people_url,
        "tone": "danger",
    }
    return render(request, "components/confirm.html", context)
