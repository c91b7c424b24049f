"""Forty activities make a whole paper."""

from io import BytesIO

import docx
import pypdf
import pytest

from surveys.followup.papers.pdf import pdf_bytes
from surveys.followup.papers.word import word_bytes
from tests.bench_followup import contents_of_forty


@pytest.mark.django_db
def test_forty_activities_are_all_on_both_papers():
    contents = contents_of_forty()

    word = docx.Document(BytesIO(word_bytes(contents)))
    pdf = pypdf.PdfReader(BytesIO(pdf_bytes(contents)))

    assert len(word.tables[1].rows) == 41
    text = "".join(page.extract_text() for page in pdf.pages).replace("\u00a0", " ")
    assert all(f"Aktivitet {n}" in text for n in range(1, 41))
