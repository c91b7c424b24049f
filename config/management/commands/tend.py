"""``manage.py tend``: the housekeeping that a clock starts, every quarter of an hour say."""

from datetime import timedelta
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.utils import timezone

from events.access.services import forget_unproven_users
from events.mail.services import erase_old_letters, requeue_stranded
from surveys.answers.opening import open_waiting_ballots


class Command(BaseCommand):
    help = (
        "Send stranded letters again, open sealed ballots, "
        "forget what has had its time: letters, sessions, tasks, unproven accounts."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        now = timezone.now()
        stranded = requeue_stranded(at=now)
        letters = erase_old_letters(at=now)
        users = forget_unproven_users(at=now, older_than=timedelta(days=7))
        open_waiting_ballots(at=now)
        call_command("clearsessions")
        call_command("prune_db_task_results", min_age_days=7, failed_min_age_days=30, verbosity=0)
        if options["verbosity"]:
            self.stdout.write(f"{stranded} letters sent again, {letters} letters and {users} accounts forgotten.")
