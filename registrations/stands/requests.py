"""What a request to the hall's pages has sent."""

from typing import Any

from django.http import HttpRequest


def sent(request: HttpRequest) -> tuple[Any, Any]:
    """What was posted, also when nothing was; a page that is only asked for has sent nothing."""
    return (request.POST, request.FILES) if request.method == "POST" else (None, None)
