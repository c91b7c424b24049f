import pytest
from django import forms
from django.utils import translation

from events.look.widgets import DayInput, MomentInput


class Application(forms.Form):
    name = forms.CharField(label="Name")
    profile = forms.CharField(label="Profile", required=False, help_text="At most 600 letters.", widget=forms.Textarea)
    municipality = forms.ChoiceField(label="Municipality", choices=[("1", "Lund")])
    language = forms.ChoiceField(label="Language", choices=[("sv", "Swedish")], widget=forms.RadioSelect)
    terms = forms.BooleanField(label="Terms")
    logo = forms.FileField(label="Logo", required=False)


class Search(forms.Form):
    marks_optional = False
    q = forms.CharField(required=False)


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


def test_field_ties_help_and_error_to_the_input():
    form = Application({"profile": "x" * 3})
    form.add_error("profile", "Too long.")

    html = form["profile"].as_field_group()

    assert 'aria-describedby="id_profile_helptext id_profile_error"' in html
    assert 'aria-invalid="true"' in html
    assert 'id="id_profile_helptext"' in html
    assert 'id="id_profile_error"' in html
    assert "is-invalid" in html


def test_only_fields_that_may_be_left_empty_are_marked():
    form = Application()

    marked = [name for name in form.fields if "(optional)" in form[name].as_field_group()]

    assert marked == ["profile", "logo"]


def test_a_form_that_filters_marks_nothing():
    assert "(optional)" not in str(Search())


def test_inputs_get_classes_by_kind():
    form = Application()

    classes = {
        name: [c for c in ("form-control", "form-select", "form-check-input") if f"{c}" in str(form[name])]
        for name in form.fields
    }

    assert classes == {
        "name": ["form-control"],
        "profile": ["form-control"],
        "municipality": ["form-select"],
        "language": ["form-check-input"],
        "terms": ["form-check-input"],
        "logo": ["form-control"],
    }


def test_radio_buttons_stand_in_a_fieldset_with_a_legend():
    html = Application()["language"].as_field_group()

    assert "<fieldset" in html
    assert '<legend class="form-label">Language</legend>' in html


def test_error_summary_links_to_each_field():
    form = Application({})

    html = str(form)

    assert "4 things to put right" in html
    assert 'role="alert"' in html
    for anchor in ("id_name", "id_municipality", "id_language_0", "id_terms"):
        assert f'href="#{anchor}"' in html
        assert f'id="{anchor}"' in html


def test_a_correct_form_has_no_summary():
    assert "error-summary" not in str(Application())


def test_what_was_typed_is_escaped_and_kept():
    html = str(Application({"name": "<script>å"}))

    assert 'value="&lt;script&gt;å"' in html


@pytest.mark.parametrize(("widget", "kind"), [(DayInput(), "date"), (MomentInput(), "datetime-local")])
def test_pickers_speak_the_browsers_language(widget, kind):
    assert f'type="{kind}"' in widget.render("when", None)
