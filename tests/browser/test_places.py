"""A placed class on a phone: one tap and an instant answer."""

import pytest
from playwright.sync_api import expect

from registrations.bookings.states import ClassState
from tests import night_factories as nf
from tests.browser.conftest import PHONE
from tests.factories import UserFactory
from tests.registrations.bookings.places.evening import placed
from tests.registrations.bookings.real_clock import evening


@pytest.fixture
def school_class():
    """20 pupils in an admission of 22."""
    night = evening()
    night.first = nf.WaveFactory(night=night, starts_at=night.event.starts_at, capacity=22)
    night.spots = nf.StationFactory.create_batch(3, night=night, capacity=20)
    booking = nf.BookingFactory(night=night, owner=UserFactory(email="lena@skola.example"))
    return placed(night, booking=booking, state=ClassState.OFFERED, label="9A")


def test_a_tap_answers_at_once_and_keeps_the_finger_where_it_was(school_class, open_page, axe, no_sideways):
    owner = school_class.booking.people.get().user
    page = open_page(f"/bookings/{school_class.booking_id}/", user=owner, size=PHONE, language="en")
    numbers = page.locator(f"#numbers-{school_class.pk}")
    axe(page)
    no_sideways(page)

    page.get_by_role("button", name="One pupil more in 9A").click()

    expect(numbers.locator(".stepper-value").first).to_have_text("21")
    expect(numbers.get_by_role("status")).to_contain_text("Noted.")
    expect(page.get_by_role("button", name="One pupil more in 9A")).to_be_focused()
    axe(page)

    page.get_by_role("button", name="Confirm the place").last.click()

    expect(page.locator(f"#place-{school_class.pk} .place-state")).to_contain_text("Coming")
