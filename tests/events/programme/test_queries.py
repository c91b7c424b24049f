"""What the start page, somebody's own page and the overview read."""

from datetime import timedelta

import pytest

from events.access import audit
from events.access.models import Role
from events.access.services import grant_role
from events.nights import services as night_services
from events.programme import queries, services
from events.programme.hooks import Decision, Number, Stage
from events.programme.models import EventState
from tests import factories
from tests import night_factories as nf

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


def test_coming_and_past_hide_drafts_and_show_the_cancelled(now):
    soon = factories.EventFactory()
    later = factories.EventFactory(starts_at=soon.starts_at + DAY, ends_at=soon.ends_at + DAY)
    cancelled = factories.EventFactory(
        state=EventState.CANCELLED, starts_at=soon.starts_at + 2 * DAY, ends_at=soon.ends_at + 2 * DAY
    )
    factories.EventFactory(state=EventState.DRAFT)

    assert list(queries.coming_events(now)) == [soon, later, cancelled]
    assert list(queries.past_events(now)) == []
    assert list(queries.past_events(now + 60 * DAY)) == [cancelled, later, soon]
    assert list(queries.coming_events(now + 60 * DAY)) == []


def test_worked_on_are_those_of_desk_and_door(organiser):
    mine, through_area, at_the_door = factories.EventFactory.create_batch(3)
    factories.EventFactory()
    factories.grant(organiser, Role.READER, event=mine)
    factories.grant(organiser, Role.TREASURER, area=through_area.area)
    factories.grant(organiser, Role.DOOR, event=at_the_door)

    assert set(queries.worked_on(organiser)) == {mine, through_area, at_the_door}


def titles(event, at) -> list[tuple[str, str]]:
    return [(str(mark.title), mark.state) for mark in queries.line_of_time(event, at)]


def states(event, at) -> list[str]:
    return [mark.state for mark in queries.line_of_time(event, at)]


def test_line_of_time_has_today_between_what_is_done_and_what_comes(bare, now):
    event = factories.EventFactory()

    line = queries.line_of_time(event, now)

    assert [mark.state for mark in line] == ["done", "done", "now", "later", "later", "later", "later"]
    assert [mark.when for mark in line] == [
        None,
        event.registration_opens_at,
        now,
        event.registration_closes_at,
        event.starts_at,
        None,
        None,
    ]


def test_line_of_time_of_a_draft_begins_today(bare, now):
    event = factories.EventFactory(state=EventState.DRAFT, registration_opens_at=now + DAY)

    assert states(event, now) == ["now", "later", "later", "later", "later", "later"]


def test_line_of_time_of_a_cancelled_event_stops_today(bare, now):
    event = factories.EventFactory(state=EventState.CANCELLED)

    assert states(event, now) == ["done", "done", "stopped", "later", "later", "later", "later"]


def test_line_of_time_takes_what_follows_the_day_from_the_higher_apps(bare, now):
    event = factories.EventFactory()
    sent = event.ends_at + DAY
    bare.later_stages.register(lambda event, at: [Stage("Survey sent", done=at >= sent, when=sent)])

    line = queries.line_of_time(event, sent)

    assert [(mark.title, mark.state) for mark in line][-2:] == [("Survey sent", "done"), (line[-1].title, "now")]


def test_numbers_are_the_first_four(bare, organiser):
    event = factories.EventFactory()
    bare.overview_numbers.register(lambda event, user: [Number("a", 1), Number("b", 2), Number("c", 3)], order=2)
    bare.overview_numbers.register(lambda event, user: [Number("x", 9), Number("y", 8)], order=1)

    assert [number.label for number in queries.numbers_of(event, organiser)] == ["x", "y", "a", "b"]


def test_decisions_with_nothing_to_decide_are_left_out(bare, organiser):
    event = factories.EventFactory()
    bare.waiting_decisions.register(lambda event, user: [Decision("some", 3, "/a/"), Decision("none", 0, "/b/")])

    assert [decision.text for decision in queries.decisions_for(event, organiser)] == ["some"]


def test_latest_changes_of_an_evening_are_its_programmes_too(organiser, now):
    night = nf.NightFactory()
    audit.record(night, night_services.CHANGED, by=organiser, at=now)

    assert [entry.verb for entry in queries.latest_changes(night.event, organiser)] == [night_services.CHANGED]


def test_latest_changes_tell_of_roles_only_to_those_who_may_see_people(organiser, now):
    event = factories.EventFactory()
    reader = factories.UserFactory()
    factories.grant(organiser, Role.ORGANISER, event=event)
    grant_role(email=reader.email, role=Role.READER, event=event, by=organiser, at=now)
    services.cancel_event(event=event, by=organiser, at=now + DAY)

    seen = {user.pk: [entry.verb for entry in queries.latest_changes(event, user)] for user in (organiser, reader)}

    assert seen == {organiser.pk: [services.CANCELLED, "role.granted"], reader.pk: [services.CANCELLED]}


def test_missing_before_publishing_counts_what_the_page_lacks():
    bare_event = factories.EventFactory()
    full = factories.EventFactory(
        description="Kom och visa upp er.",
        name_en="The fair",
        summary_en="A day for companies.",
        venue__accessibility="Utan trösklar.",
        issuer__contact_email="gdpr@kommun.example",
        activity=factories.ActivityFactory(),
    )

    assert len(queries.missing_before_publishing(bare_event)) == 5
    assert queries.missing_before_publishing(full) == []


def test_copy_takes_settings_over_and_moves_the_days(now):
    earlier = factories.EventFactory(
        name="B2B-mässan 2027", name_en="The fair 2027", slug="b2b-2027", description="Som 2027.", visitor_capacity=900
    )

    copy = queries.copy_of(earlier, earlier.ends_at + 30 * DAY)

    assert copy.pk is None
    assert (copy.name, copy.name_en, copy.slug) == ("B2B-mässan 2028", "The fair 2028", "b2b-2028")
    assert (copy.capacity, copy.visitor_capacity, copy.venue, copy.issuer) == (140, 900, earlier.venue, earlier.issuer)
    assert copy.starts_at.date().isoformat() == "2028-03-22"
    assert copy.starts_at.strftime("%A %H:%M") == "Wednesday 09:00"
    assert copy.ends_at - copy.starts_at == earlier.ends_at - earlier.starts_at
    assert copy.description == "Som 2027."


def test_copy_hangs_under_the_same_activity_of_the_new_year_where_there_is_one(now):
    area = factories.AreaFactory()
    old = factories.ActivityFactory(plan__area=area, year=2027, title="B2B-mässan")
    earlier = factories.EventFactory(area=area, activity=old)
    assert queries.copy_of(earlier, earlier.ends_at).activity is None

    new = factories.ActivityFactory(plan=old.plan, year=2028, title="b2b-mässan")

    assert queries.copy_of(earlier, earlier.ends_at).activity == new


def test_copy_gets_an_address_that_is_free(now):
    earlier = factories.EventFactory(slug="b2b-2027")
    factories.EventFactory(slug="b2b-2028")

    assert queries.copy_of(earlier, earlier.ends_at).slug == "b2b-2028-2"
