"""Addresses of the applicants beside a night."""

from django.urls import path

from surveys.applicants import views

urlpatterns = [path("e/<slug:slug>/manage/applicants/", views.applicants, name="applicants")]
