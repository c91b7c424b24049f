"""The QR code that a phone reads."""

from io import BytesIO

import pytest
from PIL import Image

from registrations.tickets import qr
from registrations.tickets.addresses import ticket_page, ticket_url
from tests import factories

ADDRESS = "HTTPS://TORGET.MALMOLUND.SE/T/0123456789ABCDEF"


@pytest.mark.parametrize(
    ("address", "modules"),
    [("HTTPS://TORGET.SE/T/0123456789ABCDEF", 25), (ADDRESS, 29), ("HTTP://LOCALHOST:8000/T/0123456789ABCDEF", 29)],
)
def test_ticket_address_stays_in_version_2_or_3(address, modules):
    assert len(qr.qr_modules(address)) == modules + 2 * qr.QUIET


def test_path_draws_each_dark_module_once():
    modules = [[False, True, True], [True, False, True]]

    assert qr.qr_path(modules) == "M1 0h2v1h-2zM0 1h1v1h-1zM2 1h1v1h-1z"


def test_svg_escapes_its_label():
    svg = qr.qr_svg(ADDRESS, label='<script>"')

    assert 'aria-label="&lt;script&gt;&quot;"' in svg
    assert "<script>" not in svg


def test_png_holds_the_same_modules():
    picture = Image.open(BytesIO(qr.qr_png(ADDRESS, module_px=1)))

    dark = [[picture.getpixel((x, y)) == 0 for x in range(picture.width)] for y in range(picture.height)]
    assert dark == qr.qr_modules(ADDRESS)


@pytest.mark.django_db
def test_addresses_of_a_ticket(settings):
    settings.BASE_URL = "https://torget.example"
    ticket = factories.TicketFactory(code="0123456789ABCDEF")

    assert ticket_url(ticket) == "HTTPS://TORGET.EXAMPLE/T/0123456789ABCDEF"
    assert ticket_page(ticket) == "https://torget.example/t/0123456789ABCDEF/"
