from django.urls import path

from registrations.checkin.devices import views

urlpatterns = [
    path("e/<slug:slug>/door/devices/", views.device_list, name="door-devices"),
    path("e/<slug:slug>/door/devices/<int:pk>/", views.device, name="door-device"),
    path("e/<slug:slug>/door/devices/<int:pk>/revoke/", views.revoke, name="door-device-revoke"),
    path("e/<slug:slug>/door/pair/", views.pair, name="door-pair"),
    path("e/<slug:slug>/door/pair/here/", views.pair_here, name="door-pair-here"),
    path("e/<slug:slug>/door/pair/<int:pk>/", views.pairing, name="door-pairing"),
]
