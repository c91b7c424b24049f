from django.urls import path

from registrations.checkin.board import views

urlpatterns = [path("e/<slug:slug>/door/board/", views.board, name="door-board")]
