"""Addresses of what came from the bank."""

from django.urls import path

from registrations.bank import views

urlpatterns = [
    path("e/<slug:slug>/manage/money/bank/", views.bank, name="bank"),
    path("e/<slug:slug>/manage/money/bank/<int:pk>/", views.bank_entry, name="bank-entry"),
    path("e/<slug:slug>/manage/money/bank/<int:pk>/settle/", views.settle, name="bank-settle"),
    path("e/<slug:slug>/manage/money/bank/<int:pk>/leave/", views.leave, name="bank-leave"),
    path("e/<slug:slug>/manage/money/bank/<int:pk>/reopen/", views.reopen, name="bank-reopen"),
]
