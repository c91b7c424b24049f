"""Addresses of payments that are noted by hand."""

from django.urls import path

from registrations.payments import views

urlpatterns = [
    path("e/<slug:slug>/manage/money/invoices/<int:pk>/pay/", views.pay, name="invoice-pay"),
    path("e/<slug:slug>/manage/money/invoices/<int:pk>/repay/", views.repay, name="invoice-repay"),
    path("e/<slug:slug>/manage/money/invoices/<int:pk>/keep-fee/", views.keep_as_fee, name="invoice-keep-fee"),
    path("e/<slug:slug>/manage/money/payments/<int:pk>/take-back/", views.take_back, name="payment-take-back"),
]
