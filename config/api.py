"""The HTTP API, described at ``/api/openapi.json``."""

from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError

from registrations.checkin.api import router as door
from registrations.checkin.desk.api import router as desk
from registrations.checkin.devices.api import router as pairing
from registrations.checkin.devices.auth import NotADevice, TooOften, WrongRole
from registrations.checkin.kiosk.api import router as kiosk
from surveys.figures.api import router as figures
from surveys.figures.tokens.auth import NotAToken

api = NinjaAPI(title="Torget", version="1", docs_url=None, urls_namespace="api")
api.add_router("/door", pairing)
api.add_router("/door", door)
api.add_router("/door", desk)
api.add_router("/door", kiosk)
api.add_router("/figures", figures)


@api.exception_handler(ValidationError)
def not_valid(request: HttpRequest, refusal: ValidationError) -> HttpResponse:
    return api.create_response(request, {"code": "not_valid", "detail": refusal.errors}, status=422)


@api.exception_handler(HttpError)
def not_understood(request: HttpRequest, refusal: HttpError) -> HttpResponse:
    """A body that is no JSON, a request without a token, and what is not there for whoever asks."""
    code = {401: "unknown", 404: "not_found"}.get(refusal.status_code, "not_understood")
    return api.create_response(request, {"code": code, "detail": str(refusal)}, status=refusal.status_code)


@api.exception_handler(NotADevice)
def no_device(request: HttpRequest, refusal: NotADevice) -> HttpResponse:
    """The phone forgets its list and its token when it hears this."""
    return api.create_response(request, {"code": refusal.code}, status=401)


@api.exception_handler(NotAToken)
def no_token(request: HttpRequest, refusal: NotAToken) -> HttpResponse:
    response = api.create_response(request, {"code": refusal.code}, status=401)
    response["WWW-Authenticate"] = "Bearer"
    return response


@api.exception_handler(WrongRole)
def wrong_role(request: HttpRequest, refusal: WrongRole) -> HttpResponse:
    return api.create_response(request, {"code": "role"}, status=403)


@api.exception_handler(TooOften)
def too_often(request: HttpRequest, refusal: TooOften) -> HttpResponse:
    response = api.create_response(request, {"code": "too_many"}, status=429)
    response["Retry-After"] = str(refusal.wait)
    return response
