from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.utils import translation

import config
from registrations.schools.models import School

pytestmark = pytest.mark.django_db
HEADING = "Skolenhetskod;Skolenhetsnamn;Kommun;Skoltyp;Status;Huvudman\n"
GOOD = "12345678;Parkskolan;Lund;GR;AKTIV;Lunds kommun\n"
BAD = "1234567;Ekskolan;Lund;GR;AKTIV;Lunds kommun\n"


@pytest.fixture(autouse=True)
def _in_english():
    with translation.override("en"):
        yield


def run(tmp_path: Path, content: str, *options: str) -> tuple[str, str]:
    file = tmp_path / "schools.csv"
    file.write_text(content, encoding="utf-8-sig")
    out, err = StringIO(), StringIO()
    try:
        call_command("import-schools", str(file), *options, stdout=out, stderr=err)
    except CommandError as error:
        err.write(str(error))
    return out.getvalue().replace(str(file), "F"), err.getvalue().replace(str(file), "F")


def test_imports_and_counts(tmp_path):
    out, err = run(tmp_path, HEADING + GOOD + "87654321;Annan;Ystad;GR;AKTIV;\n")

    assert err == ""
    assert out == (
        "1 new, 0 changed, 0 closed, 0 as before, 0 refused.\n1 school in another municipality passed over: Ystad (1)\n"
    )
    assert School.objects.get().name == "Parkskolan"


def test_says_that_nothing_changed(tmp_path):
    run(tmp_path, HEADING + GOOD)

    out, _err = run(tmp_path, HEADING + GOOD)

    assert out.startswith("Nothing changed")


def test_refuses_all_for_one_bad_row(tmp_path):
    _out, err = run(tmp_path, HEADING + GOOD + BAD)

    assert err == (
        "F, line 3: the code 1234567 has 7 digits, not 8: a spreadsheet may have taken its leading zeros away\n"
        "1 row refused, so nothing was imported. Put it right, or add --partial to take the others."
    )
    assert not School.objects.exists()


def test_partial_takes_the_others(tmp_path):
    out, err = run(tmp_path, HEADING + GOOD + BAD, "--partial")

    assert err.startswith("F, line 3: the code 1234567")
    assert out.startswith("1 new, 0 changed, 0 closed, 0 as before, 1 refused.")
    assert School.objects.count() == 1


def test_says_what_is_wrong_with_the_file(tmp_path):
    assert run(tmp_path, "Namn;Ort\nx;y\n")[1].startswith("F: Columns that are missing: school unit code")
    with pytest.raises(CommandError, match="No such file"):
        call_command("import-schools", str(tmp_path / "none.csv"))


def test_reads_the_schools_of_the_demo():
    file = Path(config.__file__).parent / "demo" / "schools.csv"
    call_command("import-schools", str(file), stdout=StringIO(), stderr=StringIO())

    assert School.objects.count() >= 50
