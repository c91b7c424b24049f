"""The table of tasks as a file."""

from typing import Any

from django.utils.translation import gettext as _

from events.exports import Column
from registrations.tasks.models import Task
from registrations.tasks.queries import Row
from registrations.tasks.states import TaskKind


def columns_of(tasks: list[Task]) -> list[Column]:
    """A column for each task, and what was told about power and insurance where it is asked."""
    kinds = {task.kind for task in tasks}
    columns = [
        Column(_("Company"), lambda row: row.exhibitor.organisation.name),
        Column(_("Contact person"), lambda row: row.exhibitor.contact_name),
        Column(_("E-mail"), lambda row: row.exhibitor.contact_email),
        *(_state_of(place, task) for place, task in enumerate(tasks)),
    ]
    if TaskKind.POWER in kinds:
        columns += [
            Column(_("Plugged in"), lambda row: _told(row, "power", "what")),
            Column(_("Watts"), lambda row: _told(row, "power", "watts")),
            Column(_("Outlets"), lambda row: _told(row, "power", "outlets")),
            Column(_("Power at night"), lambda row: _yes_no(_told(row, "power", "at_night"))),
        ]
    if TaskKind.INSURANCE in kinds:
        columns.append(Column(_("Insurance company"), lambda row: _told(row, "insurance", "insurer")))
    return columns


def _state_of(place: int, task: Task) -> Column:
    return Column(task.title, lambda row: str(row.lines[place].state.label))


def _told(row: Row, answer: str, name: str) -> Any:
    return getattr(getattr(row.exhibitor, answer, None), name, None)


def _yes_no(value: bool | None) -> str | None:
    return None if value is None else _("Yes") if value else _("No")
