"""Who may open the pages of plan and events."""

from tests.permissions.row import DOOR, EDITOR, EVERYONE, ORGANISER, READER, SIGNED_IN, TREASURER, Row, World
from tests.typed import typed_activity, typed_event


def event(world: World) -> dict:
    return {"slug": world.event.slug}


def step(world: World) -> dict:
    """A step of the activity."""
    row, _new = world.activity.steps.get_or_create(text="Boka lokal")
    return {"pk": world.plan.pk, "activity_pk": world.activity.pk, "step_pk": row.pk}


def plan(world: World) -> dict:
    return {"pk": world.plan.pk}


def part(name: str):
    return lambda world: {"pk": world.plan.pk, f"{name}_pk": getattr(world, name).pk}


STAFF = {ORGANISER, EDITOR, TREASURER, READER}
EDITORS = {ORGANISER, EDITOR}

ROWS: list[Row] = [
    Row("events:start", EVERYONE),
    Row("events:about", EVERYONE),
    Row("events:accessibility", EVERYONE),
    Row("events:privacy", EVERYONE),
    Row("events:event", EVERYONE, event),
    Row("events:home", SIGNED_IN),
    Row("events:profile", SIGNED_IN),
    Row("events:profile", SIGNED_IN, method="post", data=lambda world: {"name": "Kim", "language": "en"}, ok=302),
    # --- an event ---
    Row("events:event-overview", STAFF, event),
    Row("events:event-edit", EDITORS, event),
    Row("events:event-edit", EDITORS, event, method="post", data=lambda world: typed_event(world.event), ok=302),
    Row("events:event-venue", EDITORS, event),
    Row("events:night-edit", EDITORS, lambda world: {"slug": world.night.event.slug}),
    Row("events:event-new", EDITORS, lambda world: {"slug": world.area.slug}),
    Row(
        "events:event-new",
        EDITORS,
        lambda world: {"slug": world.area.slug},
        method="post",
        data=lambda world: typed_event(world.event, slug="new"),
        ok=302,
    ),
    Row("events:event-copy", EDITORS, event),
    Row("events:event-publish", {ORGANISER}, event),
    Row("events:event-publish", {ORGANISER}, event, method="post", ok=302),
    Row("events:event-unpublish", {ORGANISER}, event),
    Row("events:event-unpublish", {ORGANISER}, event, method="post", ok=302),
    Row("events:event-cancel", {ORGANISER}, event),
    Row("events:event-cancel", {ORGANISER}, event, method="post", ok=302),
    Row("events:event-restore", {ORGANISER}, event),
    Row("events:event-restore", {ORGANISER}, event, method="post", ok=302),
    Row("events:event-people", {ORGANISER}, event),
    Row(
        "events:event-people",
        {ORGANISER},
        event,
        method="post",
        data=lambda world: {"email": "ny@torget.example", "role": DOOR},
        ok=302,
    ),
    Row("events:event-person-remove", {ORGANISER}, lambda world: {**event(world), "pk": world.grant.pk}),
    Row(
        "events:event-person-remove",
        {ORGANISER},
        lambda world: {**event(world), "pk": world.grant.pk},
        method="post",
        ok=302,
    ),
    # --- the plan ---
    Row("events:plan-list", STAFF),
    Row("events:plan-new", EDITORS),
    Row("events:plan", STAFF, plan),
    Row("events:plan-edit", EDITORS, plan),
    Row("events:plan-copy", EDITORS, plan),
    Row(
        "events:plan-copy",
        EDITORS,
        plan,
        method="post",
        data=lambda world: {"title": "Nästa plan", "first_year": 2090, "last_year": 2091},
        ok=302,
    ),
    Row("events:plan-participation", STAFF, plan),
    Row(
        "events:plan-participation",
        EDITORS,
        plan,
        method="post",
        data=lambda world: {f"year_{world.plan.first_year}": "1281", "version": world.plan.version},
        ok=302,
    ),
    Row("events:theme-new", EDITORS, plan),
    Row("events:theme-edit", EDITORS, part("theme")),
    Row("events:theme-remove", EDITORS, part("theme")),
    Row("events:goal-new", EDITORS, plan),
    Row("events:goal-edit", EDITORS, part("goal")),
    Row("events:goal-remove", EDITORS, part("goal")),
    Row("events:goal-remove", EDITORS, part("goal"), method="post", ok=302),
    Row("events:activity-new", EDITORS, plan),
    Row("events:activity", STAFF, part("activity")),
    Row(
        "events:activity",
        EDITORS,
        part("activity"),
        method="post",
        data=lambda world: typed_activity(world.activity),
        ok=302,
    ),
    Row("events:activity-remove", EDITORS, part("activity")),
    Row("events:activity-hand-over", EDITORS, part("activity")),
    Row(
        "events:activity-hand-over",
        EDITORS,
        part("activity"),
        method="post",
        data=lambda world: {"to": "1281"},
        ok=302,
    ),
    Row("events:step-new", EDITORS, part("activity"), method="post", data=lambda world: {"text": "Boka lokal"}, ok=302),
    Row("events:step", EDITORS, step, method="post", data=lambda world: {"do": "done"}, ok=302),
]
