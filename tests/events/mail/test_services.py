"""The outbox: written with its transaction, tried again, claimed by one."""

import contextlib
import smtplib
import threading
from datetime import timedelta

import pytest
from django.core import mail
from django.db import connections, transaction
from django_tasks_db.models import DBTaskResult

from events.access.models import Grant, Role
from events.mail import services
from events.mail.models import Letter, LetterState
from events.mail.tasks import deliver
from tests import factories

pytestmark = pytest.mark.django_db

MINUTE = timedelta(minutes=1)


def write(to: str = "kim@foretaget.example", **other) -> Letter:
    """A letter about a role: any template of the house will do."""
    event = factories.EventFactory(name="Mässan <é> 🎪", name_en="The fair")
    context = {"grant": Grant(role=Role.DOOR), "by": "Olle"}
    return services.write_letter(to=to, template="events/access/mail/role", context=context, event=event, **other)


def tasks() -> list[DBTaskResult]:
    return list(DBTaskResult.objects.order_by("enqueued_at"))


@pytest.fixture
def broken_server(monkeypatch):
    def refuse(self, messages):
        raise smtplib.SMTPServerDisconnected("kim@foretaget.example was to get this")

    monkeypatch.setattr("django.core.mail.backends.locmem.EmailBackend.send_messages", refuse)


# --- Written ---------------------------------------------------------------------------------------------------------


def test_letter_and_its_task_are_rows_of_the_callers_transaction():
    letter = write()

    assert (letter.state, letter.to, letter.event.name) == (
        LetterState.QUEUED,
        "kim@foretaget.example",
        "Mässan <é> 🎪",
    )
    assert [task.args_kwargs["args"] for task in tasks()] == [[letter.pk]]
    assert mail.outbox == []


def test_letter_is_rolled_back_with_its_transaction():
    @transaction.atomic
    def fail():
        write()
        raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()

    assert (Letter.objects.count(), tasks(), mail.outbox) == (0, [], [])


def test_letter_whose_template_is_broken_takes_the_transaction_with_it():
    with pytest.raises(Exception, match="no/such"):
        services.write_letter(to="kim@foretaget.example", template="no/such", context={})

    assert (Letter.objects.count(), tasks()) == (0, [])


def test_letter_is_swedish_unless_its_reader_reads_english():
    assert [write(language=language).language for language in ("", "sv", "en")] == ["sv", "sv", "en"]
    assert "The fair" in Letter.objects.latest("pk").text


def test_letter_escapes_names_in_html_and_writes_them_as_they_are_in_text():
    letter = write()

    assert "Mässan <é> 🎪" in letter.subject
    assert "Mässan <é> 🎪" in letter.text
    assert "Mässan &lt;é&gt; 🎪" in letter.html


def test_letter_has_a_subject_on_one_line_whatever_the_name():
    event = factories.EventFactory(name="Mässan\r\nBcc: alla@foretaget.example")
    context = {"grant": Grant(role=Role.DOOR), "by": "Olle"}

    letter = services.write_letter(
        to="kim@foretaget.example", template="events/access/mail/role", context=context, event=event
    )

    assert "\n" not in letter.subject
    assert "\r" not in letter.subject


# --- Sent ------------------------------------------------------------------------------------------------------------


def test_deliver_sends_text_html_and_picture_and_erases_them():
    letter = write(image=b"\x89PNG picture")

    assert deliver.func(letter.pk) == LetterState.SENT

    message = mail.outbox[0]
    assert (message.to, message.subject) == (["kim@foretaget.example"], letter.subject)
    assert [part.get_content_type() for part in message.message().walk() if not part.is_multipart()] == [
        "text/plain",
        "text/html",
        "image/png",
    ]
    letter.refresh_from_db()
    assert (letter.text, letter.html, letter.image) == ("", "", None)
    assert letter.sent_at is not None


def test_deliver_sends_once_however_often_it_runs():
    letter = write()

    answers = [deliver.func(letter.pk) for _ in range(3)]

    assert answers == [LetterState.SENT, "nothing to do", "nothing to do"]
    assert len(mail.outbox) == 1


def test_deliver_of_a_letter_that_is_gone_does_nothing():
    assert deliver.func(0) == "nothing to do"


# --- Tried again -----------------------------------------------------------------------------------------------------


def test_failed_try_is_planned_again_after_1_2_4_minutes(broken_server, now):
    letter = write()
    waits = []
    for _ in range(4):
        services.postpone_letter(letter=letter, error=smtplib.SMTPException(), at=now)
        waits.append(letter.next_try_at - now)

    assert waits == [1 * MINUTE, 2 * MINUTE, 4 * MINUTE, 8 * MINUTE]
    assert [task.run_after for task in tasks()[1:]] == [now + wait for wait in waits]
    assert (letter.state, letter.attempts) == (LetterState.QUEUED, 4)


def test_failed_try_keeps_the_text_and_names_the_fault_without_the_address(broken_server):
    letter = write()

    assert deliver.func(letter.pk) == LetterState.QUEUED

    letter.refresh_from_db()
    assert (letter.last_error, letter.attempts) == ("SMTPServerDisconnected", 1)
    assert letter.text


def test_letter_is_given_up_after_its_last_try(broken_server, settings, now):
    settings.MAIL_ATTEMPTS = 2
    letter = write()

    for _ in range(2):
        services.postpone_letter(letter=letter, error=smtplib.SMTPException(), at=now)

    assert letter.state == LetterState.FAILED
    assert len(tasks()) == 2  # the first, and the one after the first fault
    assert deliver.func(letter.pk) == "nothing to do"


# --- Stranded --------------------------------------------------------------------------------------------------------


def test_letter_is_claimed_by_one_for_the_length_of_a_lease(now):
    letter = write()

    first, second = (services.claim_letter(pk=letter.pk, at=now) for _ in range(2))

    assert (first, second) == (letter, None)
    assert (first.state, first.next_try_at) == (LetterState.SENDING, now + services.LEASE)


def test_letter_whose_worker_died_is_sent_by_another(now):
    letter = write()
    services.claim_letter(pk=letter.pk, at=now)
    lease_is_out = now + services.LEASE + 6 * MINUTE

    assert services.requeue_stranded(at=now + services.LEASE) == 0
    assert services.requeue_stranded(at=lease_is_out) == 1
    assert services.requeue_stranded(at=lease_is_out) == 0

    assert deliver.func(letter.pk) == LetterState.SENT
    assert len(mail.outbox) == 1


def test_letter_whose_task_was_lost_is_given_a_new_one(now):
    letter = write()
    Letter.objects.update(next_try_at=now)
    DBTaskResult.objects.all().delete()

    assert services.requeue_stranded(at=now + 6 * MINUTE) == 1
    assert [task.args_kwargs["args"] for task in tasks()] == [[letter.pk]]


def test_letters_that_are_done_with_are_never_sent_again(broken_server, now):
    for state in (LetterState.SENT, LetterState.FAILED):
        write()
        Letter.objects.filter(state=LetterState.QUEUED).update(state=state, next_try_at=now)

    assert services.requeue_stranded(at=now + timedelta(days=1)) == 0


def test_old_letters_are_forgotten_when_they_are_done_with(now):
    old = now - timedelta(days=91)
    for state in LetterState.values:
        letter = write(to=f"{state}@foretaget.example")
        Letter.objects.filter(pk=letter.pk).update(state=state, created_at=old)
    young = write()
    Letter.objects.filter(pk=young.pk).update(state=LetterState.SENT, created_at=now - timedelta(days=89))

    erased = [services.erase_letters(before=now - timedelta(days=90), limit=1) for _ in range(3)]

    assert erased == [1, 1, 0]
    assert set(Letter.objects.exclude(pk=young.pk).values_list("state", flat=True)) == {
        LetterState.QUEUED,
        LetterState.SENDING,
    }
    assert Letter.objects.filter(pk=young.pk).exists()


# --- Two workers -----------------------------------------------------------------------------------------------------


def read_then_write(*, pk, at):
    """``claim_letter`` as it must not be: two workers read the letter before either has taken it."""
    letter = Letter.objects.filter(pk=pk, state=LetterState.QUEUED).first()
    MEET.wait()
    if letter:
        letter.state = LetterState.SENDING
        letter.save(update_fields=["state"])
    return letter


def as_it_is(*, pk, at):
    MEET.wait()
    return services.claim_letter(pk=pk, at=at)


MEET = threading.Barrier(2, timeout=10)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("claim", "claimed"), [(as_it_is, 1), (read_then_write, 2)])
def test_two_workers_claim_a_letter_once(claim, claimed, now):
    """The conditional update is what makes it so: reading first and writing then, both send."""
    letter = write()
    got = []

    def work():
        with contextlib.closing(connections["default"]):
            got.append(claim(pk=letter.pk, at=now))

    workers = [threading.Thread(target=work) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(30)

    assert sum(letter is not None for letter in got) == claimed
    assert len(got) == 2
