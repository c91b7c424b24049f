"""The HTTP API, described at ``/api/openapi.json``."""

from ninja import NinjaAPI

api = NinjaAPI(title="Torget", version="1", docs_url=None, urls_namespace="api")
