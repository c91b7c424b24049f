from django.urls import path

from registrations.checkin.conflicts import views

urlpatterns = [
    path("e/<slug:slug>/door/conflicts/", views.conflict_list, name="door-conflicts"),
    path("e/<slug:slug>/door/conflicts/<int:pk>/", views.conflict, name="door-conflict"),
]
