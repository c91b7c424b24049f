"""Form fields for whole numbers that people type in another unit: kronor that are kept as öre, metres as centimetres."""

from collections.abc import Callable
from typing import Any

from django import forms


class TypedWholeField(forms.CharField):
    """Gives an int in the kept unit, or ``None`` where it may be empty; bounded by ``least`` and ``most`` of that unit.

    ``read`` (raises ValueError) and ``typed`` are how it is read and written back. A subclass has the error messages
    ``unreadable``, ``least`` and ``most``; the last two may name the bound as ``%(bound)s``.
    """

    def __init__(
        self,
        *,
        read: Callable[[str], int],
        typed: Callable[[int], str],
        least: int,
        most: int,
        max_length: int,
        **kwargs: Any,
    ):
        self.read = read
        self.typed = typed
        self.least = least
        self.most = most
        super().__init__(max_length=max_length, **kwargs)
        self.widget.attrs |= {"inputmode": "decimal", "autocomplete": "off"}

    def prepare_value(self, value: Any) -> Any:
        return self.typed(value) if isinstance(value, int) else value

    def has_changed(self, initial: Any, data: Any) -> bool:
        return super().has_changed(self.prepare_value(initial), data)

    def to_python(self, value: Any) -> int | None:  # type: ignore[override]
        text = super().to_python(value)
        if text is None or text in self.empty_values:
            return None
        try:
            whole = self.read(text)
        except ValueError as wrong:
            raise forms.ValidationError(self.error_messages["unreadable"], code="unreadable") from wrong
        if whole < self.least:
            raise self._out_of_bounds("least", self.least)
        if whole > self.most:
            raise self._out_of_bounds("most", self.most)
        return whole

    def run_validators(self, value: Any) -> None:
        """The bounds are checked above; CharField's own validators count letters."""

    def _out_of_bounds(self, code: str, bound: int) -> forms.ValidationError:
        return forms.ValidationError(self.error_messages[code], code=code, params={"bound": self.typed(bound)})
