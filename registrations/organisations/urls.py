"""Addresses of companies and of the way in."""

from django.urls import path

from registrations.organisations import views

urlpatterns = [
    path("e/<slug:slug>/apply/", views.apply, name="apply"),
    path("e/<slug:slug>/apply/add/", views.add, name="company-add"),
    path("e/<slug:slug>/apply/<int:pk>/start/", views.start, name="apply-start"),
    path("e/<slug:slug>/apply/join/", views.join, name="company-join"),
    path("companies/<int:pk>/", views.organisation, name="organisation"),
    path("companies/<int:pk>/edit/", views.edit, name="organisation-edit"),
    path("companies/<int:pk>/requests/<int:membership_pk>/", views.answer_request, name="company-answer"),
    path("companies/<int:pk>/people/<int:membership_pk>/", views.change_member, name="company-member"),
    path("e/<slug:slug>/manage/companies/", views.adoption_list, name="company-adoptions"),
    path("e/<slug:slug>/manage/companies/<int:membership_pk>/", views.adopt, name="company-adopt"),
]
