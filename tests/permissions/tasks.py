"""Who asks exhibitors for what, who reads the answers, and the company its own."""

from typing import Any

from django.core.files.base import ContentFile
from django.utils import timezone

from registrations.documents.models import Document
from registrations.documents.services import add_document
from registrations.tasks.models import Task
from registrations.tasks.states import TaskKind
from tests.permissions.row import EDITOR, MEMBER, ORGANISER, OWNER, READER, TREASURER, Row, World

SEES = {ORGANISER, EDITOR, TREASURER, READER}
ASKS = {ORGANISER, EDITOR}
OWN = {OWNER, MEMBER}


def fair(world: World) -> dict[str, Any]:
    return {"slug": world.event.slug}


def own(world: World) -> dict[str, Any]:
    return {"pk": world.exhibitor.pk}


def asked(world: World, kind: TaskKind = TaskKind.OWN) -> Task:
    name = "Skicka brandintyg" if kind == TaskKind.OWN else ""
    task, _new = Task.objects.get_or_create(
        event=world.event, kind=kind, name=name, defaults={"due_on": timezone.localdate()}
    )
    return task


def one_task(world: World) -> dict[str, Any]:
    return fair(world) | {"pk": asked(world).pk}


def own_power(world: World) -> dict[str, Any]:
    asked(world, TaskKind.POWER)
    return own(world)


def own_insurance(world: World) -> dict[str, Any]:
    asked(world, TaskKind.INSURANCE)
    return own(world)


def own_task(world: World) -> dict[str, Any]:
    return own(world) | {"task_pk": asked(world).pk}


def document(world: World) -> Document:
    found = Document.objects.for_event(world.event).first()
    return found or add_document(
        event=world.event,
        name="Inflyttning",
        upload=ContentFile(b"%PDF-1.7\n%%EOF\n", name="x.pdf"),
        by=world.users[ORGANISER],
        at=timezone.now(),
    )


def one_document(world: World) -> dict[str, Any]:
    return fair(world) | {"pk": document(world).pk}


def chosen(world: World) -> dict[str, Any]:
    asked(world)
    return {"chosen": world.exhibitor.pk, "message": ""}


ROWS: list[Row] = [
    Row("registrations:task-table", SEES, fair),
    Row("registrations:task-export", {ORGANISER, EDITOR, TREASURER}, lambda w: fair(w) | {"ending": "csv"}),
    Row("registrations:task-nudge", ASKS, fair, data=chosen),
    Row("registrations:task-nudge", ASKS, fair, "post", chosen, ok=302),
    Row("registrations:task-settings", SEES, fair),
    Row("registrations:task-usual", ASKS, fair, "post", ok=302),
    Row("registrations:task-new", ASKS, lambda w: fair(w) | {"kind": "own"}),
    Row("registrations:task-new", ASKS, lambda w: fair(w) | {"kind": "own"}, "post", ok=422),
    Row("registrations:task-edit", ASKS, one_task),
    Row("registrations:task-edit", ASKS, one_task, "post", ok=422),
    Row("registrations:task-switch", ASKS, one_task, "post", ok=302),
    Row("registrations:task-close", ASKS, one_task, "post", ok=302),
    Row(
        "registrations:task-tick-for",
        ASKS,
        lambda w: one_task(w) | {"exhibitor_pk": w.exhibitor.pk},
        "post",
        ok=302,
    ),
    Row("registrations:task-power", OWN, own_power),
    Row("registrations:task-power", OWN, own_power, "post", ok=422),
    Row("registrations:task-insurance", OWN, own_insurance),
    Row("registrations:task-insurance", OWN, own_insurance, "post", ok=422),
    Row("registrations:task-tick", OWN, own_task, "post", ok=302),
    Row("registrations:exhibitor-staff-replace", OWN, lambda w: own(w) | {"staff_pk": w.staff.pk}),
    Row(
        "registrations:exhibitor-staff-replace",
        OWN,
        lambda w: own(w) | {"staff_pk": w.staff.pk},
        "post",
        lambda w: {"name": "Ny Person"},
        ok=302,
    ),
    Row("registrations:document-list", SEES, fair),
    Row("registrations:document-list", ASKS, fair, "post", ok=422),
    Row("registrations:document", SEES, one_document),
    Row("registrations:document-remove", ASKS, one_document),
    Row("registrations:document-remove", ASKS, one_document, "post", ok=302),
    Row("registrations:own-document", OWN, lambda w: own(w) | {"document_pk": document(w).pk}),
]
