"""Is it alive, is it ready, how is it going: for the load balancer, the operator and Prometheus."""

import hmac
from datetime import timedelta

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.db.models import Count, Min, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from django_tasks import DEFAULT_TASK_QUEUE_NAME, TaskResultStatus
from django_tasks_db.models import DBTaskResult

# A task that has waited this long means that no worker is at work.
QUEUE_PATIENCE = timedelta(minutes=5)


@require_safe
@never_cache
def healthz(request: HttpRequest) -> HttpResponse:
    """The process answers. Asks nothing of anything else: a slow database must not restart the web server."""
    return HttpResponse("ok\n", content_type="text/plain")


@require_safe
@never_cache
def readyz(request: HttpRequest) -> HttpResponse:
    """Whether requests can be served: database reachable, migrations applied, tasks taken care of. 503 when not."""
    checks: dict[str, bool] = {}
    try:
        executor = MigrationExecutor(connection)
        checks["database"] = True
        checks["migrations"] = not executor.migration_plan(executor.loader.graph.leaf_nodes())
        checks["task_queue"] = not overdue_tasks().exists()
    except DatabaseError:
        checks.setdefault("database", False)
        checks.setdefault("migrations", False)
        checks.setdefault("task_queue", False)
    return JsonResponse(checks, status=200 if all(checks.values()) else 503)


def overdue_tasks() -> QuerySet:
    """Tasks that should have been taken by a worker by now; not proposals, whose page says that they wait."""
    now = timezone.now()
    due_long_ago = Q(run_after__lt=now - QUEUE_PATIENCE) | Q(run_after__gt=now)  # the far future stands for "at once"
    rows = DBTaskResult.objects.ready().filter(queue_name=DEFAULT_TASK_QUEUE_NAME)
    return rows.filter(due_long_ago, enqueued_at__lt=now - QUEUE_PATIENCE)


@require_safe
@never_cache
def metrics(request: HttpRequest) -> HttpResponse:
    """Prometheus text for whoever bears METRICS_TOKEN; a stranger finds nothing here."""
    token = settings.METRICS_TOKEN
    given = request.headers.get("Authorization", "").removeprefix("Bearer ")
    if not token or not hmac.compare_digest(given.encode(), token.encode()):
        raise Http404
    lines = ["# HELP torget_tasks Background tasks by state.", "# TYPE torget_tasks gauge"]
    by_status = DBTaskResult.objects.order_by().values("status").annotate(n=Count("pk"))
    lines += [f'torget_tasks{{status="{row["status"].lower()}"}} {row["n"]}' for row in by_status]
    oldest = DBTaskResult.objects.filter(status=TaskResultStatus.READY).aggregate(t=Min("enqueued_at"))["t"]
    age = (timezone.now() - oldest).total_seconds() if oldest else 0
    lines += [
        "# HELP torget_oldest_task_seconds Age of the oldest waiting task.",
        "# TYPE torget_oldest_task_seconds gauge",
        f"torget_oldest_task_seconds {age:.0f}",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; version=0.0.4")
