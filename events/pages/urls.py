from django.urls import path

from events.pages import views

urlpatterns = [
    path("about/", views.about, name="about"),
    path("accessibility/", views.accessibility, name="accessibility"),
    path("personal-data/", views.privacy, name="privacy"),
]
