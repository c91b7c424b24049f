"""Addresses of the allocation of stands."""

from django.urls import path

from registrations.placement import adjust_views, offer_views, own_views, publish_views, views

ROOM = "e/<slug:slug>/manage/stand-allocation"

urlpatterns = [
    path("exhibitors/<int:pk>/stand/wishes/", own_views.wishes, name="stand-wishes"),
    path("exhibitors/<int:pk>/stand/<int:stand>/confirm/", own_views.confirm, name="stand-confirm"),
    path("exhibitors/<int:pk>/stand/<int:stand>/decline/", own_views.decline, name="stand-decline"),
    path("exhibitors/<int:pk>/stand/<int:stand>/answer/", own_views.answer, name="stand-answer"),
    path(f"{ROOM}/", views.proposal_list, name="stand-proposal-list"),
    path(f"{ROOM}/new/", views.ask, name="stand-proposal-ask"),
    path(f"{ROOM}/compare/", views.compare, name="stand-proposal-compare"),
    path(f"{ROOM}/waiting/", offer_views.waiting, name="stand-waiting"),
    path(f"{ROOM}/waiting/<int:stand>/offer/<int:pk>/", offer_views.offer, name="stand-offer"),
    path(f"{ROOM}/<int:number>/", views.proposal, name="stand-proposal"),
    path(f"{ROOM}/<int:number>/progress/", views.progress, name="stand-proposal-progress"),
    path(f"{ROOM}/<int:number>/stop/", views.stop, name="stand-proposal-stop"),
    path(f"{ROOM}/<int:number>/adjust/", adjust_views.adjust, name="stand-proposal-adjust"),
    path(f"{ROOM}/<int:number>/publish/", publish_views.publish, name="stand-proposal-publish"),
]
