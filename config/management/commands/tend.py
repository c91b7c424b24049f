"""``manage.py tend``: the housekeeping that a clock starts, every quarter of an hour say."""

from argparse import ArgumentParser
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.utils import timezone

from events.mail.services import requeue_stranded
from events.once.guard import forget_sent_forms
from events.retention.services import erase_what_is_due
from registrations.allocation.running import fail_lost
from registrations.bookings.places.reminders import send_due_reminders
from surveys.answers.opening import open_waiting_ballots


class Command(BaseCommand):
    help = (
        "Send stranded letters again, remind schools to answer, open sealed ballots, erase personal data that has had "
        "its time (the rules stand on the page /personal-data/), forget sessions and tasks."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--no-erasing", action="store_true", help="keep all personal data this time")

    def handle(self, *args: Any, **options: Any) -> None:
        now = timezone.now()
        stranded = requeue_stranded(at=now)
        reminded = send_due_reminders(at=now)
        open_waiting_ballots(at=now)
        fail_lost(at=now)
        erased = {} if options["no_erasing"] else erase_what_is_due(at=now)
        forget_sent_forms(at=now)
        call_command("clearsessions")
        call_command("prune_db_task_results", queue_name="*", min_age_days=7, failed_min_age_days=30, verbosity=0)
        if options["verbosity"]:
            counts = ", ".join(f"{count} {code}" for code, count in erased.items())
            self.stdout.write(
                f"{stranded} letters sent again, {reminded} bookings reminded. Erased: {counts or 'nothing'}."
            )
