"""The room with an evening's papers, and each paper as a PDF."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from events.access.gate import Visitor
from events.access.rules import may
from events.errors import Refusal
from events.nights.gate import get_night_for, get_planned_night_for
from registrations.bookings.gate import get_own_booking
from registrations.papers import documents, files, overview, queries
from registrations.stations.models import Station

PERMISSION = "papers.print"


@login_required
@require_safe
def papers(request: HttpRequest, slug: str) -> HttpResponse:
    """What there is to print, and how old it is."""
    night = get_night_for(request.user, slug, PERMISSION)
    context = {"event": night.event, "night": night}
    if night.pk:
        context |= overview.overview(night)
    return render(request, "registrations/papers/papers.html", context)


@login_required
@require_safe
def class_sheets(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Every class's sheet, or those of ``?municipality=`` (its code), ``?booking=`` or ``?class=``."""
    night = get_planned_night_for(request.user, slug, PERMISSION)
    classes = queries.placed_classes(night)
    municipality = request.GET.get("municipality", "")
    if municipality:
        classes = classes.filter(booking__school__municipality=municipality)
    if booking := _number(request, "booking"):
        classes = classes.filter(booking=booking)
    if school_class := _number(request, "class"):
        classes = classes.filter(pk=school_class)
    try:
        content = documents.class_sheets_pdf(night, classes, timezone.now())
    except Refusal as refusal:
        return _back_to_papers(request, slug, refusal)
    part = f"klass-{school_class}" if school_class else f"bokning-{booking}" if booking else ""
    name = files.pdf_name(files.CLASS_SHEETS, slug, overview.municipality_name(municipality), part)
    return files.pdf_response(content, name)


@login_required
@require_safe
def station_lists(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Every station's list, or that of ``?station=``."""
    night = get_planned_night_for(request.user, slug, PERMISSION)
    station = _number(request, "station")
    try:
        content = documents.station_lists_pdf(night, timezone.now(), [station] if station else None)
    except Refusal as refusal:
        return _back_to_papers(request, slug, refusal)
    part = f"station-{station}" if station else ""
    return files.pdf_response(content, files.pdf_name(files.STATION_LISTS, slug, part))


@login_required
@require_safe
def bus_lists(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Every municipality's list, or that of ``?municipality=`` (its code). It has teachers' phone numbers."""
    night = get_planned_night_for(request.user, slug, PERMISSION)
    classes = queries.placed_classes(night)
    municipality = request.GET.get("municipality", "")
    if municipality:
        classes = classes.filter(booking__school__municipality=municipality)
    try:
        content = documents.bus_lists_pdf(night, classes, timezone.now())
    except Refusal as refusal:
        return _back_to_papers(request, slug, refusal)
    return files.pdf_response(content, files.pdf_name(files.BUS_LISTS, slug, overview.municipality_name(municipality)))


@login_required
@require_safe
def wall_plan(request: HttpRequest, slug: str) -> HttpResponseBase:
    """The plan of every admission, or of ``?wave=``."""
    night = get_planned_night_for(request.user, slug, PERMISSION)
    wave = _number(request, "wave")
    try:
        content = documents.wall_plan_pdf(night, timezone.now(), wave)
    except Refusal as refusal:
        return _back_to_papers(request, slug, refusal)
    return files.pdf_response(content, files.pdf_name(files.WALL_PLAN, slug, f"inslapp-{wave}" if wave else ""))


@login_required
@require_safe
def booking_sheets(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The school's own sheets, for everybody who shares the booking; ``?class=`` for one class."""
    booking = get_own_booking(request.user, pk, "booking.edit")
    classes = queries.placed_classes(booking.night).filter(booking=booking)
    if school_class := _number(request, "class"):
        classes = classes.filter(pk=school_class)
    try:
        content = documents.class_sheets_pdf(booking.night, classes, timezone.now())
    except Refusal as refusal:
        messages.info(request, str(refusal))
        return redirect("registrations:own-booking", pk)
    name = files.pdf_name(files.CLASS_SHEETS, booking.night.event.slug, booking.school.name)
    return files.pdf_response(content, name)


@login_required
@require_safe
def station_sheet(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The host's own list, for whoever acts for the company; there is none before places are published."""
    station = get_hosted_station(request.user, pk)
    night = station.night
    try:
        if not queries.placed_classes(night).exists():
            raise documents.NothingToPrint
        content = documents.station_lists_pdf(night, timezone.now(), [station.pk])
    except Refusal as refusal:
        messages.info(request, str(refusal))
        return redirect("registrations:own-exhibitor", station.host_id)
    name = files.pdf_name(files.STATION_LISTS, night.event.slug, station.name)
    return files.pdf_response(content, name)


def get_hosted_station(user: Visitor, pk: int) -> Station:
    """The station ``pk`` if ``user`` acts for the company that hosts it; otherwise 404."""
    rows = Station.objects.filter(host__isnull=False)
    station = get_object_or_404(
        rows.select_related("host__organisation", "night__event__venue", "night__event__issuer"), pk=pk
    )
    if not may(user, "exhibitor.edit", station.host):
        raise Http404
    return station


def _back_to_papers(request: HttpRequest, slug: str, refusal: Refusal) -> HttpResponse:
    messages.info(request, str(refusal))
    return redirect("registrations:papers", slug)


def _number(request: HttpRequest, name: str) -> int | None:
    """The number that the address asks for; 404 for anything else than a number."""
    text = request.GET.get(name, "")
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and len(text) < 16):
        raise Http404
    return int(text)
