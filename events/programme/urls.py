from django.urls import path

from events.programme import views, workspace

urlpatterns = [
    path("", views.start, name="start"),
    path("me/", views.home, name="home"),
    path("e/<slug:slug>/", views.event, name="event"),
    path("areas/<slug:slug>/events/new/", workspace.event_new, name="event-new"),
    path("e/<slug:slug>/manage/", workspace.overview, name="event-overview"),
    path("e/<slug:slug>/manage/copy/", workspace.event_copy, name="event-copy"),
    path("e/<slug:slug>/manage/edit/", workspace.event_edit, name="event-edit"),
    path("e/<slug:slug>/manage/venue/", workspace.event_venue, name="event-venue"),
    path("e/<slug:slug>/manage/publish/", workspace.event_publish, name="event-publish"),
    path("e/<slug:slug>/manage/unpublish/", workspace.event_unpublish, name="event-unpublish"),
    path("e/<slug:slug>/manage/cancel/", workspace.event_cancel, name="event-cancel"),
    path("e/<slug:slug>/manage/restore/", workspace.event_restore, name="event-restore"),
]
