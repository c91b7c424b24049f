"""The company's way, page by page."""

import io
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from registrations.exhibitors.models import Exhibitor
from registrations.exhibitors.states import State
from registrations.organisations.models import MembershipRole, MembershipState, Organisation
from tests import factories
from tests.registrations.exhibitors.real_clock import fair

pytestmark = pytest.mark.django_db


@pytest.fixture
def event():
    return fair()


@pytest.fixture
def user():
    return factories.UserFactory(name="Åsa Öberg")


@pytest.fixture
def client(client_for, user):
    return client_for(user)


@pytest.fixture
def own(event, user):
    """The user's own draft to ``event``."""
    exhibitor = factories.ExhibitorFactory(event=event, state=State.DRAFT, applied_at=None)
    factories.MembershipFactory(organisation=exhibitor.organisation, user=user)
    return exhibitor


def picture(side: int = 40, kind: str = "PNG") -> SimpleUploadedFile:
    out = io.BytesIO()
    Image.new("RGB", (side, side), "green").save(out, kind)
    return SimpleUploadedFile(f"logo.{kind.lower()}", out.getvalue(), f"image/{kind.lower()}")


def profile_data(**fields) -> dict:
    return {"profile": "Vi bygger.", "field": "Bygg", "website": "", "wishes": "", "version": 1, **fields}


# --- Which company ---------------------------------------------------------------------------------------------------


def test_apply_explains_a_wrong_number_and_keeps_it(client, event):
    answer = client.post(reverse("registrations:apply", args=[event.slug]), {"number": "556012-5791"})

    assert answer.status_code == 422
    assert "556012-5791" in answer.text
    assert answer.context["form"].errors.as_data()["number"][0].code == "checksum"


def test_apply_with_an_unknown_number_leads_to_adding_the_company(client, event):
    answer = client.post(reverse("registrations:apply", args=[event.slug]), {"number": "5560125790"})

    assert answer.url == reverse("registrations:company-add", args=[event.slug]) + "?number=5560125790"


def test_add_makes_company_owner_and_application_in_one_go(client, event, user):
    answer = client.post(
        reverse("registrations:company-add", args=[event.slug]),
        {"number": "556012-5790", "name": "Åkes Örter & Ägg 🌱 AB", "city": "Höör", "municipality": "1267"},
    )

    company = Organisation.objects.get(organisation_number="5560125790")
    assert company.name == "Åkes Örter & Ägg 🌱 AB"
    assert company.memberships.get().user == user
    assert answer.url == reverse("registrations:own-exhibitor", args=[company.exhibitors.get().pk])


def test_add_without_a_number_keeps_no_number(client, event):
    client.post(
        reverse("registrations:company-add", args=[event.slug]) + "?without",
        {"name": "Enskild firma Ek", "country": "SE"},
    )

    assert Organisation.objects.get().organisation_number is None


def test_apply_for_a_company_with_an_owner_asks_to_join(client, event, user):
    owner = factories.MembershipFactory()
    company = owner.organisation

    found = client.post(reverse("registrations:apply", args=[event.slug]), {"number": company.number})
    asked = client.post(reverse("registrations:company-join", args=[event.slug]), {"company": found.context["ticket"]})

    assert company.name in found.text
    assert asked.status_code == 200
    assert company.memberships.asked().get().user == user
    assert Exhibitor.objects.count() == 0


def test_apply_when_registration_is_closed_says_so_and_starts_nothing(client, event, user):
    event.registration_closes_at = timezone.now() - timedelta(hours=1)
    event.save()
    company = factories.MembershipFactory(user=user).organisation

    answer = client.post(reverse("registrations:apply-start", args=[event.slug, company.pk]), follow=True)

    assert answer.status_code == 200
    assert Exhibitor.objects.count() == 0
    assert len(list(answer.context["messages"])) == 1


def test_the_owner_lets_a_colleague_in(client, user):
    owner = factories.MembershipFactory(user=user)
    asked = factories.MembershipFactory(
        organisation=owner.organisation, role=MembershipRole.MEMBER, state=MembershipState.ASKED
    )

    client.post(reverse("registrations:company-answer", args=[owner.organisation.pk, asked.pk]), {"answer": "yes"})

    asked.refresh_from_db()
    assert asked.state == MembershipState.ACTIVE


# --- The steps --------------------------------------------------------------------------------------------------------


def test_profile_saves_goes_on_and_rewrites_the_logo(client, own):
    answer = client.post(
        reverse("registrations:exhibitor-profile", args=[own.pk]), profile_data(logo=picture(1200, "JPEG"))
    )

    own.refresh_from_db()
    assert answer.url == reverse("registrations:exhibitor-contact", args=[own.pk])
    with Image.open(own.logo) as logo:
        assert (logo.format, logo.size) == ("WEBP", (800, 800))


def test_profile_with_a_mistake_keeps_the_text_and_the_sound_logo(client, own):
    answer = client.post(
        reverse("registrations:exhibitor-profile", args=[own.pk]),
        profile_data(field="", profile="Det här skrev jag länge på", logo=picture()),
    )

    own.refresh_from_db()
    assert answer.status_code == 422
    assert "Det här skrev jag länge på" in answer.text
    assert own.logo


@pytest.mark.parametrize(
    "upload",
    [
        SimpleUploadedFile("logo.png", b"<svg onload=alert(1)>", "image/png"),
        SimpleUploadedFile("logo.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>", "image/svg+xml"),
        SimpleUploadedFile("logo.png", b"\x89PNG\r\n\x1a\n" + b"\0" * 50, "image/png"),
        SimpleUploadedFile("logo.gif", b"", "image/gif"),
    ],
    ids=["script", "svg", "broken", "empty"],
)
def test_profile_refuses_what_is_no_picture(client, own, upload):
    answer = client.post(reverse("registrations:exhibitor-profile", args=[own.pk]), profile_data(logo=upload))

    assert answer.status_code == 422
    assert "logo" in answer.context["form"].errors


def test_profile_refuses_a_picture_that_is_too_large(client, own, settings):
    settings.LOGO_MAX_PIXELS = 100

    answer = client.post(reverse("registrations:exhibitor-profile", args=[own.pk]), profile_data(logo=picture()))

    assert answer.context["form"].errors.as_data()["logo"][0].code == "logo_too_large"


def test_profile_from_two_tabs_keeps_both_texts(client, own):
    address = reverse("registrations:exhibitor-profile", args=[own.pk])
    client.post(address, profile_data(profile="Första fliken"))

    second = client.post(address, profile_data(profile="Andra fliken"))
    third = client.post(address, profile_data(profile="Andra fliken", version=2))

    assert second.status_code == 409
    assert "Första fliken" in second.text
    assert "Andra fliken" in second.text
    assert 'name="version" value="2"' in second.text
    assert third.status_code == 302


def test_profile_shows_a_script_in_a_name_as_text(client, own):
    own.organisation.name = "<script>alert(1)</script>"
    own.organisation.save()

    answer = client.get(reverse("registrations:own-exhibitor", args=[own.pk]) + "?stay")

    assert "<script>alert(1)</script>" not in answer.text
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in answer.text


def test_a_draft_leads_to_the_first_step_that_lacks_something(client, own):
    answer = client.get(reverse("registrations:own-exhibitor", args=[own.pk]))

    assert answer.url == reverse("registrations:exhibitor-staff", args=[own.pk])


def test_send_hands_the_application_over(client, own):
    client.post(reverse("registrations:exhibitor-staff", args=[own.pk]), {"name": "Léa Ek", "email": ""})

    answer = client.post(reverse("registrations:exhibitor-send", args=[own.pk]))

    own.refresh_from_db()
    assert answer.url == reverse("registrations:own-exhibitor", args=[own.pk])
    assert own.state == State.APPLIED


def test_send_without_staff_is_refused_in_words(client, own):
    answer = client.post(reverse("registrations:exhibitor-send", args=[own.pk]))

    assert answer.status_code == 409
    assert reverse("registrations:exhibitor-staff", args=[own.pk]) in answer.text


def test_logo_is_public_only_once_the_exhibitor_is(client, client_for, own):
    client.post(reverse("registrations:exhibitor-profile", args=[own.pk]), profile_data(logo=picture()))
    address = reverse("registrations:exhibitor-logo", args=[own.pk])
    stranger = client_for(factories.UserFactory())

    before = [client.get(address).status_code, stranger.get(address).status_code]
    Exhibitor.objects.update(state=State.ACCEPTED, applied_at=timezone.now())
    after = stranger.get(address)

    assert before == [200, 404]
    assert (after.status_code, after["Content-Type"]) == (200, "image/webp")


def test_a_course_is_not_applied_to_as_if_it_were_a_fair(client, event):
    event.kind = event.Kind.COURSE
    event.save()

    assert client.get(reverse("registrations:apply", args=[event.slug])).status_code == 404


def test_join_needs_the_company_from_the_search(client, event):
    company = factories.MembershipFactory().organisation

    answer = client.post(reverse("registrations:company-join", args=[event.slug]), {"company": str(company.pk)})

    assert answer.url == reverse("registrations:apply", args=[event.slug])
    assert company.memberships.asked().count() == 0


def test_profile_without_a_body_is_no_crash(client, own):
    answer = client.post(reverse("registrations:exhibitor-profile", args=[own.pk]), b"", content_type="text/plain")

    assert answer.status_code == 422
