"""Where the higher apps hang their pieces on the papers of an evening (events/programme/hooks.py says how)."""

from collections.abc import Callable, Mapping, Sequence

from events.programme.hooks import Hook

# A line at the foot of a class's sheet, in the language of the moment, by class (key): those of the given keys that
# have one. Asked once for all sheets.
class_notes: Hook[Callable[[Sequence[int]], Mapping[int, str]]] = Hook()
