"""The steps of a booking after its classes, as a teacher clicks and types through them."""

import pytest
from django.http import QueryDict
from django.urls import reverse

from registrations.bookings.models import Booking, SchoolClass
from registrations.bookings.pages import versions_in
from registrations.bookings.states import BookingState, ClassState
from registrations.bookings.wishes import order_of
from tests import night_factories as nf
from tests.registrations.bookings.steps.address import step

pytestmark = pytest.mark.django_db


# --- Needs, times, wishes, reason -----------------------------------------------------------------------------------


def test_needs_are_kept_as_counts(client, draft):
    one = nf.SchoolClassFactory(booking=draft, pupils=20)
    said = {f"c{one.pk}-needs-need_wheelchair": "2", f"c{one.pk}-needs-diet_vegan": "0", f"version-{one.pk}": "1"}

    response = client.post(step("needs", draft), said)

    one.refresh_from_db()
    assert response.url == step("wishes", draft)
    assert (one.needs, one.diets) == ({"wheelchair": 2}, {})


@pytest.mark.parametrize("typed", ["21", "-1", "en", "1.5"])
def test_needs_over_the_class_are_refused_and_the_rest_kept_when_saving_by_itself(client, draft, typed):
    one = nf.SchoolClassFactory(booking=draft, pupils=20, needs={"quiet": 1})
    said = {
        f"c{one.pk}-needs-need_quiet": typed,
        f"c{one.pk}-needs-diet_vegan": "3",
        f"version-{one.pk}": "1",
    }

    assert client.post(step("needs", draft), said).status_code == 422
    assert client.post(step("needs", draft), said | {"autosave": "1"}).status_code == 200

    one.refresh_from_db()
    assert (one.needs, one.diets) == ({"quiet": 1}, {"vegan": 3})


def test_times_are_all_ticked_and_kept_as_none(client, draft):
    waves = [nf.WaveFactory(night=draft.night) for _ in range(3)]
    one = nf.SchoolClassFactory(booking=draft)
    version = {f"version-{one.pk}": "1"}

    page = client.get(step("needs", draft)).context["page"]
    assert page.parts[-1].form["waves"].value() == [wave.pk for wave in waves]
    client.post(step("needs", draft), {"all-times-waves": [wave.pk for wave in waves]} | version)
    assert not one.possible_waves.exists()
    client.post(step("needs", draft), {"all-times-waves": [waves[1].pk]} | version)
    assert list(one.possible_waves.all()) == [waves[1]]
    assert client.post(step("needs", draft), version).status_code == 422


def test_wishes_are_tapped_in_order_without_scripts(client, draft):
    one = nf.SchoolClassFactory(booking=draft)
    first, second = nf.FieldFactory(night=draft.night), nf.FieldFactory(night=draft.night)

    for version, (order, tapped) in enumerate(
        [("", second), (f"f{second.pk}", first), (f"f{second.pk},f{first.pk}", second)], start=1
    ):
        said = {"all-wishes-order": order, "toggle": f"all-wishes:f{tapped.pk}", f"version-{one.pk}": version}
        response = client.post(step("wishes", draft), said)
        assert response.url.endswith(f"#choice-all-wishes:f{tapped.pk}")

    assert order_of(SchoolClass.objects.get()) == [f"f{first.pk}"]


def test_wishes_leave_out_what_the_grade_may_not_visit(client, draft):
    one = nf.SchoolClassFactory(booking=draft, needs={"wheelchair": 1})
    old = nf.StationFactory(night=draft.night, youngest_grade=10)
    young = nf.StationFactory(night=draft.night, accessible=False)

    page = client.get(step("wishes", draft))
    part = page.context["page"].parts[0]
    assert [station.key for group in part.choices for station in group.stations] == [f"s{young.pk}"]
    assert part.wheelchair
    said = {"all-wishes-order": f"s{old.pk}", f"version-{one.pk}": "1"}
    assert client.post(step("wishes", draft), said).status_code == 409


def test_reason_for_all_classes_or_for_each(client, draft):
    one, other = nf.SchoolClassFactory(booking=draft, reason=""), nf.SchoolClassFactory(booking=draft, reason="")
    versions = {f"version-{one.pk}": "1", f"version-{other.pk}": "1"}

    client.post(step("reason", draft), {"mode": "same", "all-reason-reason": "Vi vill."} | versions)
    assert set(SchoolClass.objects.values_list("reason", flat=True)) == {"Vi vill."}
    assert not client.get(step("reason", draft)).context["page"].each

    versions = dict.fromkeys(versions, "2")
    each = {"mode": "each", f"c{one.pk}-reason-reason": "A", f"c{other.pk}-reason-reason": "B"}
    client.post(step("reason", draft), each | versions)
    assert list(SchoolClass.objects.order_by("pk").values_list("reason", flat=True)) == ["A", "B"]
    assert client.get(step("reason", draft)).context["page"].each


def test_reason_counts_a_new_line_once_and_keeps_a_text_that_is_too_long(client, draft):
    one = nf.SchoolClassFactory(booking=draft, reason="Förut.")
    said = {"mode": "same", f"version-{one.pk}": "1"}
    fits = "\r\n".join(["x" * 499, "y" * 500])

    long = client.post(step("reason", draft), said | {"all-reason-reason": fits + "zz", "autosave": "1"})
    one.refresh_from_db()
    assert "saved-wrong" in long.content.decode()
    assert one.reason == "Förut."
    assert client.post(step("reason", draft), said | {"all-reason-reason": fits}).status_code == 302


# --- Two at once ----------------------------------------------------------------------------------------------------


def test_a_colleagues_words_are_shown_and_not_overwritten(client, draft):
    one = nf.SchoolClassFactory(booking=draft, reason="Kollegans text.", version=4)
    mine = {"mode": "same", "all-reason-reason": "Min text.", f"version-{one.pk}": "3"}

    by_itself = client.post(step("reason", draft), mine | {"autosave": "1"})
    by_hand = client.post(step("reason", draft), mine)
    one.refresh_from_db()

    assert (by_itself.status_code, by_hand.status_code) == (409, 409)
    assert one.reason == "Kollegans text."
    for response in (by_itself, by_hand):
        assert "Kollegans text." in response.content.decode()
    page = by_hand.content.decode()
    assert "Min text." in page
    assert f'name="version-{one.pk}" value="4"' in page
    assert client.post(step("reason", draft), mine | {f"version-{one.pk}": "4"}).status_code == 302


def test_contact_is_compared_too(client, draft):
    Booking.objects.filter(pk=draft.pk).update(contact_name="Kollegans namn", version=2)
    mine = {"contact_name": "Jag", "contact_email": "jag@skola.example", "contact_phone": "0701234567", "version": "1"}

    response = client.post(step("contact", draft), mine)

    assert response.status_code == 409
    assert "Kollegans namn" in response.content.decode()
    assert client.post(step("contact", draft), mine | {"version": "2"}).url == step("send", draft)


def test_contact_saves_by_itself_and_refuses_words_as_a_number(client, draft):
    said = {
        "contact_name": "Åsa",
        "contact_email": "asa@",
        "contact_phone": "ring mig",
        "version": "1",
        "autosave": "1",
    }

    response = client.post(step("contact", draft), said)

    draft.refresh_from_db()
    assert "saved-wrong" in response.content.decode()
    assert (draft.contact_name, draft.contact_phone) == ("Åsa", "070-123 45 67")
    assert 'name="version" value="2"' in response.content.decode()


# --- Send -----------------------------------------------------------------------------------------------------------


def test_send_leads_to_the_bookings_page_and_back_there_ever_after(client, draft):
    nf.SchoolClassFactory(booking=draft)

    assert client.get(step("send", draft)).status_code == 200
    own = reverse("registrations:own-booking", args=[draft.pk])
    assert client.post(step("send", draft)).url == own
    assert client.post(step("send", draft)).url == own
    assert client.get(own).status_code == 200


def test_send_asks_about_a_twin_first(client, draft):
    theirs = nf.BookingFactory(night=draft.night, school=draft.school)
    nf.SchoolClassFactory(booking=theirs, label="9A")
    one = nf.SchoolClassFactory(booking=draft, label="9A")

    assert client.post(step("send", draft)).url == reverse("registrations:booking-twin", args=[draft.pk, one.pk])


def test_a_draft_goes_on_where_it_was(client, draft):
    own = reverse("registrations:own-booking", args=[draft.pk])
    assert client.get(own).url == step("classes", draft)
    one = nf.SchoolClassFactory(booking=draft, reason="")
    assert client.get(own).url == step("needs", draft)
    one.wishes.create(rank=1, field=nf.FieldFactory(night=draft.night))
    assert client.get(own).url == step("reason", draft)
    SchoolClass.objects.update(reason="Vi vill.")
    assert client.get(own).url == step("send", draft)


def test_steps_of_a_sent_booking_return_to_its_page(client, draft):
    one = nf.SchoolClassFactory(booking=draft)
    Booking.objects.update(state=BookingState.SENT, sent_at=draft.started_at)
    own = reverse("registrations:own-booking", args=[draft.pk])
    said = {"mode": "same", "all-reason-reason": "Nytt.", f"version-{one.pk}": "1"}

    assert client.post(step("reason", draft), said).url == own
    SchoolClass.objects.update(state=ClassState.WAITING)
    assert client.get(step("reason", draft)).url == step("classes", draft)


@pytest.mark.parametrize("name", ["classes", "needs", "wishes", "reason", "contact", "send"])
def test_steps_take_as_many_queries_for_three_classes_as_for_one(client, draft, name, django_assert_num_queries):
    for _ in range(2):
        nf.WaveFactory(night=draft.night)
    nf.StationFactory(night=draft.night)
    nf.SchoolClassFactory(booking=draft)
    with django_assert_num_queries(20, exact=False) as one:
        client.get(step(name, draft))
    nf.SchoolClassFactory(booking=draft)
    nf.SchoolClassFactory(booking=draft)
    nf.StationFactory(night=draft.night)
    with django_assert_num_queries(len(one)):
        client.get(step(name, draft))


def test_versions_in_leaves_rubbish_aside():
    """ "²" is a digit to Python and no number to ``int``."""
    data = QueryDict("version-12=3&version-²=1&version-13=²&version-x=1&version-=1&pupils=4")

    assert versions_in(data) == {12: 3}
