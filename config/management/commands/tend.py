"""``manage.py tend``: the housekeeping that a clock starts, every quarter of an hour say."""

from argparse import ArgumentParser
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.utils import timezone

from events.mail.services import requeue_stranded
from events.once.guard import forget_sent_forms
from events.retention.services import erase_what_is_due
from registrations.allocation.list_letters import send_due_lists
from registrations.allocation.running import fail_lost
from registrations.bookings.places.reminders import send_due_reminders
from registrations.cards.expiring import end_pages, pages_of_cancelled
from registrations.cards.refunding import ask_for_left_refunds
from registrations.checkin.devices.services import forget_pairings
from registrations.invoices.tasks import write_left_papers
from registrations.placement import running as placement
from registrations.tasks.tasks import enqueue_digests
from surveys.answers.opening import open_waiting_ballots
from surveys.followup.readings.services import take_readings


class Command(BaseCommand):
    help = (
        "Send stranded letters again, remind schools to answer and, on Mondays, exhibitors of their tasks, tell "
        "hosts of what has changed on their lists, issue "
        "invoices that a killed job left, ask again for refunds that the card company did not answer, open sealed ballots, "
        "read indicators, erase "
        "personal data that has had its time (the rules stand on the page /personal-data/), forget sessions, pairings "
        "and tasks."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--no-erasing", action="store_true", help="keep all personal data this time")

    def handle(self, *args: Any, **options: Any) -> None:
        now = timezone.now()
        stranded = requeue_stranded(at=now)
        reminded = send_due_reminders(at=now)
        enqueue_digests(at=now)
        send_due_lists(at=now)
        open_waiting_ballots(at=now)
        take_readings(at=now)
        fail_lost(at=now)
        placement.fail_lost(at=now)
        write_left_papers(at=now)
        erased = {} if options["no_erasing"] else erase_what_is_due(at=now)
        forget_sent_forms(at=now)
        forget_pairings(at=now)
        ask_for_left_refunds(at=now)
        end_pages(pages_of_cancelled(now), at=now)
        call_command("clearsessions")
        call_command("prune_db_task_results", queue_name="*", min_age_days=7, failed_min_age_days=30, verbosity=0)
        if options["verbosity"]:
            counts = ", ".join(f"{count} {code}" for code, count in erased.items())
            self.stdout.write(
                f"{stranded} letters sent again, {reminded} bookings reminded. Erased: {counts or 'nothing'}."
            )
