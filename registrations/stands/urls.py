"""Addresses of the hall."""

from django.urls import path

from registrations.stands import hall_views, organiser_views, stand_views, views

HALL = "e/<slug:slug>/manage/hall"

urlpatterns = [
    path(f"{HALL}/", organiser_views.hall, name="hall"),
    path(f"{HALL}/new/", hall_views.hall_new, name="hall-new"),
    path(f"{HALL}/settings/", organiser_views.settings, name="hall-settings"),
    path(f"{HALL}/tell/", organiser_views.tell, name="hall-tell"),
    path(f"{HALL}/plan.pdf", organiser_views.paper, name="hall-paper"),
    path(f"{HALL}/<int:pk>/", organiser_views.hall, name="hall-one"),
    path(f"{HALL}/<int:pk>/states.json", organiser_views.hall_states, name="hall-states"),
    path(f"{HALL}/<int:pk>/edit/", hall_views.hall_edit, name="hall-edit"),
    path(f"{HALL}/<int:pk>/remove/", hall_views.hall_remove, name="hall-remove"),
    path(f"{HALL}/<int:pk>/rows/", hall_views.hall_rows, name="hall-rows"),
    path(f"{HALL}/<int:pk>/stands/new/", stand_views.stand_new, name="stand-new"),
    path(f"{HALL}/stands/<int:pk>/", stand_views.stand, name="stand"),
    path(f"{HALL}/stands/<int:pk>/move/", stand_views.stand_move, name="stand-move"),
    path(f"{HALL}/stands/<int:pk>/place/", stand_views.stand_place, name="stand-place"),
    path(f"{HALL}/stands/<int:pk>/free/", stand_views.stand_free, name="stand-free"),
    path(f"{HALL}/stands/<int:pk>/block/", stand_views.stand_block, name="stand-block"),
    path(f"{HALL}/stands/<int:pk>/remove/", stand_views.stand_remove, name="stand-remove"),
    path("e/<slug:slug>/hall/", views.public_plan, name="hall-public"),
    path("e/<slug:slug>/hall.pdf", views.public_paper, name="hall-public-paper"),
    path("e/<slug:slug>/hall/<int:pk>/plan", views.plan_picture, name="hall-plan"),
    path("exhibitors/<int:pk>/stand/", views.choose, name="stand-choose"),
    path("exhibitors/<int:pk>/stand/<int:hall_pk>/states.json", views.choice_states, name="stand-choice-states"),
    path("exhibitors/<int:pk>/stand/hold/", views.hold, name="stand-hold"),
    path("exhibitors/<int:pk>/stand/take/", views.take, name="stand-take"),
    path("exhibitors/<int:pk>/stand/let-go/", views.let_go, name="stand-let-go"),
]
