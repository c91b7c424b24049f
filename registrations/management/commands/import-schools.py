"""``manage.py import-schools FILE.csv [--partial]``: the register of school units."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from events.municipalities.models import Municipality
from registrations.schools.csv_files import MAX_BYTES, Register, UnreadableFile, read_register
from registrations.schools.services import take_rows


class Command(BaseCommand):
    help = (
        "Update the register of school units from a CSV file: semicolons, commas or tabs, UTF-8 or cp1252, one row a "
        "school. Schools of other municipalities are passed over. All or nothing: every refused row is reported with "
        "its line and the reason. A school that the file does not name is left as it is."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", metavar="FILE.csv", type=Path)
        parser.add_argument("--partial", action="store_true", help="take the good rows although some are refused")

    def handle(self, *args: Any, **options: Any) -> None:
        file = options["file"]
        register = self._read(file)
        for refused in register.refused:
            self.stderr.write(
                _("%(file)s, line %(line)s: %(reason)s")
                % {"file": file, "line": refused.line, "reason": refused.reason}
            )
        if register.refused and not options["partial"]:
            raise CommandError(
                ngettext(
                    "%(n)s row refused, so nothing was imported. Put it right, or add --partial to take the others.",
                    "%(n)s rows refused, so nothing was imported. Put them right, or add --partial to take the others.",
                    len(register.refused),
                )
                % {"n": len(register.refused)}
            )
        done = take_rows(rows=register.rows, by=None, at=timezone.now())
        if done.writes_nothing:
            self.stdout.write(_("Nothing changed: the register says what the file says."))
        self.stdout.write(
            _("%(new)s new, %(changed)s changed, %(closed)s closed, %(same)s as before, %(refused)s refused.")
            % {
                "new": len(done.new),
                "changed": len(done.changed),
                "closed": len(done.closed),
                "same": done.same,
                "refused": len(register.refused),
            }
        )
        if register.elsewhere:
            self.stdout.write(register.passed_over)
        for row in done.absent:
            self.stdout.write(
                _("Not in this file, left as it is: %(code)s %(name)s") % {"code": row.code, "name": row.name}
            )

    @staticmethod
    def _read(file: Path) -> Register:
        try:
            with file.open("rb") as opened:
                content = opened.read(MAX_BYTES + 1)
        except OSError as error:
            raise CommandError(f"{file}: {error.strerror}") from error
        municipalities = dict(Municipality.objects.values_list("code", "name"))
        try:
            return read_register(content, municipalities)
        except UnreadableFile as fault:
            raise CommandError(
                _("%(file)s: %(fault)s Nothing was imported.") % {"file": file, "fault": fault}
            ) from fault
