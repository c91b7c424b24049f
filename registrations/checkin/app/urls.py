from django.urls import path

from registrations.checkin.app import views

urlpatterns = [
    path("", views.shell, name="door-app"),
    path("manifest.webmanifest", views.manifest, name="door-manifest"),
    path("sw.js", views.worker, name="door-worker"),
]
