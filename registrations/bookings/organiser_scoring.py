"""Reading reasons: one class after the other, points saved at once, then the next."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from events.answers import status_of
from events.errors import Refusal, Stale
from events.nights.gate import get_planned_night_for
from events.nights.models import Night
from registrations.bookings.gate import get_event_class
from registrations.bookings.models import SchoolClass
from registrations.bookings.organiser_forms import ScoreForm
from registrations.bookings.organiser_queries import unscored
from registrations.bookings.scoring import UNREAD, can_be_scored, score_class

PAGES = "registrations/bookings/organiser"
SCALE = [
    (0, gettext_lazy("Nothing that speaks for it")),
    (20, gettext_lazy("A general wish to come")),
    (50, gettext_lazy("A reason that holds, as for most classes")),
    (80, gettext_lazy("A plan for before and after, or pupils for whom it means much")),
    (100, gettext_lazy("Nobody has a stronger reason")),
]


@login_required
@require_safe
def school_scores(request: HttpRequest, slug: str) -> HttpResponse:
    """To the first class that nobody has read; when there is none, says so."""
    night = get_planned_night_for(request.user, slug, "schools.decide")
    after = request.GET.get("after", "")
    found = _next(night, int(after) if after.isascii() and after.isdigit() and len(after) < 16 else 0)
    if found is not None:
        return redirect("registrations:school-score", slug, found)
    rows = SchoolClass.objects.for_night(night).wanting()
    context = {"event": night.event, "scored": rows.filter(score__isnull=False).count(), "unread": UNREAD}
    return render(request, f"{PAGES}/scored.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def school_score(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """One class: its reason, the scale, the points. Its other numbers and colleagues' points are not beside it."""
    one = get_event_class(request.user, slug, pk, "schools.decide")
    night = get_planned_night_for(request.user, slug, "schools.decide")
    form = ScoreForm(request.POST if request.method == "POST" else None, school_class=one)
    refusal = None
    if request.method == "POST" and form.is_valid() and _points(request, form) is None and one.score is None:
        form.add_error("score", _("Give points, or skip the class."))
    if request.method == "POST" and form.is_valid():
        try:
            score_class(
                school_class=one,
                score=_points(request, form),
                note=form.cleaned_data["note"],
                seen=form.cleaned_data["seen"],
                by=request.user,
                at=timezone.now(),
            )
        except Refusal as reason:
            refusal = reason
            one = get_event_class(request.user, slug, pk, "schools.decide")
            form = _renewed(form, one)
        else:
            messages.success(request, _("%(school)s %(label)s: saved.") % {"school": one.booking.school, "label": one})
            if "stay" in request.POST:
                return redirect("registrations:school-booking", slug, one.booking_id)
            return redirect(f"{reverse('registrations:school-scores', args=[slug])}?after={pk}")
    context = {
        "event": night.event,
        "one": one,
        "form": form,
        "refusal": refusal,
        "stale": isinstance(refusal, Stale),
        "scale": SCALE,
        "left": unscored(night).count(),
        "unread": UNREAD,
        "may_score": can_be_scored(one) and night.event.takes_decisions(timezone.now()),
        "wishes": one.wishes.select_related("station", "field"),
    }
    return render(request, f"{PAGES}/score.html", context, status=status_of(form, refusal))


def _next(night: Night, after: int) -> int | None:
    """The next class without points after the one with key ``after``, in the order in which bookings came, then round."""
    keys = list(unscored(night).order_by("booking__sent_at", "pk").values_list("pk", flat=True))
    every = list(
        SchoolClass.objects.for_night(night).sent().order_by("booking__sent_at", "pk").values_list("pk", flat=True)
    )
    place = every.index(after) if after in every else -1
    later = set(every[place + 1 :])
    return next((key for key in keys if key in later), next((key for key in keys if key != after), None))


def _points(request: HttpRequest, form: ScoreForm) -> int | None:
    """A button of the scale says its points itself; otherwise what was typed."""
    pressed = request.POST.get("points", "")
    if pressed.isascii() and pressed.isdigit() and int(pressed[:4]) in dict(SCALE):
        return int(pressed)
    return form.cleaned_data["score"]


def _renewed(form: ScoreForm, one: SchoolClass) -> ScoreForm:
    """What was typed stays; saving it now would be over what stands there now."""
    data = form.data.copy()
    data["seen"] = ScoreForm(school_class=one).initial["seen"]
    if points := data.get("points"):
        data["score"] = points
    renewed = ScoreForm(data, school_class=one)
    renewed.is_valid()
    return renewed
