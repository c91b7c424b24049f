"""Share links: a frozen paper for whoever has one, and one answer to all that do not work."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from events.access.models import Role
from surveys.answers.logs import WithoutTokens
from surveys.followup.frozen.models import ShareLink
from surveys.followup.frozen.shares import WrongEnd, find_share_link, make_share_link, note_use, revoke_share_link
from tests import factories
from tests.surveys.followup.frozen.example import freeze, make_example

pytestmark = pytest.mark.django_db


@pytest.fixture
def frozen():
    return freeze(make_example().plan)


def made(frozen, days: int = 7, at: datetime | None = None) -> tuple[ShareLink, str]:
    at = at or timezone.now()
    ends = timezone.localdate(at) + timedelta(days=days)
    return make_share_link(frozen=frozen, whom="Direktörerna", ends_on=ends, by=None, at=at)


def test_link_opens_the_frozen_paper_without_signing_in(frozen, client):
    _link, token = made(frozen)

    answer = client.get(reverse("surveys:shared", args=[token]))

    assert answer.status_code == 200
    assert "54 av 71 svarande" in answer.content.decode()
    assert answer["Cache-Control"] == "private, no-store"
    assert answer["X-Robots-Tag"] == "noindex, nofollow"
    assert answer["Referrer-Policy"] == "same-origin"
    assert "sessionid" not in answer.cookies
    assert ShareLink.objects.get().last_used_on == timezone.localdate()
    assert client.get(reverse("surveys:shared-pdf", args=[token])).content.startswith(b"%PDF")
    assert client.post(reverse("surveys:shared", args=[token])).status_code == 405


def test_only_a_hash_of_the_token_is_stored(frozen):
    link, token = made(frozen)

    stored = " ".join(str(value) for value in ShareLink.objects.values().get().values())
    assert token not in stored
    assert re.fullmatch(r"[0-9a-f]{64}", link.token_hash)


def test_links_that_do_not_work_all_say_the_same(frozen, client):
    revoked, one = made(frozen)
    revoke_share_link(link=revoked, by=None, at=timezone.now())
    _ended, other = made(frozen, days=0, at=timezone.now() - timedelta(days=2))
    tokens = [one, other, "A" * 32, "x", "å" * 32, one + "x"]

    answers = [client.get(reverse("surveys:shared", args=[token])) for token in tokens]
    files = [client.get(reverse("surveys:shared-pdf", args=[token])) for token in tokens]

    assert {answer.status_code for answer in answers + files} == {410}
    assert len({re.sub(r'[A-Za-z0-9]{32,}|/f/[^"]*', "", answer.content.decode()) for answer in answers}) == 1
    assert ShareLink.objects.exclude(last_used_on=None).count() == 0


def test_link_works_to_the_end_of_its_last_day_in_stockholm(frozen):
    at = datetime(2027, 3, 1, 9, tzinfo=UTC)
    _link, token = make_share_link(frozen=frozen, whom="x", ends_on=date(2027, 3, 2), by=None, at=at)

    assert find_share_link(token, datetime(2027, 3, 2, 22, 59, tzinfo=UTC)) is not None
    assert find_share_link(token, datetime(2027, 3, 2, 23, 0, tzinfo=UTC)) is None


@pytest.mark.parametrize("days", [-1, 401])
def test_last_day_is_neither_past_nor_for_ever(frozen, days):
    with pytest.raises(WrongEnd):
        made(frozen, days=days)


def test_use_is_noted_once_a_day(frozen, django_assert_num_queries):
    link, _token = made(frozen)
    note_use(link, timezone.now())
    link.refresh_from_db()

    with django_assert_num_queries(0):
        note_use(link, timezone.now())


def test_page_shows_a_new_link_once_and_revokes_it(frozen, client_for, organiser, client):
    factories.grant(organiser, Role.EDITOR, area=frozen.plan.area)
    editor = client_for(organiser)
    url = reverse("surveys:share-links", args=[frozen.plan.pk, 2019, 1])
    posted = {"whom": "Direktörerna", "ends_on": (timezone.localdate() + timedelta(days=1)).isoformat()}

    page = editor.post(url, posted).content.decode()
    (path,) = set(re.findall(r'href="[^"]*(/f/[A-Za-z0-9_-]{32}/)"', page))

    assert client.get(path).status_code == 200
    assert path not in editor.get(url).content.decode()
    editor.post(reverse("surveys:share-link-revoke", args=[frozen.plan.pk, 2019, 1, ShareLink.objects.get().pk]))
    assert client.get(path).status_code == 410
    assert editor.post(url, posted | {"ends_on": "2001-01-01"}).status_code == 409


def test_guessing_is_limited_and_good_links_are_not(frozen, client, limits):
    _link, token = made(frozen)
    good = [client.get(reverse("surveys:shared", args=[token])).status_code for _ in range(25)]
    guesses = [client.get(reverse("surveys:shared", args=["A" * 32])).status_code for _ in range(22)]

    assert (set(good), guesses[:21]) == ({200}, [410] * 21)
    assert guesses[21] in {403, 429}


def test_log_keeps_no_link(caplog):
    import logging

    record = logging.LogRecord("x", 20, "", 0, "GET /f/%s/ 200", ("A" * 32,), None)
    WithoutTokens().filter(record)

    assert record.getMessage() == "GET /f/…/ 200"
