"""``manage.py import-answers SURVEY FILE.csv [--partial]``: answers that were given elsewhere."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from surveys.answers.csv_files import UnreadableFile
from surveys.answers.services import AlreadyImported, import_answers
from surveys.questionnaires.models import Survey


class Command(BaseCommand):
    help = (
        "Import answers to a survey: semicolons or commas, UTF-8 or cp1252, one row a respondent, one column a question "
        "(its key), values as the codes of its scale. All or nothing: every refused row is reported with its line."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("survey", metavar="SURVEY", help="slug of the survey, such as b2b-2019-exhibitors")
        parser.add_argument("file", metavar="FILE.csv", type=Path)
        parser.add_argument("--partial", action="store_true", help="take the good rows although some are refused")

    def handle(self, *args: Any, **options: Any) -> None:
        survey, file = self._survey(options["survey"]), options["file"]
        try:
            content = file.read_bytes()
        except OSError as error:
            raise CommandError(f"{file} cannot be read: {error.strerror}") from error
        try:
            answers = import_answers(
                survey=survey, content=content, name=file.name, partial=options["partial"], by=None, at=timezone.now()
            )
        except UnreadableFile as fault:
            raise CommandError(f"{file}: {fault}. Nothing was imported.") from fault
        except AlreadyImported as refusal:
            raise CommandError(f"{file} has been imported to {survey.slug} already. Nothing was imported.") from refusal
        for refused in answers.refused:
            self.stderr.write(f"{file}, line {refused.line}: {refused.reason}")
        if answers.refused and not options["partial"]:
            raise CommandError(
                f"{len(answers.refused)} rows refused, so nothing was imported. "
                "Put them right, or add --partial to take the others."
            )
        refused_too = f", {len(answers.refused)} refused" if answers.refused else ""
        self.stdout.write(f"{len(answers.rows)} answers imported to {survey.slug}{refused_too}.")

    @staticmethod
    def _survey(slug: str) -> Survey:
        try:
            return Survey.objects.get(slug=slug)
        except Survey.DoesNotExist as missing:
            raise CommandError(f"There is no survey {slug}.") from missing
