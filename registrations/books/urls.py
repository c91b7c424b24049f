"""Addresses of the books."""

from django.urls import path

from registrations.books import views

urlpatterns = [
    path("e/<slug:slug>/manage/money/books/", views.books, name="books"),
    path("e/<slug:slug>/manage/money/books.se", views.sie, name="books-sie"),
    path("e/<slug:slug>/manage/money/books.<str:ending>", views.ledger, name="books-ledger"),
]
