"""Figures that neither answers nor events count, read from where they are kept."""

from datetime import date
from decimal import Decimal

import pytest
from django.utils import timezone

from registrations.books.posting import balances
from registrations.books.queries import vouchers_of
from registrations.exhibitors.states import State
from registrations.invoices.crediting import credit_invoice
from registrations.invoices.models import Biller
from registrations.money.amounts import FULL
from surveys.applicants.models import Applicants
from surveys.followup.findings import findings
from surveys.followup.models import Indicator
from surveys.followup.targets import Standing
from tests import factories, night_factories
from tests.factories import NOW
from tests.invoice_factories import issued

pytestmark = pytest.mark.django_db


def make(source: str, **columns) -> Indicator:
    return factories.IndicatorFactory(**{"source": source, "event": None, "question": None} | columns)


def finding(indicator: Indicator):
    return findings(Indicator.objects.with_sources().filter(pk=indicator.pk), at=NOW)[indicator.pk]


def apply(year: int, programme: str, *, source: str = "Antagningen", **counts: int | None) -> None:
    Applicants.objects.bulk_create(
        Applicants(
            municipality_id=code[1:], year=year, programme=programme, count=count, source=source,
            imported_at=timezone.now(),
        )
        for code, count in counts.items()
    )  # fmt: skip


def test_typed_value_has_its_day_origin_and_base():
    found = finding(
        make(
            "typed", name="Svarstid", unit="dagar", direction="lower", target=5, baseline=8,
            typed_value=Decimal("4.50"), typed_on=date(2027, 2, 1), typed_n=12, typed_from="Kommunerna",
        )
    )  # fmt: skip

    figure = found.figure
    assert (figure.value, figure.unit, figure.n, figure.on, figure.paper) == (
        4.5,
        "dagar",
        12,
        date(2027, 2, 1),
        "Kommunerna",
    )
    assert (found.standing, found.target_words, found.baseline_words) == (
        Standing.REACHED,
        "5\u00a0dagar",
        "8\u00a0dagar",
    )


def test_typed_value_that_is_whole_has_no_decimals_and_one_that_is_missing_cannot_be_judged():
    whole = make("typed", typed_value=Decimal("12.00"), typed_on=date(2027, 2, 1), typed_from="Oss")
    missing = make("typed", name="Svarstid", target=5)

    assert finding(whole).value == "12"
    assert (finding(missing).value, finding(missing).standing) == ("", Standing.CANT_TELL)


def test_money_is_the_evenings_co_financing():
    night = night_factories.NightFactory(co_financing=350_000)

    found = finding(make("money", event=night.event))

    assert found.value.replace("\u00a0", " ") == "350 000 kr"
    assert found.url.endswith(f"/e/{night.event.slug}/manage/figures/")


def test_money_that_nobody_has_filled_in_is_missing():
    assert finding(make("money", event=night_factories.NightFactory().event)).value == ""
    assert finding(make("money", event=factories.EventFactory())).value == ""


def test_applicants_are_the_latest_years_of_all_the_programmes():
    apply(2025, "IN", m1281=40, m1280=60)
    apply(2026, "IN", m1281=30, m1280=None)
    apply(2026, "TE", m1281=12, source="Regionen")

    figure = finding(make("applicants", programmes="in TE")).figure

    assert (figure.value, figure.year, figure.n, figure.population) == (42, 2026, 1, 12)
    assert (figure.what, figure.paper) == ("IN, TE", "Antagningen; Regionen")


def test_applicants_of_the_year_that_was_asked_for():
    apply(2025, "IN", m1281=40, m1280=60)
    apply(2026, "IN", m1281=30)

    assert finding(make("applicants", programmes="IN", year=2025)).figure.value == 100
    assert finding(make("applicants", programmes="IN", year=2024)).figure.value is None


@pytest.mark.parametrize("count", [1, 3])
def test_told_figures_take_two_queries_however_many(count, django_assert_num_queries):
    apply(2026, "IN", m1281=30)
    for _ in range(count):
        make("typed", name="Svarstid")
        make("applicants", programmes="IN")
        make("money", event=night_factories.NightFactory().event)
    rows = list(Indicator.objects.with_sources())

    with django_assert_num_queries(2):
        findings(rows, at=NOW, trails=False)


def test_income_is_what_the_accounts_for_sales_say_to_the_ore():
    event = factories.EventFactory()
    first = issued(event, lines=[{"unit_ore": 1_217_033}, {"unit_ore": 99_999, "vat_rate": 12, "quantity": 3}])
    issued(event, lines=[{"unit_ore": 500_050}])
    credit_invoice(invoice=first, parts={FULL: 217_032}, reason="Rabatt", by=None, at=NOW)
    issued(factories.EventFactory(issuer=event.issuer))

    found = finding(make("income", event=event))

    # 12 170,33 + 3 × 999,99 + 5 000,50 − 2 170,32 = 18 000,48
    assert (found.figure.value, found.figure.unit) == (18_000.48, "kronor")
    assert found.figure.parts == (("invoices", 2), ("credits", 1))
    own = {paper.name for paper in event.invoices.all()}
    vouchers = vouchers_of(Biller.objects.get(issuer=event.issuer), date(2027, 1, 1), date(2027, 12, 31))
    accounts = balances(one for one in vouchers if one.paper in own)
    assert round(found.figure.value * 100) == -sum(ore for number, ore in accounts.items() if number.startswith("304"))


def test_income_without_papers_is_missing_and_everything_credited_is_nought():
    event, nothing = factories.EventFactory(), factories.EventFactory()
    credit_invoice(invoice=issued(event), parts=None, reason="Inställt", by=None, at=NOW)

    assert finding(make("income", event=event)).figure.value == 0
    assert finding(make("income", event=nothing)).value == ""


def test_cost_is_shared_by_those_that_hold_a_place():
    event = factories.EventFactory()
    typed = {"typed_value": Decimal("350000"), "typed_on": date(2027, 5, 1), "typed_from": "Bokslutet"}
    row = make("exhibitor_cost", event=event, direction="lower", target=120_000, **typed)
    assert finding(row).value == ""

    factories.ExhibitorFactory.create_batch(3, event=event, state=State.ACCEPTED)
    factories.ExhibitorFactory(event=event, state=State.WAITING)

    found = finding(row)
    # 350 000 / 3 = 116 666,666… → 116 666,67
    assert (found.figure.value, found.figure.n, found.figure.paper) == (116_666.67, 3, "Bokslutet")
    assert found.figure.parts == (("cost", 350_000), ("exhibitors", 3))
    assert found.standing == Standing.REACHED


def test_cost_that_nobody_has_told_is_missing_and_an_evenings_is_its_co_financing():
    fair, night = factories.EventFactory(), night_factories.NightFactory(co_financing=350_000)
    for event in (fair, night.event):
        factories.ExhibitorFactory.create_batch(2, event=event, state=State.ACCEPTED)

    assert finding(make("exhibitor_cost", event=fair, target=1000)).standing == Standing.CANT_TELL
    assert finding(make("exhibitor_cost", event=night.event)).figure.value == 175_000


def test_figures_of_money_take_as_many_queries_for_three_as_for_one(django_assert_num_queries):
    rows = [
        make(source, event=factories.EventFactory()) for source in ("income", "exhibitor_cost") for _event in range(3)
    ]
    for pks in ([rows[0].pk, rows[-1].pk], [row.pk for row in rows]):
        indicators = list(Indicator.objects.with_sources().filter(pk__in=pks))
        with django_assert_num_queries(2):
            findings(indicators, at=NOW, trails=False)
