"""What has had its time is erased by the rules, batch by batch, and logged."""

from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress

from events.access import audit
from events.access.models import AuditEntry, User
from events.retention import rules, services
from events.retention.models import Erasure
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def only(monkeypatch):
    """``only(rule, …)``: no other rules than these."""

    def choose(*chosen: rules.Rule) -> None:
        monkeypatch.setattr(rules, "_RULES", {})
        for rule in chosen:
            rules.register(rule)

    return choose


def rule_over(left: list[int], seen: list, *, code: str = "things", fails_at: int | None = None) -> rules.Rule:
    """A rule over as many things as ``left[0]`` says; ``seen`` gets what it was asked."""

    def erase(before, limit):
        seen.append((before, limit))
        if len(seen) == fails_at:
            raise RuntimeError("the database is away")
        count = min(left[0], limit)
        left[0] -= count
        return count

    return rules.Rule(code, "Things", "So.", timedelta(days=10), "after the event", erase)


def test_rule_is_asked_for_what_is_older_than_it_keeps_batch_by_batch(only, now):
    seen: list = []
    only(rule_over([services.BATCH + 2], seen))

    erased = services.erase_what_is_due(at=now)

    assert erased == {"things": services.BATCH + 2}
    assert seen == [(now - timedelta(days=10), services.BATCH)] * 3


def test_each_run_that_erased_something_is_logged_once(only, now):
    only(rule_over([services.BATCH + 2], []), rule_over([0], [], code="nothing"))

    for _ in range(2):
        services.erase_what_is_due(at=now)

    assert list(Erasure.objects.values_list("rule", "at", "count")) == [("things", now, services.BATCH + 2)]


def test_log_knows_what_was_erased_before_a_failure(only, now):
    only(rule_over([services.BATCH + 2], [], fails_at=2))

    with pytest.raises(RuntimeError):
        services.erase_what_is_due(at=now)

    assert Erasure.objects.get().count == services.BATCH


def test_rules_of_every_kind_of_data_are_registered_in_the_order_of_the_page():
    assert [(rule.code, rule.period) for rule in rules.all_rules()] == [
        ("visitors", "12 månader"),
        ("stand-staff", "12 månader"),
        ("contacts", "24 månader"),
        ("task-answers", "12 månader"),
        ("booking-contacts", "12 månader"),
        ("class-needs", "30 dagar"),
        ("team-wheelchairs", "30 dagar"),
        ("booking-drafts", "60 dagar"),
        ("invitations", "90 dagar"),
        ("survey-class-codes", "90 dagar"),
        ("survey-receipts", "30 dagar"),
        ("survey-papers", "90 dagar"),
        ("survey-texts", "24 månader"),
        ("figure-tokens", "12 månader"),
        ("class-reasons", "12 månader"),
        ("hand-notes", "12 månader"),
        ("unknown-codes", "90 dagar"),
        ("door-words", "90 dagar"),
        ("door-phones", "90 dagar"),
        ("door-lists", "30 dagar"),
        ("trail", "24 månader"),
        ("letters", "90 dagar"),
        ("unproven-accounts", "7 dagar"),
    ]


def test_trail_is_erased_after_two_years(now):
    event = factories.EventFactory()
    for days in (729, 731):
        audit.record(event, "event.changed", by=None, at=now - timedelta(days=days))

    assert services.erase_what_is_due(at=now) == {"trail": 1}
    assert AuditEntry.objects.get().at == now - timedelta(days=729)


def test_accounts_that_nobody_proved_are_erased_after_a_week(now):
    old = now - timedelta(days=8)
    factories.UserFactory(name="Unproven", joined_at=old)
    factories.UserFactory(name="Young", joined_at=now - timedelta(days=6))
    factories.UserFactory(name="Signed in", joined_at=old, last_login=old)
    factories.MembershipFactory(user__name="With a company", user__joined_at=old)
    proven = factories.UserFactory(name="Proven", joined_at=old)
    EmailAddress.objects.create(user=proven, email=proven.email, verified=True)

    assert services.erase_what_is_due(at=now) == {"unproven-accounts": 1}
    assert set(User.objects.values_list("name", flat=True)) == {"Young", "Signed in", "With a company", "Proven"}
