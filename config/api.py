"""The HTTP API, described at ``/api/openapi.json``."""

from ninja import NinjaAPI

from registrations.checkin.api import router as door

api = NinjaAPI(title="Torget", version="1", docs_url=None, urls_namespace="api")
api.add_router("/door", door)
