"""``manage.py demo``: fill the database with the story of 2019 and show the product."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.urls import reverse
from django.utils import timezone

from config.demo import story
from config.serve import serve


class Command(BaseCommand):
    help = "Fill the database with the story of 2019 and the coming editions (once), then serve it with its worker."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--no-serve", action="store_true", help="only fill the database")
        parser.add_argument("--scale", type=int, default=1, metavar="N", help="N times the companies, tickets, answers")
        parser.add_argument("--port", type=int, default=8000)

    def handle(self, *args: Any, **options: Any) -> None:
        if settings.PRODUCTION:
            raise CommandError("The demo's people must not get into a production database.")
        if options["scale"] < 1:
            raise CommandError("--scale is at least 1.")
        self.stdout.write("Preparing the database …")
        call_command("migrate", verbosity=0, interactive=False)
        if story.is_told():
            self.stdout.write("The story is already told; its data is kept.")
        else:
            self.stdout.write("Telling the story of 2019 …")
            story.tell(today=timezone.localdate(), scale=options["scale"])
        # By the rules nobody's name from 2019 would be left to show.
        call_command("tend", no_erasing=True, verbosity=0)
        if not options["no_serve"]:
            self._serve(options["port"])

    def _serve(self, port: int) -> None:
        from config.demo.roles import ROLES

        address = f"http://localhost:{port}"
        self.stdout.write(f"\nTorget is at {address}. Sign in with one click as …\n")
        for demo_role in ROLES:
            path = reverse("demo-sign-in", args=[demo_role.role])
            self.stdout.write(f"  {demo_role.role:<10} {address}{path}")
        self.stdout.write(f"\nMails that the demo sends: {address}{reverse('demo-mailbox')}\nCtrl-C ends it.\n")
        self.stdout.flush()
        serve(port=port)
