"""The states of a floor as data that a page asks for again and again."""

import json
from hashlib import sha256

from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response

from registrations.stands.floor import Floor, Spot


def states_answer(request: HttpRequest, floor: Floor, said: dict[str, str], facts: dict[str, object]) -> HttpResponse:
    """By each stand's key its state, sign, lines of its company's name and what is said of it; 304 where nothing changed."""
    spots = {str(spot.stand.pk): _spot(spot, said[spot.stand.number]) for spot in floor.spots}
    content = json.dumps({"stands": spots, **facts}, ensure_ascii=False, sort_keys=True).encode()
    etag = f'"{sha256(content).hexdigest()[:32]}"'
    response = HttpResponse(content, content_type="application/json")
    answer = get_conditional_response(request, etag=etag, response=response) or response
    answer["ETag"] = etag
    answer["Cache-Control"] = "private, no-cache"
    return answer


def _spot(spot: Spot, said: str) -> dict[str, object]:
    return {
        "state": spot.state.value,
        "label": str(spot.state.label),
        "sign": spot.sign,
        "name": spot.name,
        "lines": spot.lines,
        "said": said,
        "box": [spot.box.x, spot.box.y, spot.box.width, spot.box.depth],
    }
