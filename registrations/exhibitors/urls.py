"""Addresses of applications and exhibitors."""

from django.urls import path

from registrations.exhibitors import organiser_views, views

urlpatterns = [
    path("exhibitors/<int:pk>/", views.own_exhibitor, name="own-exhibitor"),
    path("exhibitors/<int:pk>/profile/", views.profile, name="exhibitor-profile"),
    path("exhibitors/<int:pk>/contact/", views.contact, name="exhibitor-contact"),
    path("exhibitors/<int:pk>/staff/", views.staff, name="exhibitor-staff"),
    path("exhibitors/<int:pk>/staff/<int:staff_pk>/remove/", views.remove_staff, name="exhibitor-staff-remove"),
    path("exhibitors/<int:pk>/staff/<int:staff_pk>/replace/", views.replace_staff, name="exhibitor-staff-replace"),
    path("exhibitors/<int:pk>/send/", views.send, name="exhibitor-send"),
    path("exhibitors/<int:pk>/withdraw/", views.withdraw, name="exhibitor-withdraw"),
    path("exhibitors/<int:pk>/logo.webp", views.logo, name="exhibitor-logo"),
    path("e/<slug:slug>/manage/exhibitors/", organiser_views.exhibitor_list, name="exhibitor-list"),
    path("e/<slug:slug>/manage/exhibitors/decide/", organiser_views.decide_many, name="exhibitor-decide-many"),
    path("e/<slug:slug>/manage/exhibitors.<str:ending>", organiser_views.export, name="exhibitor-export"),
    path("e/<slug:slug>/manage/exhibitors/<int:pk>/", organiser_views.exhibitor_detail, name="exhibitor-detail"),
    path("e/<slug:slug>/manage/exhibitors/<int:pk>/decide/", organiser_views.decide, name="exhibitor-decide"),
]
