"""Who may open the pages of companies and exhibitors."""

from tests.permissions.row import EDITOR, MEMBER, ORGANISER, OWNER, READER, SIGNED_IN, TREASURER, Row, World


def own(world: World) -> dict[str, int]:
    """The address of the company's own application."""
    return {"pk": world.exhibitor.pk}


def company(world: World) -> dict[str, int]:
    return {"pk": world.organisation.pk}


def event(world: World) -> dict[str, str]:
    return {"slug": world.event.slug}


OF_COMPANY = {OWNER, MEMBER}
READS_EXHIBITORS = {ORGANISER, EDITOR, TREASURER, READER}

COMPANIES = [
    Row("registrations:apply", SIGNED_IN, event),
    Row("registrations:company-add", SIGNED_IN, event),
    Row("registrations:apply-start", OF_COMPANY, lambda w: event(w) | company(w), "post", ok=302),
    # Whoever comes without the signed company from the search is sent back to search.
    Row("registrations:company-join", SIGNED_IN, event, "post", ok=302),
    Row("registrations:organisation", OF_COMPANY, company),
    Row("registrations:organisation-edit", OF_COMPANY, company),
    Row("registrations:company-answer", {OWNER}, lambda w: company(w) | {"membership_pk": w.asked.pk}, "post", ok=302),
    Row(
        "registrations:company-member",
        {OWNER},
        lambda w: company(w) | {"membership_pk": w.colleague.pk},
        "post",
        ok=302,
    ),
    Row("registrations:company-adoptions", {ORGANISER, EDITOR}, event),
    Row(
        "registrations:company-adopt",
        {ORGANISER, EDITOR},
        lambda w: event(w) | {"membership_pk": w.orphan.pk},
        "post",
        ok=302,
    ),
]

EXHIBITORS = [
    Row("registrations:own-exhibitor", OF_COMPANY, own),
    Row("registrations:exhibitor-profile", OF_COMPANY, own),
    Row("registrations:exhibitor-contact", OF_COMPANY, own),
    Row("registrations:exhibitor-staff", OF_COMPANY, own),
    Row(
        "registrations:exhibitor-staff-remove",
        OF_COMPANY,
        lambda w: own(w) | {"staff_pk": w.staff.pk},
        "post",
        ok=302,
    ),
    Row("registrations:exhibitor-send", OF_COMPANY, own, ok=302),  # sent already
    Row("registrations:exhibitor-withdraw", OF_COMPANY, own, "post", ok=302),
    # A logo stands on the public page; the world's exhibitor has none.
    Row("registrations:exhibitor-logo", set(), own, anonymous=404),
    Row("registrations:exhibitor-list", READS_EXHIBITORS, event),
    Row("registrations:exhibitor-detail", READS_EXHIBITORS, lambda w: event(w) | own(w)),
    Row(
        "registrations:exhibitor-export",
        {ORGANISER, EDITOR, TREASURER},
        lambda w: event(w) | {"ending": "csv"},
    ),
    Row(
        "registrations:exhibitor-decide",
        {ORGANISER, EDITOR},
        lambda w: event(w) | own(w),
        "post",
        lambda w: {"decision": "waiting"},
        ok=302,
    ),
    Row(
        "registrations:exhibitor-decide-many",
        {ORGANISER, EDITOR},
        event,
        "post",
        lambda w: {"decision": "waiting", "chosen": w.exhibitor.pk},
        ok=302,
    ),
]

ROWS: list[Row] = [*COMPANIES, *EXHIBITORS]
