"""Addresses of tasks: the company's forms, the organiser's table and settings."""

from django.urls import path

from registrations.tasks import organiser_views, views

TASKS = "e/<slug:slug>/manage/tasks"

urlpatterns = [
    path("exhibitors/<int:pk>/power/", views.power, name="task-power"),
    path("exhibitors/<int:pk>/insurance/", views.insurance, name="task-insurance"),
    path("exhibitors/<int:pk>/tasks/<int:task_pk>/tick/", views.tick, name="task-tick"),
    path(f"{TASKS}/", organiser_views.task_table, name="task-table"),
    path(f"{TASKS}.<str:ending>", organiser_views.export, name="task-export"),
    path(f"{TASKS}/nudge/", organiser_views.nudge, name="task-nudge"),
    path(f"{TASKS}/settings/", organiser_views.settings, name="task-settings"),
    path(f"{TASKS}/settings/usual/", organiser_views.usual, name="task-usual"),
    path(f"{TASKS}/settings/new/<str:kind>/", organiser_views.new, name="task-new"),
    path(f"{TASKS}/settings/<int:pk>/", organiser_views.edit, name="task-edit"),
    path(f"{TASKS}/settings/<int:pk>/switch/", organiser_views.switch, name="task-switch"),
    path(f"{TASKS}/<int:pk>/exhibitors/<int:exhibitor_pk>/tick/", organiser_views.tick_for, name="task-tick-for"),
    path(f"{TASKS}/settings/<int:pk>/close/", organiser_views.close, name="task-close"),
]
