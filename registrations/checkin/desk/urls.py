from django.urls import path, re_path

from registrations.checkin.desk import practice_views, views, walk_in_views
from registrations.checkin.practice import PREFIX

urlpatterns = [
    path("e/<slug:slug>/door/search/", views.search, name="door-search"),
    path("e/<slug:slug>/door/tickets/<slug:handle>/block/", views.block, name="door-block"),
    path("e/<slug:slug>/door/tickets/<slug:handle>/unblock/", views.unblock, name="door-unblock"),
    path("e/<slug:slug>/door/tickets/<slug:handle>/badge.pdf", views.badge, name="door-badge"),
    path("e/<slug:slug>/door/walk-in/", walk_in_views.walk_in, name="door-walk-in"),
    path("e/<slug:slug>/door/walk-in/<slug:handle>/", walk_in_views.walk_in_done, name="door-walk-in-done"),
    path("e/<slug:slug>/door/practice/", practice_views.practice, name="door-practice"),
    # Before the tickets' own addresses, with and without capitals.
    re_path(
        rf"^[Tt]/(?P<code>(?i:{PREFIX})[0-9A-Za-z]{{8}})/?$", practice_views.practice_ticket, name="practice-ticket"
    ),
]
