"""Addresses of the allocation."""

from django.urls import path

from registrations.allocation import compare_views, hand_views, host_views, publish_views, reallocation_views, views

urlpatterns = [
    path("exhibitors/<int:pk>/groups/seen/", host_views.list_seen, name="host-list-seen"),
    path("e/<slug:slug>/manage/allocation/", views.proposal_list, name="proposal-list"),
    path("e/<slug:slug>/manage/allocation/rule/", views.rule, name="proposal-rule"),
    path("e/<slug:slug>/manage/allocation/new/", views.ask, name="proposal-ask"),
    path("e/<slug:slug>/manage/allocation/reallocate/", reallocation_views.reallocate, name="proposal-reallocate"),
    path("e/<slug:slug>/manage/allocation/compare/", compare_views.compare, name="proposal-compare"),
    path("e/<slug:slug>/manage/allocation/classes/<int:pk>/release/", hand_views.release, name="proposal-release"),
    path("e/<slug:slug>/manage/allocation/<int:number>/", views.proposal, name="proposal"),
    path("e/<slug:slug>/manage/allocation/<int:number>/progress/", views.progress, name="proposal-progress"),
    path("e/<slug:slug>/manage/allocation/<int:number>/stop/", views.stop, name="proposal-stop"),
    path("e/<slug:slug>/manage/allocation/<int:number>/publish/", publish_views.publish, name="proposal-publish"),
    path(
        "e/<slug:slug>/manage/allocation/<int:number>/classes/<int:pk>/", hand_views.school_class, name="proposal-class"
    ),
]
