"""Documents: PDFs alone, for those who have a place and those who work with the event."""

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from config.demo.files import FOLDER
from events.access.models import AuditEntry
from registrations.documents.models import Document
from registrations.documents.services import NameTaken, TooManyDocuments, add_document, remove_document
from registrations.documents.uploads import MAX_BYTES, DocumentTooLarge, NotAPdf, checked_pdf
from registrations.exhibitors.states import State
from tests import factories
from tests.task_factories import an_exhibitor

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


def upload(content: bytes = PDF, name: str = "blad.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, "application/pdf")


def url(name: str, *args) -> str:
    return reverse(f"registrations:{name}", args=args)


def test_pdf_is_stored_to_the_byte_under_a_name_of_our_own():
    stored = checked_pdf(upload(name="../../<script>.pdf"))

    assert (stored.read(), stored.size) == (PDF, len(PDF))
    assert stored.name.removesuffix(".pdf").isalnum()


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"<html>%PDF-1.7 %%EOF",
        b"\x89PNG\r\n\x1a\n",
        b"PK\x03\x04 %PDF-1.7 %%EOF",
        b"%PDF-1.7\n cut off",
        b"%PDF-1.7\n%%EOF" + b"x" * 2000,
    ],
)
def test_what_is_no_whole_pdf_is_refused_whatever_it_is_called(content):
    with pytest.raises(NotAPdf):
        checked_pdf(upload(content))


def test_ten_megabytes_are_taken_and_a_byte_more_is_not():
    filling = b"x" * (MAX_BYTES - len(PDF) + len(b"%%EOF\n"))
    whole = PDF.replace(b"%%EOF\n", b"") + filling[: MAX_BYTES - len(PDF)] + b"%%EOF\n"
    assert checked_pdf(upload(whole)).size == MAX_BYTES

    with pytest.raises(DocumentTooLarge):
        checked_pdf(upload(whole + b"\n"))


@pytest.fixture
def event(db):
    return factories.EventFactory()


@pytest.fixture
def document(event, organiser, now):
    return add_document(event=event, name="Inflyttning", upload=upload(), by=organiser, at=now)


def test_added_and_removed_with_a_trail_and_the_file_goes_with_the_row(
    document, organiser, now, django_capture_on_commit_callbacks
):
    stored = document.file.name
    assert default_storage.exists(stored)

    with django_capture_on_commit_callbacks(execute=True):
        remove_document(document=document, by=organiser, at=now)

    assert not default_storage.exists(stored)
    verbs = AuditEntry.objects.filter(verb__startswith="document.").order_by("pk")
    assert list(verbs.values_list("verb", flat=True)) == ["document.added", "document.removed"]


def test_name_once_and_not_more_than_thirty(event, document, organiser, now):
    with pytest.raises(NameTaken):
        add_document(event=event, name="Inflyttning", upload=upload(), by=organiser, at=now)
    Document.objects.bulk_create(Document(event=event, name=f"{n}", file="x.pdf", size=1) for n in range(29))
    with pytest.raises(TooManyDocuments):
        add_document(event=event, name="Ett till", upload=upload(), by=organiser, at=now)


def company(exhibitor, client_for):
    return client_for(factories.MembershipFactory(organisation=exhibitor.organisation).user)


def test_company_with_a_place_gets_the_file_as_a_download(event, document, client_for):
    exhibitor = an_exhibitor(event)
    client = company(exhibitor, client_for)

    page = client.get(url("own-exhibitor", exhibitor.pk))
    response = client.get(url("own-document", exhibitor.pk, document.pk))

    assert url("own-document", exhibitor.pk, document.pk).encode() in page.content
    assert b"".join(response.streaming_content) == PDF
    assert response["Content-Disposition"] == 'attachment; filename="inflyttning.pdf"'
    assert (response["Content-Type"], response["X-Content-Type-Options"]) == ("application/pdf", "nosniff")
    assert response["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize("state", [one for one in State if one != State.ACCEPTED])
def test_company_without_a_place_gets_none(event, document, client_for, state):
    exhibitor = factories.ExhibitorFactory(event=event, state=state)
    client = company(exhibitor, client_for)

    assert client.get(url("own-document", exhibitor.pk, document.pk)).status_code == 404
    page = client.get(url("own-exhibitor", exhibitor.pk) + "?stay")
    assert b"own-documents" not in page.content


def test_document_of_another_event_is_not_there(event, document, client_for):
    elsewhere = an_exhibitor(factories.EventFactory())

    answer = company(elsewhere, client_for).get(url("own-document", elsewhere.pk, document.pk))

    assert answer.status_code == 404


def test_stranger_gets_404_and_anonymous_is_sent_to_sign_in(event, document, client_for, client):
    exhibitor = an_exhibitor(event)
    stranger = client_for(factories.UserFactory())

    for address in (url("own-document", exhibitor.pk, document.pk), url("document", event.slug, document.pk)):
        assert stranger.get(address).status_code == 404
        assert client.get(address).status_code == 302


def test_organiser_adds_through_the_page_and_faults_stand_at_the_field(event, organiser_client):
    desk, address = organiser_client(event), url("document-list", event.slug)

    wrong = desk.post(address, {"name": "Karta", "file": upload(b"GIF89a", "karta.pdf")})
    right = desk.post(address, {"name": "Karta", "file": upload()})
    again = desk.post(address, {"name": "Karta", "file": upload()})

    assert (wrong.status_code, sorted(wrong.context["form"].errors)) == (422, ["file"])
    assert (right.status_code, again.status_code) == (302, 409)
    document = Document.objects.get()
    assert b"".join(desk.get(url("document", event.slug, document.pk)).streaming_content) == PDF


def test_file_that_is_gone_is_404(event, document, organiser_client):
    default_storage.delete(document.file.name)

    assert organiser_client(event).get(url("document", event.slug, document.pk)).status_code == 404


def test_upload_in_the_demo_counts_as_a_pdf():
    content = ContentFile((FOLDER / "moving_in.pdf").read_bytes(), name="x")

    assert checked_pdf(content).size == content.size
