"""The organiser's list of applications, and what is decided there."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.text import get_valid_filename
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from events.access.gate import get_event_for
from events.access.models import AuditEntry
from events.access.rules import may
from events.errors import Refusal
from events.exports import export_response
from registrations.exhibitors import decisions
from registrations.exhibitors.forms import DecisionForm
from registrations.exhibitors.hooks import organiser_sections
from registrations.exhibitors.models import Exhibitor
from registrations.exhibitors.queries import EXPORT, Filter, applications, municipality_counts, state_counts
from registrations.exhibitors.states import State
from registrations.organisations.gate import get_event_exhibitor

PAGES = "registrations/exhibitors"
PAGE_SIZE = 50


@login_required
@require_safe
def exhibitor_list(request: HttpRequest, slug: str) -> HttpResponse:
    """Every application that was sent: search, filter, sort, decide on one or many."""
    event = get_event_for(request.user, slug, "exhibitors.view")
    chosen = Filter.from_query(request.GET)
    rows = applications(event, chosen)
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    held = event.exhibitors.holding_a_place().count()
    context = {
        "event": event,
        "chosen": chosen,
        "page_obj": page,
        "states": state_counts(event, chosen),
        "municipalities": municipality_counts(event, chosen),
        "held": held,
        "free": max(event.capacity - held, 0),
        "can_decide": may(request.user, "exhibitors.decide", event) and event.takes_decisions(timezone.now()),
    }
    template = f"{PAGES}/_list.html" if request.headers.get("HX-Target") == "applications" else f"{PAGES}/list.html"
    return render(request, template, context)


@login_required
@require_safe
def exhibitor_detail(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """One application, whole, with its history."""
    exhibitor = get_event_exhibitor(request.user, slug, pk, "exhibitors.view")
    return _render_detail(request, exhibitor)


@login_required
@require_POST
def decide(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """One decision; from the list htmx swaps the row, from the detail page the page is shown again."""
    exhibitor = get_event_exhibitor(request.user, slug, pk, "exhibitors.decide")
    form = DecisionForm(request.POST)
    refusal = None
    if form.is_valid():
        try:
            exhibitor = decisions.decide(
                exhibitor=exhibitor,
                state=State(form.cleaned_data["decision"]),
                message=form.cleaned_data["message"],
                by=request.user,
                at=timezone.now(),
            )
        except Refusal as reason:
            refusal = reason
    status = 422 if form.errors else 409 if refusal else 200
    if request.htmx:
        if refusal:
            messages.error(request, str(refusal))
        exhibitor = get_event_exhibitor(request.user, slug, pk, "exhibitors.decide")
        return render(
            request,
            f"{PAGES}/_row_swap.html",
            {"exhibitor": exhibitor, "event": exhibitor.event, "can_decide": _can_decide(request, exhibitor)},
            status=status,
        )
    if status == 200:
        messages.success(
            request,
            _("%(company)s: %(state)s. The company is told by e-mail.")
            % {"company": exhibitor.organisation, "state": exhibitor.get_state_display()},
        )
        return HttpResponseRedirect(_back(request, reverse("registrations:exhibitor-detail", args=[slug, pk])))
    return _render_detail(request, exhibitor, form=form, refusal=refusal, status=status)


@login_required
@require_POST
def decide_many(request: HttpRequest, slug: str) -> HttpResponse:
    """The same decision on all that are ticked, in the order in which they applied."""
    event = get_event_for(request.user, slug, "exhibitors.decide")
    back = _back(request, reverse("registrations:exhibitor-list", args=[slug]))
    form = DecisionForm(request.POST)
    chosen = [int(pk) for pk in request.POST.getlist("chosen") if pk.isascii() and pk.isdigit() and len(pk) < 16]
    if not form.is_valid() or not chosen:
        messages.error(request, _("Tick the applications first, then choose what to do with them."))
        return HttpResponseRedirect(back)
    rows = Exhibitor.objects.for_event(event).sent().filter(pk__in=chosen).order_by("applied_at", "pk")
    outcome = decisions.decide_many(
        exhibitors=rows.select_related("organisation"),
        state=State(form.cleaned_data["decision"]),
        message=form.cleaned_data["message"],
        by=request.user,
        at=timezone.now(),
    )
    _tell_outcome(request, outcome, State(form.cleaned_data["decision"]))
    return HttpResponseRedirect(back)


@login_required
@require_safe
def export(request: HttpRequest, slug: str, ending: str) -> HttpResponse:
    """What the list shows, as a file."""
    event = get_event_for(request.user, slug, "exhibitors.export")
    if ending not in {"csv", "xlsx"}:
        raise Http404
    rows = applications(event, Filter.from_query(request.GET)).prefetch_related("staff")
    name = get_valid_filename(f"{event.slug}-{_('exhibitors')}-{timezone.localdate():%Y-%m-%d}")
    return export_response(ending, name, EXPORT, rows)


def _render_detail(
    request: HttpRequest,
    exhibitor: Exhibitor,
    form: DecisionForm | None = None,
    refusal: Refusal | None = None,
    status: int = 200,
) -> HttpResponse:
    context = {
        "event": exhibitor.event,
        "exhibitor": exhibitor,
        "staff": exhibitor.staff.select_related("ticket"),
        "form": form or DecisionForm(),
        "refusal": refusal,
        "can_decide": _can_decide(request, exhibitor),
        "sections": [section(exhibitor, request) for section in organiser_sections],
        "entries": AuditEntry.objects.about(exhibitor)[:30],
    }
    return render(request, f"{PAGES}/detail.html", context, status=status)


def _can_decide(request: HttpRequest, exhibitor: Exhibitor) -> bool:
    event = exhibitor.event
    return may(request.user, "exhibitors.decide", event) and event.takes_decisions(timezone.now())


def _tell_outcome(request: HttpRequest, outcome: decisions.Outcome, state: State) -> None:
    done = len(outcome.done)
    if done:
        text = ngettext("%(n)s application: %(state)s.", "%(n)s applications: %(state)s.", done)
        messages.success(request, text % {"n": done, "state": state.label})
    reasons: dict[str, list[str]] = {}
    for exhibitor, refusal in outcome.refused:
        reasons.setdefault(str(refusal), []).append(exhibitor.organisation.name)
    for reason, names in reasons.items():
        listed = ", ".join(names[:5]) + (" …" if len(names) > 5 else "")
        messages.error(request, f"{reason} ({listed})")


def _back(request: HttpRequest, otherwise: str) -> str:
    """Where the form says that it came from, if that is a page of ours."""
    wanted = request.POST.get("next", "")
    ours = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return wanted if wanted.startswith("/") and ours else otherwise
