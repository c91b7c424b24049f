"""Addresses of invoices, their files, reminders and statements."""

from django.urls import path

from registrations.invoices import e_views, organiser_views, own_views, views

MONEY = "e/<slug:slug>/manage/money"
ONE = f"{MONEY}/invoices/<int:pk>"

urlpatterns = [
    path(f"{MONEY}/invoices/", views.invoice_list, name="invoice-list"),
    path(f"{MONEY}/invoices.<str:ending>", views.export, name="invoice-export"),
    path(f"{MONEY}/invoices/reminders/", organiser_views.reminders, name="invoice-reminders"),
    path(f"{ONE}/", views.invoice, name="invoice"),
    path(f"{ONE}/pdf/", views.pdf, name="invoice-pdf"),
    path(f"{ONE}/e-invoice/", e_views.page, name="invoice-e"),
    path(f"{ONE}/e-invoice.xml", e_views.ubl, name="invoice-ubl"),
    path(f"{ONE}/credit/", views.credit, name="invoice-credit"),
    path(f"{ONE}/remind/", organiser_views.remind, name="invoice-remind"),
    path(f"{MONEY}/companies/<int:pk>/", views.statement, name="invoice-statement"),
    path(f"{MONEY}/companies/<int:pk>/pdf/", views.statement_file, name="invoice-statement-pdf"),
    path(f"{MONEY}/issuer/", organiser_views.biller_edit, name="biller-edit"),
    path("exhibitors/<int:pk>/invoices/<int:invoice_pk>/", own_views.own_invoice, name="own-invoice"),
    path("exhibitors/<int:pk>/invoices/<int:invoice_pk>/pdf/", own_views.own_pdf, name="own-invoice-pdf"),
]
