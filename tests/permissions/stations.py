"""Who may open the pages of stations."""

from tests.permissions.row import EDITOR, MEMBER, ORGANISER, OWNER, READER, TREASURER, Row, World


def hosted(world: World) -> dict:
    return {"pk": world.host.pk, "station_pk": world.station.pk}


def at_night(world: World) -> dict:
    return {"slug": world.night.event.slug}


def one_station(world: World) -> dict:
    return {**at_night(world), "pk": world.station.pk}


STATION = {
    "name": "Svetsa",
    "kind": "try_out",
    "text": "x",
    "capacity": 8,
    "duration": 1,
    "accessible": "yes",
    "version": 1,
}
HOSTS = {OWNER, MEMBER}
AT_THE_DESK = {ORGANISER, EDITOR}
ROWS: list[Row] = [
    Row("registrations:exhibitor-stations", HOSTS, lambda w: {"pk": w.host.pk}),
    Row("registrations:exhibitor-station-add", HOSTS, lambda w: {"pk": w.host.pk}),
    Row(
        "registrations:exhibitor-station-add",
        HOSTS,
        lambda w: {"pk": w.host.pk},
        method="post",
        data=lambda w: STATION,
        ok=302,
    ),
    Row("registrations:exhibitor-station", HOSTS, hosted),
    Row("registrations:exhibitor-station", HOSTS, hosted, method="post", data=lambda w: STATION, ok=302),
    Row("registrations:exhibitor-station-cancel", HOSTS, hosted),
    Row("registrations:exhibitor-station-cancel", HOSTS, hosted, method="post", ok=302),
    Row("registrations:exhibitor-station-restore", HOSTS, hosted, method="post", ok=302),
    Row("registrations:station-list", {ORGANISER, EDITOR, TREASURER, READER}, at_night),
    Row("registrations:station-list", AT_THE_DESK, at_night, method="post", ok=302),
    Row(
        "registrations:station-export",
        {ORGANISER, EDITOR, TREASURER, READER},
        lambda w: {**at_night(w), "ending": "csv"},
    ),
    Row("registrations:station-add", AT_THE_DESK, at_night),
    Row("registrations:station-add", AT_THE_DESK, at_night, method="post", data=lambda w: STATION, ok=302),
    Row("registrations:station-edit", AT_THE_DESK, one_station),
    Row("registrations:station-edit", AT_THE_DESK, one_station, method="post", data=lambda w: STATION, ok=302),
    Row("registrations:station-rounds", AT_THE_DESK, one_station),
    Row("registrations:station-rounds", AT_THE_DESK, one_station, method="post", data=lambda w: {"version": 1}, ok=302),
    Row("registrations:station-cancel", AT_THE_DESK, one_station),
    Row("registrations:station-cancel", AT_THE_DESK, one_station, method="post", ok=302),
    Row("registrations:station-restore", AT_THE_DESK, one_station, method="post", ok=302),
]
