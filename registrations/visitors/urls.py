from django.urls import path

from registrations.visitors import organiser_views, views

urlpatterns = [
    path("e/<slug:slug>/visit/", views.sign_up, name="visitor-signup"),
    path("t/<str:code>/cancel/", views.cancel_visit, name="visit-cancel"),
    path("e/<slug:slug>/manage/visitors/", organiser_views.visitor_list, name="visitor-list"),
    path("e/<slug:slug>/manage/visitors.<str:ending>", organiser_views.visitor_export, name="visitor-export"),
]
