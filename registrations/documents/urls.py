"""Addresses of documents."""

from django.urls import path

from registrations.documents import views

urlpatterns = [
    path("exhibitors/<int:pk>/documents/<int:document_pk>.pdf", views.own_file, name="own-document"),
    path("e/<slug:slug>/manage/documents/", views.document_list, name="document-list"),
    path("e/<slug:slug>/manage/documents/<int:pk>.pdf", views.file, name="document"),
    path("e/<slug:slug>/manage/documents/<int:pk>/remove/", views.remove, name="document-remove"),
]
