from django.urls import path

from events.access import views

urlpatterns = [
    path("me/profile/", views.profile, name="profile"),
    path("e/<slug:slug>/manage/people/", views.people, name="event-people"),
    path("e/<slug:slug>/manage/people/<int:pk>/remove/", views.revoke, name="event-person-remove"),
]
