"""Who may open the pages that belong to no subject."""

from tests.permissions.row import EVERYONE, Row

ROWS: list[Row] = [
    Row("healthz", EVERYONE),
    Row("readyz", EVERYONE),
    Row("metrics", frozenset(), anonymous=404),
    Row("set_language", EVERYONE, method="post", data=lambda world: {"language": "en"}, ok=302),
    Row("api:openapi-json", EVERYONE),
]
