"""Addresses that only the demo has."""

from django.urls import path

from config.demo import views

urlpatterns = [
    path("mail/", views.mailbox, name="demo-mailbox"),
    path("<slug:role>/", views.sign_in, name="demo-sign-in"),
]
