"""Addresses of the tokens with which other systems read figures."""

from django.urls import path

from surveys.figures.tokens import views

urlpatterns = [
    path("e/<slug:slug>/manage/figures/tokens/", views.tokens, name="figure-tokens"),
    path("e/<slug:slug>/manage/figures/tokens/<int:pk>/revoke/", views.revoke, name="figure-token-revoke"),
]
