"""Addresses that only the demo has."""

from django.urls import path

from config.demo import card_views, views

urlpatterns = [
    path("mail/", views.mailbox, name="demo-mailbox"),
    path("card/<str:session_id>/", card_views.pay, name="demo-card"),
    path("<slug:role>/", views.sign_in, name="demo-sign-in"),
]
