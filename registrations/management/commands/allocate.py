"""``manage.py allocate KIND --input FILE --output FILE``: solves an allocation from a file. Needs no database."""

import json
import signal
import sys
import threading
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from registrations.allocation.solver.kinds import KINDS
from registrations.allocation.solver.reading import Malformed, load
from registrations.allocation.solver.watching import Progress

REFUSED = 2


class Command(BaseCommand):
    help = "Solve an allocation: schools, reallocation, stands or meetings, from JSON to JSON."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("kind", choices=sorted(KINDS), help="what is to be allocated")
        parser.add_argument("--input", required=True, metavar="FILE", help="the instance; - reads it from a pipe")
        parser.add_argument("--output", required=True, metavar="FILE", help="the solution; - writes it to a pipe")
        parser.add_argument("--seconds", type=float, default=60.0, help="the most it may take (60)")
        parser.add_argument("--seed", type=int, default=1, help="the same seed gives the same solution (1)")

    def handle(self, *args: Any, **options: Any) -> None:
        kind = KINDS[options["kind"]]
        listener = Listener(self.stderr)
        with listener:
            try:
                instance = kind.reader()(load(read(options["input"])))
            except Malformed as wrong:
                self.refuse(str(wrong))
            except OSError as error:
                self.refuse(f"{options['input']}: {error.strerror}")
            if not options["seconds"] > 0:
                self.refuse("--seconds must be more than 0")
            solution = kind.solver()(instance, seconds=options["seconds"], seed=options["seed"], watch=listener)
        from registrations.allocation.wording import reason_text

        text = json.dumps(solution.as_json(reason_text), ensure_ascii=False, indent=1)
        try:
            write(options["output"], text + "\n")
        except OSError as error:
            self.refuse(f"{options['output']}: {error.strerror}")

    def refuse(self, text: str) -> None:
        self.stderr.write(text)
        sys.exit(REFUSED)


def read(name: str) -> bytes:
    return sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()


def write(name: str, text: str) -> None:
    if name == "-":
        sys.stdout.write(text)
    else:
        Path(name).write_text(text, encoding="utf-8")


class Listener:
    """Tells of progress line by line, and stops the run at Ctrl-C or when the process is asked to end."""

    def __init__(self, out: Any) -> None:
        self.out = out
        self.stopped = False
        self.before: dict[int, Any] = {}

    def __enter__(self) -> "Listener":
        if threading.current_thread() is threading.main_thread():
            for number in (signal.SIGINT, signal.SIGTERM):
                self.before[number] = signal.signal(number, self.stop)
        return self

    def __exit__(self, *_: object) -> None:
        for number, handler in self.before.items():
            signal.signal(number, handler)

    def stop(self, *_: object) -> None:
        if self.stopped:
            raise KeyboardInterrupt  # asked twice: at once, with nothing
        self.stopped = True

    def wants_stop(self) -> bool:
        return self.stopped

    def report(self, progress: Progress) -> None:
        self.out.write(
            f"{progress.seconds:7.2f} s  {progress.step}/{progress.steps} {progress.level}:"
            f" {short(progress.value)} (bound {short(progress.bound)})"
        )


def short(value: Any) -> str:
    """A long list by its worst values only."""
    if isinstance(value, list) and len(value) > 6:
        return f"[{', '.join(map(str, value[:6]))}, …]"
    return "–" if value is None else str(value)
