"""Addresses of frozen follow-ups, their links and papers."""

from django.urls import path

from surveys.followup.frozen import share_views, views

YEAR = "plans/<int:pk>/follow-up/<int:year>"
ONE = f"{YEAR}/frozen/<int:number>"

urlpatterns = [
    path(f"{YEAR}/paper.<str:ending>", views.live_paper, name="paper"),
    path(f"{YEAR}/frozen/", views.frozen_list, name="frozen-list"),
    path(f"{YEAR}/freeze/", views.freeze, name="freeze"),
    path(f"{YEAR}/compare/", views.comparison, name="frozen-compare"),
    path(f"{ONE}/", views.frozen, name="frozen"),
    path(f"{ONE}/paper.<str:ending>", views.frozen_paper, name="frozen-paper"),
    path(f"{ONE}/corrections/new/", views.correction, name="correction"),
    path(f"{ONE}/links/", share_views.links, name="share-links"),
    path(f"{ONE}/links/<int:link_pk>/revoke/", share_views.revoke, name="share-link-revoke"),
    path("f/<str:token>/", share_views.shared, name="shared"),
    path("f/<str:token>/pdf/", share_views.shared_pdf, name="shared-pdf"),
]
