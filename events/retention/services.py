"""Erases what has had its time, by the rules, and logs it."""

from datetime import datetime

from django.db import transaction

from events.retention.models import Erasure
from events.retention.rules import Rule, all_rules

# So many rows a transaction: nobody waits long for their locks.
BATCH = 500


def erase_what_is_due(*, at: datetime) -> dict[str, int]:
    """Go by every rule at aware time ``at``; how many each erased, by its code. Rules with nothing to do are left out.

    Run again it finds nothing. Each batch and its line in the log are kept or lost together.
    """
    erased = {rule.code: _go_by(rule, at) for rule in all_rules()}
    return {code: count for code, count in erased.items() if count}


def _go_by(rule: Rule, at: datetime) -> int:
    log = Erasure(rule=rule.code, at=at, count=0)
    while True:
        with transaction.atomic():
            count = rule.erase(at - rule.keep, BATCH)
            if not count:
                return log.count
            log.count += count
            log.save()
