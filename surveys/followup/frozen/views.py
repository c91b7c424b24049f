"""Frozen follow-ups for those who work with the plan: the list, freezing, the paper as it was, corrections, comparing."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from events.access.gate import get_plan_for
from events.answers import status_of
from events.errors import Refusal
from events.exports import XLSX_TYPE
from events.once.guard import makes_once
from events.plan.models import ActivityPlan
from events.seal import canonical
from surveys.followup.frozen import services
from surveys.followup.frozen.comparison import compare
from surveys.followup.frozen.forms import CorrectionForm, FreezeForm
from surveys.followup.frozen.models import FrozenFollowup
from surveys.followup.frozen.queries import contents_in, frozen_of, live_contents, since
from surveys.followup.papers.excel import excel_bytes
from surveys.followup.papers.pdf import pdf_bytes
from surveys.followup.papers.sheet import paper_of
from surveys.followup.papers.word import WORD_TYPE, word_bytes

PAGES = "surveys/followup/frozen"
NOW = "now"
PAPERS: dict[str, tuple[str, Callable[..., bytes]]] = {
    "docx": (WORD_TYPE, word_bytes),
    "pdf": ("application/pdf", pdf_bytes),
    "xlsx": (XLSX_TYPE, excel_bytes),
    "json": ("application/json", lambda contents, sha256="": canonical(contents).encode()),
}
SECTION_TITLES = {
    "introduction": gettext_lazy("Texts"),
    "goals": gettext_lazy("Goals"),
    "activities": gettext_lazy("Activities of the year"),
    "planned": gettext_lazy("Planned for next year"),
    "reflections": gettext_lazy("Analysis and reflections"),
    "participation": gettext_lazy("Who takes part"),
}
FIELD_TITLES = {
    "number": gettext_lazy("No."),
    "text": gettext_lazy("Text"),
    "description": gettext_lazy("Description"),
    "state_words": gettext_lazy("State"),
    "title": gettext_lazy("Activity"),
    "responsible": gettext_lazy("Responsible"),
    "done_by": gettext_lazy("Done by"),
    "status_words": gettext_lazy("Status"),
    "status_changed_words": gettext_lazy("The status's last change"),
    "steps_words": gettext_lazy("Steps"),
    "years": gettext_lazy("Takes part in"),
    "what_happened": gettext_lazy("What happened"),
    "short_term_effect": gettext_lazy("Short-term effect"),
    "long_term_effect": gettext_lazy("Long-term effect"),
    "figure": gettext_lazy("Figure"),
    "target": gettext_lazy("Target"),
    "sentence": gettext_lazy("Sentence"),
}


@login_required
@require_safe
def frozen_list(request: HttpRequest, pk: int, year: int) -> HttpResponse:
    """The versions of a year, the newest first."""
    plan = _plan(request, pk, year, "followup.view")
    return render(request, f"{PAGES}/list.html", {"plan": plan, "year": year, "versions": frozen_of(plan, year)})


@login_required
def freeze(request: HttpRequest, pk: int, year: int) -> HttpResponse:
    """Keep the document for a meeting. What must not be made twice is held by the number that the form has seen."""
    plan = _plan(request, pk, year, "followup.edit")
    latest = frozen_of(plan, year).first()
    form = FreezeForm(
        request.POST if request.method == "POST" else None, initial={"seen": latest.number if latest else 0}
    )
    refusal = None
    if request.method == "POST" and form.is_valid():
        try:
            frozen = services.freeze_followup(
                plan=plan, year=year, by=request.user, at=timezone.now(), **form.cleaned_data
            )
        except Refusal as said:
            refusal = said
            form.add_error(None, str(said))
        else:
            messages.success(request, _("Version %(name)s is frozen.") % {"name": frozen.name})
            return redirect("surveys:frozen", plan.pk, year, frozen.number)
    context = {"plan": plan, "year": year, "form": form, "latest": latest}
    return render(request, f"{PAGES}/freeze.html", context, status=status_of(form, refusal))


@login_required
@require_safe
def frozen(request: HttpRequest, pk: int, year: int, number: int) -> HttpResponse:
    """The paper as it was, with its sources as they were, and what has happened since."""
    one = get_frozen_for(request, pk, year, number, "followup.view")
    context = {
        "plan": one.plan,
        "year": year,
        "frozen": one,
        "paper": paper_of(contents_in(one)),
        "since": since(one, at=timezone.now()),
    }
    return render(request, f"{PAGES}/frozen.html", context)


@login_required
@require_safe
def frozen_paper(request: HttpRequest, pk: int, year: int, number: int, ending: str) -> HttpResponse:
    """A frozen version as a file. The JSON file is exactly what was sealed: its SHA-256 is the printed one."""
    one = get_frozen_for(request, pk, year, number, "followup.view")
    return paper_response(one.plan, contents_in(one), ending, sha256=one.sha256)


@login_required
@require_safe
def live_paper(request: HttpRequest, pk: int, year: int, ending: str) -> HttpResponse:
    """The document as it is now, as a file in the reader's language."""
    plan = _plan(request, pk, year, "followup.view")
    return paper_response(plan, live_contents(plan, year, at=timezone.now()), ending)


@login_required
@makes_once
def correction(request: HttpRequest, pk: int, year: int, number: int) -> HttpResponse:
    """Note what turned out to be wrong in a frozen version."""
    one = get_frozen_for(request, pk, year, number, "followup.edit")
    posted = request.POST if request.method == "POST" else None
    wanted = request.GET.get("figure", "")
    form = CorrectionForm(posted, contents=contents_in(one), initial={"figure": wanted if wanted.isdecimal() else ""})
    if posted is not None and form.is_valid():
        services.note_correction(frozen=one, by=request.user, at=timezone.now(), **form.cleaned_data)
        messages.success(request, _("The correction stands with the frozen version. The version itself is unchanged."))
        return redirect("surveys:frozen", pk, year, number)
    context = {"plan": one.plan, "year": year, "frozen": one, "form": form}
    return render(request, f"{PAGES}/correction.html", context, status=status_of(form))


@login_required
@require_safe
def comparison(request: HttpRequest, pk: int, year: int) -> HttpResponse:
    """Two versions side by side, or one and the document as it is now; at first the latest and now."""
    plan = _plan(request, pk, year, "followup.view")
    versions = list(frozen_of(plan, year))
    names = [*(str(one.number) for one in versions), NOW]
    before = _wanted(request, "from", names, default=names[0])
    after = _wanted(request, "to", names, default=NOW)
    sections: list[dict[str, Any]] = []
    if versions:
        changes = compare(*(_contents_at(plan, year, name) for name in (before, after)))
        sections = [
            {"title": title, "changes": found}
            for code, title in SECTION_TITLES.items()
            if (found := [_shown(change) for change in changes if change.section == code])
        ]
    context = {"plan": plan, "year": year, "versions": versions, "before": before, "after": after, "sections": sections}
    return render(request, f"{PAGES}/comparison.html", context)


def get_frozen_for(request: HttpRequest, pk: int, year: int, number: int, permission: str) -> FrozenFollowup:
    """The version, if the user holds ``permission`` on its plan; otherwise 404."""
    plan = get_plan_for(request.user, pk, permission)
    rows = FrozenFollowup.objects.select_related("plan__area", "frozen_by")
    if year not in plan.years or number > 30_000:
        raise Http404
    return get_object_or_404(rows, plan=plan, year=year, number=number)


def paper_response(plan: ActivityPlan, contents: dict[str, Any], ending: str, *, sha256: str = "") -> HttpResponse:
    """``contents`` as a download; nobody keeps a copy on the way. 404 for a kind of file that is not made."""
    if ending not in PAPERS:
        raise Http404
    content_type, make = PAPERS[ending]
    number = f"-{contents['frozen']['number']}" if contents["frozen"] else ""
    name = f"{slugify(f'uppfoljning-{plan.area}')[:60]}-{contents['year']}{number}.{ending}"
    response = HttpResponse(make(contents, sha256=sha256), content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "private, no-store"
    return response


def _plan(request: HttpRequest, pk: int, year: int, permission: str) -> ActivityPlan:
    plan = get_plan_for(request.user, pk, permission)
    if year not in plan.years:
        raise Http404
    return plan


def _wanted(request: HttpRequest, name: str, names: list[str], *, default: str) -> str:
    wanted = request.GET.get(name, default)
    return wanted if wanted in names else default


def _contents_at(plan: ActivityPlan, year: int, name: str) -> dict[str, Any]:
    if name == NOW:
        return live_contents(plan, year, at=timezone.now(), language=services.LANGUAGE)
    return contents_in(FrozenFollowup.objects.get(plan=plan, year=year, number=int(name)))


def _shown(change: Any) -> dict[str, Any]:
    fields = [
        {"title": FIELD_TITLES[one.name], "about": one.about, "before": one.before, "after": one.after}
        for one in change.fields
    ]
    return {"title": change.title, "kind": change.kind, "fields": fields}
