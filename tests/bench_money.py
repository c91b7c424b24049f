"""How long the papers of a fair take: 134 invoices issued one by one, each with its PDF made and sealed."""

import time

from django.utils import timezone

INVOICES = 134


def invoices() -> dict[str, float]:
    """Issues (number, contents, seal, PDF, audit) and then serves every PDF once more, compared with its hash."""
    from registrations.invoices.files import agrees
    from registrations.invoices.paper import pdf_bytes
    from registrations.invoices.queries import contents_in
    from registrations.invoices.services import issue_invoice
    from tests.factories import EventFactory
    from tests.invoice_factories import confirmed_order

    event = EventFactory()
    orders = [confirmed_order(event) for _ in range(INVOICES)]
    start = time.perf_counter()
    papers = [issue_invoice(order=order, by=None, at=timezone.now()) for order in orders]
    issued = time.perf_counter()
    served = sum(agrees(paper, pdf_bytes(contents_in(paper))) for paper in papers if paper)
    return {
        "invoices": len(papers),
        "issued_seconds": round(issued - start, 2),
        "served_again": served,
        "served_seconds": round(time.perf_counter() - issued, 2),
    }
