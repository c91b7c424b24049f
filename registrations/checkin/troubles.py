"""What the door's API answers when it does not do what it was asked."""

from typing import Any

from ninja import Schema


class Trouble(Schema):
    """``code`` is stable for programs, ``detail`` says more, where there is more to say."""

    code: str
    detail: Any = None


# What every address may answer besides its own: not understood, no device, not for this role, not valid, too often.
TROUBLES: dict[int, type[Schema]] = dict.fromkeys((400, 401, 403, 422, 429), Trouble)
