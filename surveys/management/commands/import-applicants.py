"""``manage.py import-applicants FILE.csv [--source TEXT] [--partial]``: applicants to upper secondary programmes."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from surveys.applicants.files import UnreadableFile
from surveys.applicants.services import import_applicants


class Command(BaseCommand):
    help = (
        "Import applicants to upper secondary programmes by municipality and year: columns kommun, år, programkod, "
        "antal, or a column for each year; semicolons, UTF-8 or cp1252, title rows on top, “.” where no number is told. "
        "All or nothing: every refused row is reported with its line. Newer numbers replace older ones."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", metavar="FILE.csv", type=Path)
        parser.add_argument("--source", default="", help="where the numbers come from; the file's name if left out")
        parser.add_argument("--partial", action="store_true", help="take the good rows although some are refused")

    def handle(self, *args: Any, **options: Any) -> None:
        file: Path = options["file"]
        try:
            content = file.read_bytes()
        except OSError as error:
            raise CommandError(f"{file} cannot be read: {error.strerror}") from error
        try:
            told = import_applicants(
                content=content, source=options["source"] or file.name, partial=options["partial"], at=timezone.now()
            )
        except UnreadableFile as fault:
            raise CommandError(f"{file}: {fault}. Nothing was imported.") from fault
        for refused in told.refused:
            self.stderr.write(f"{file}, line {refused.line}: {refused.reason}")
        if told.refused and not options["partial"]:
            raise CommandError(
                f"{len(told.refused)} rows refused, so nothing was imported. "
                "Put them right, or add --partial to take the others."
            )
        also = f", {len(told.refused)} rows refused" if told.refused else ""
        elsewhere = f", {told.elsewhere} rows of other municipalities passed over" if told.elsewhere else ""
        self.stdout.write(f"{len(told.rows)} numbers imported{also}{elsewhere}.")
