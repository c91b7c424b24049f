"""Addresses of payments by card."""

from django.urls import path

from registrations.cards import organiser_views, views

urlpatterns = [
    path("cards/messages/", views.webhook, name="card-messages"),
    path("exhibitors/<int:exhibitor_pk>/invoices/<int:pk>/card/", views.begin, name="card-begin"),
    path("exhibitors/<int:exhibitor_pk>/invoices/<int:pk>/card/back/", views.back, name="card-back"),
    path("exhibitors/<int:exhibitor_pk>/invoices/<int:pk>/card/stopped/", views.stopped, name="card-stopped"),
    path("e/<slug:slug>/manage/money/cards/", organiser_views.cards, name="cards"),
    path("e/<slug:slug>/manage/money/cards/<int:pk>/refund/", organiser_views.refund, name="card-refund"),
    path("e/<slug:slug>/manage/money/cards/differences/<int:pk>/", organiser_views.seen, name="card-difference-seen"),
]
