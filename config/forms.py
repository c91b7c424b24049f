"""How forms are drawn: with the templates of ``templates/django/forms`` and Bootstrap's classes, allauth's forms too."""

from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.forms.renderers import TemplatesSetting

CHECKS = (forms.CheckboxInput, forms.RadioSelect, forms.CheckboxSelectMultiple)


class TorgetBoundField(BoundField):
    """A field that knows its own look: classes by kind of widget, whether it may be left empty, where an error points."""

    def build_widget_attrs(self, attrs: dict[str, Any], widget: forms.Widget | None = None) -> dict[str, Any]:
        attrs = super().build_widget_attrs(attrs, widget)
        widget = widget or self.field.widget
        if widget.is_hidden:
            return attrs
        classes = [widget.attrs.get("class", ""), attrs.get("class", ""), self._bootstrap_class(widget)]
        if self.errors:
            classes.append("is-invalid")
        attrs["class"] = " ".join(filter(None, classes))
        if isinstance(widget, forms.RadioSelect):
            # The group is invalid, not each of its buttons.
            attrs.pop("aria-invalid", None)
        return attrs

    @staticmethod
    def _bootstrap_class(widget: forms.Widget) -> str:
        if isinstance(widget, CHECKS):
            return "form-check-input"
        return "form-select" if isinstance(widget, forms.Select) else "form-control"

    @property
    def is_check(self) -> bool:
        """A single box to tick: its label stands after it."""
        return isinstance(self.field.widget, forms.CheckboxInput)

    @property
    def is_optional(self) -> bool:
        """Whether the label says "(optional)". A form, or a field, that would rather not sets ``marks_optional = False``."""
        marks = getattr(self.form, "marks_optional", True) and getattr(self.field, "marks_optional", True)
        return marks and not (self.field.required or self.field.disabled or self.is_check)

    @property
    def first_id(self) -> str:
        """The id of the first thing in the field that can take the focus."""
        return self.id_for_label or (self.subwidgets[0].id_for_label if self.subwidgets else self.auto_id)


class TorgetRenderer(TemplatesSetting):
    """Draws every form, ours and allauth's."""

    form_template_name = "django/forms/div.html"
    field_template_name = "django/forms/field.html"
    bound_field_class = TorgetBoundField
