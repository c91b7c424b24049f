"""Addresses of orders and of the terms of sale."""

from django.urls import path

from registrations.orders import organiser_views, views

MONEY = "e/<slug:slug>/manage/money"

urlpatterns = [
    path("exhibitors/<int:pk>/package/", views.package, name="exhibitor-package"),
    path("exhibitors/<int:pk>/billing/", views.billing, name="exhibitor-billing"),
    path("exhibitors/<int:pk>/order/", views.confirm, name="order-confirm"),
    path(f"{MONEY}/orders/", organiser_views.order_list, name="order-list"),
    path(f"{MONEY}/orders.<str:ending>", organiser_views.export, name="order-export"),
    path(f"{MONEY}/orders/<int:pk>/prolong/", organiser_views.prolong, name="order-prolong"),
    path(f"{MONEY}/orders/<int:pk>/release/", organiser_views.release, name="order-release"),
    path(f"{MONEY}/terms/", organiser_views.terms, name="terms"),
]
