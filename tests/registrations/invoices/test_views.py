"""The pages: the list, a paper, crediting, reminding, the statement, the issuer's details, the company's own."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from events.access.models import Role
from events.mail.models import Letter
from registrations.invoices.crediting import credit_invoice
from registrations.invoices.models import Biller, Invoice, Reminder
from registrations.organisations.models import MembershipRole, MembershipState
from tests import factories
from tests.factories import EventFactory
from tests.invoice_factories import confirmed_order, issued, pay

pytestmark = pytest.mark.django_db


@pytest.fixture
def fair():
    return EventFactory()


@pytest.fixture
def treasurer(fair, client):
    person = factories.UserFactory()
    factories.grant(person, Role.TREASURER, event=fair)
    client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def late_invoice(fair):
    return issued(fair, at=timezone.now() - timedelta(days=60))


def url(name, *args):
    return reverse(f"registrations:{name}", args=args)


def test_the_list_shows_sums_and_states(treasurer, fair):
    paid = issued(fair)
    pay(paid)
    late_invoice(fair)

    page = treasurer.get(url("invoice-list", fair.slug))

    assert page.context["sums"].invoiced_ore == 2 * 1_521_300
    assert page.context["to_remind"] == 1
    text = page.content.decode()
    assert paid.name in text
    assert paid.buyer in text
    overdue = treasurer.get(url("invoice-list", fair.slug) + "?state=overdue")
    assert [row.invoice.name for row in overdue.context["rows"]] != [paid.name]
    assert len(overdue.context["rows"]) == 1


def test_the_list_asks_as_much_for_three_as_for_one(treasurer, fair, django_assert_max_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def asked():
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert treasurer.get(url("invoice-list", fair.slug)).status_code == 200
        return len(queries)

    credit_invoice(invoice=late_invoice(fair), parts=None, reason="Fel", by=None, at=timezone.now())
    late_invoice(fair)
    asked()
    one = asked()
    for _ in range(3):
        pay(late_invoice(fair), 100)
    credit_invoice(invoice=late_invoice(fair), parts=None, reason="Fel", by=None, at=timezone.now())

    assert asked() == one


def test_without_the_issuers_details_the_page_says_so(treasurer, fair):
    page = treasurer.get(url("invoice-list", fair.slug))

    assert page.context["biller"] is None
    assert url("biller-edit", fair.slug) in page.content.decode()


def test_the_list_as_a_file(treasurer, fair):
    invoice = issued(fair)

    text = treasurer.get(url("invoice-export", fair.slug, "csv")).content.decode("utf-8-sig")

    assert text.splitlines()[1].split(";")[0] == invoice.name
    assert "15213" in text
    assert treasurer.get(url("invoice-export", fair.slug, "pdf")).status_code == 404


def test_a_paper_shows_what_stands_on_it_and_serves_the_issued_pdf(treasurer, fair):
    invoice = issued(fair)

    page = treasurer.get(url("invoice", fair.slug, invoice.pk))
    file = treasurer.get(url("invoice-pdf", fair.slug, invoice.pk))

    assert page.context["is_as_issued"]
    assert invoice.ocr in page.content.decode()
    assert file["Content-Type"] == "application/pdf"
    assert file["X-Paper"] == "as-issued"
    assert file.content.startswith(b"%PDF")


def test_a_paper_of_another_event_is_not_there(treasurer, fair):
    other = issued(EventFactory())

    assert treasurer.get(url("invoice", fair.slug, other.pk)).status_code == 404
    assert treasurer.get(url("invoice-pdf", fair.slug, other.pk)).status_code == 404


def test_the_page_says_when_the_pdf_is_another(treasurer, fair, monkeypatch):
    from registrations.invoices import views

    invoice = issued(fair)
    monkeypatch.setattr(views, "pdf_bytes", lambda contents: b"other")

    assert not treasurer.get(url("invoice", fair.slug, invoice.pk)).context["is_as_issued"]


def test_crediting_a_part_and_then_too_much(treasurer, fair):
    invoice = issued(fair)
    address = url("invoice-credit", fair.slug, invoice.pk)

    done = treasurer.post(address, {"what": "parts", "part_25_S": "4 000", "reason": "En bricka för mycket"})
    too_much = treasurer.post(address, {"what": "parts", "part_25_S": "9 000", "reason": "Mer"})
    nothing = treasurer.post(address, {"what": "parts", "part_25_S": "", "reason": "Mer"})

    note = Invoice.objects.get(credits=invoice)
    assert done.status_code == 302
    assert note.payable_ore == -500_000
    assert too_much.status_code == 409
    assert "9 000" in too_much.content.decode()
    assert nothing.status_code == 422
    assert Letter.objects.get().to == "ekonomi@foretaget.example"


def test_reminding_the_ticked(treasurer, fair):
    first, second = late_invoice(fair), late_invoice(fair)
    pay(second)
    address = url("invoice-reminders", fair.slug)

    assert [one.invoice.pk for one in treasurer.get(address).context["due"]] == [first.pk]
    treasurer.post(address, {"chosen": [first.pk, second.pk, "x"]})

    assert [one.invoice_id for one in Reminder.objects.all()] == [first.pk]
    assert treasurer.get(address).context["due"] == []


def test_reminding_from_the_invoices_page(treasurer, fair):
    invoice = late_invoice(fair)

    for _again in range(2):
        assert treasurer.post(url("invoice-remind", fair.slug, invoice.pk)).status_code == 302

    assert Reminder.objects.count() == 1


def test_a_companys_statement_runs_its_balance(treasurer, fair):
    invoice = issued(fair)
    pay(invoice, 500_000)
    company = invoice.order.exhibitor.organisation

    page = treasurer.get(url("invoice-statement", fair.slug, company.pk))
    file = treasurer.get(url("invoice-statement-pdf", fair.slug, company.pk))

    assert [row["balance_ore"] for row in page.context["rows"]] == [1_521_300, 1_021_300]
    assert page.context["balance_ore"] == 1_021_300
    assert file.content.startswith(b"%PDF")


DETAILS = {
    "organisation_number": "559000-0013",
    "vat_number": "SE559000001301",
    "street": "Scheelevägen 15",
    "postal_code": "223 63",
    "city": "Lund",
    "email": "faktura@iuc.example",
    "bankgiro": "5050-1055",
    "series_prefix": "iuc",
}


def details(**changes):
    accounts = {field.name: field.default for field in Biller._meta.get_fields() if field.name.endswith("_account")}
    return DETAILS | accounts | changes


def test_the_issuers_details_are_filled_in_and_orders_then_get_their_invoices(treasurer, fair):
    done = treasurer.post(url("biller-edit", fair.slug), details())

    biller = Biller.objects.get(issuer=fair.issuer)
    assert done.status_code == 302
    assert (biller.bankgiro, biller.series_prefix, biller.issuer.organisation_number) == (
        "50501055",
        "IUC",
        "559000-0013",
    )
    assert issued(fair).name.startswith("IUC-")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("bankgiro", "5050-1056"),
        ("vat_number", "SE559000001302"),
        ("vat_number", "SE556000000001"),
        ("iban", "SE4550000000058398257467"),
        ("bic", "X"),
        ("series_prefix", "A-B"),
        ("peppol_id", "7:1"),
        ("sales_account", "304"),
        ("organisation_number", "559000-0014"),
    ],
)
def test_details_that_can_not_be_right_are_refused(treasurer, fair, name, value):
    page = treasurer.post(url("biller-edit", fair.slug), details(**{name: value}))

    assert page.status_code == 422
    assert name in page.context["form"].errors
    assert not Biller.objects.exists()


def test_two_who_change_the_details_hear_of_each_other(treasurer, fair):
    treasurer.post(url("biller-edit", fair.slug), details())
    treasurer.post(url("biller-edit", fair.slug), details(version=1, city="Malmö"))

    page = treasurer.post(url("biller-edit", fair.slug), details(version=1, city="Eslöv"))

    assert page.status_code == 409
    assert Biller.objects.get().city == "Malmö"
    assert "Eslöv" in page.content.decode()


def test_the_company_sees_its_papers_and_nobody_elses(client, fair):
    invoice, other = issued(fair), issued(fair)
    exhibitor = invoice.order.exhibitor
    person = factories.UserFactory()
    factories.MembershipFactory(
        organisation=exhibitor.organisation, user=person, role=MembershipRole.OWNER, state=MembershipState.ACTIVE
    )
    client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")

    own = client.get(reverse("registrations:own-exhibitor", args=[exhibitor.pk])).content.decode()
    paper = client.get(url("own-invoice", exhibitor.pk, invoice.pk))

    assert invoice.name in own
    assert other.name not in own
    assert paper.status_code == 200
    assert client.get(url("own-invoice-pdf", exhibitor.pk, invoice.pk)).content.startswith(b"%PDF")
    assert client.get(url("own-invoice", exhibitor.pk, other.pk)).status_code == 404
    assert client.get(url("own-invoice", other.order.exhibitor_id, other.pk)).status_code == 404


def test_orders_that_wait_for_their_invoice_are_counted(treasurer, fair):
    confirmed_order(fair)

    assert treasurer.get(url("invoice-list", fair.slug)).context["awaiting"] == 1


def test_an_e_invoice_is_downloaded_when_the_buyer_gave_a_reference(treasurer, fair):
    invoice, other = issued(fair), issued(fair, bill_reference="")

    page = treasurer.get(url("invoice-e", fair.slug, invoice.pk))
    file = treasurer.get(url("invoice-ubl", fair.slug, invoice.pk))

    assert page.status_code == 200
    assert not page.context["hands_over"]
    assert file.content.startswith(b"<?xml")
    assert treasurer.get(url("invoice-e", fair.slug, other.pk)).status_code == 409
    assert treasurer.get(url("invoice-ubl", fair.slug, other.pk)).status_code == 302
    assert treasurer.post(url("invoice-e", fair.slug, invoice.pk)).status_code == 404


class Taker:
    """Remembers what it was handed."""

    taken: list[str] = []

    def take(self, name: str, xml: bytes) -> None:
        self.taken.append(name)


def test_an_e_invoice_is_handed_to_what_the_setting_names(treasurer, fair, settings):
    settings.E_INVOICE_HANDOVER = f"{__name__}.Taker"
    invoice = issued(fair)

    assert treasurer.post(url("invoice-e", fair.slug, invoice.pk)).status_code == 302
    assert Taker.taken == [f"{invoice.name}.xml"]
