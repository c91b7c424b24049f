from django.urls import include, path

from registrations.checkin import views
from registrations.checkin.gates import views as gates
from registrations.checkin.intake import views as intake
from registrations.checkin.log import views as log

urlpatterns = [
    path("e/<slug:slug>/door/", views.door, name="door"),
    path("e/<slug:slug>/door/gates/", gates.gates, name="door-gates"),
    path("e/<slug:slug>/door/gates/<int:pk>/", gates.gate, name="door-gate"),
    path("e/<slug:slug>/door/gates/<int:pk>/remove/", gates.remove_gate, name="door-gate-remove"),
    path("e/<slug:slug>/door/rules/", gates.rules, name="door-rules"),
    path("e/<slug:slug>/door/scans/", log.log, name="door-log"),
    path("e/<slug:slug>/door/scans/export.<slug:ending>", log.log_export, name="door-log-export"),
    path("e/<slug:slug>/door/intake/", intake.intake, name="door-intake"),
    path("", include("registrations.checkin.devices.urls")),
    path("", include("registrations.checkin.conflicts.urls")),
    path("", include("registrations.checkin.board.urls")),
]
