"""Addresses of the register of schools."""

from django.urls import path

from registrations.schools import views

REGISTER = "e/<slug:slug>/manage/schools/register"
urlpatterns = [
    path(f"{REGISTER}/", views.school_register, name="school-register"),
    path(f"{REGISTER}/import/", views.register_import, name="school-register-import"),
    path(f"{REGISTER}/write/", views.register_write, name="school-register-write"),
    path(f"{REGISTER}/<str:code>/", views.school_detail, name="school-detail"),
    path(f"{REGISTER}/<str:code>/successor/", views.school_successor, name="school-successor"),
]
