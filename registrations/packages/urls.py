"""Addresses of the price list: the same pages for packages, extras and discounts."""

from django.urls import URLPattern, path

from registrations.packages import views

MONEY = "e/<slug:slug>/manage/money"


def pages_of(kind: str, folder: str) -> list[URLPattern]:
    """The addresses of one kind; ``folder`` is what they are called in the address."""
    said = {"kind": kind}
    return [
        path(f"{MONEY}/{folder}/", views.listing, said, name=f"{kind}-list"),
        path(f"{MONEY}/{folder}/new/", views.new, said, name=f"{kind}-new"),
        path(f"{MONEY}/{folder}/<int:pk>/", views.edit, said, name=f"{kind}-edit"),
        path(f"{MONEY}/{folder}/<int:pk>/retire/", views.retire, said, name=f"{kind}-retire"),
    ]


urlpatterns = [
    *pages_of("package", "packages"),
    *pages_of("addon", "extras"),
    *pages_of("discount", "discounts"),
    path(f"{MONEY}/packages/<int:pk>/move/", views.move, {"kind": "package"}, name="package-move"),
    path(f"{MONEY}/extras/<int:pk>/move/", views.move, {"kind": "addon"}, name="addon-move"),
]
