"""Addresses of what is held."""

from django.urls import path

from archive.views import home, site

app_name = "archive"
urlpatterns = [
    path("", home.home, name="home"),
    path("help/", site.help_page, name="help"),
    path("opensearch.xml", site.opensearch, name="opensearch"),
    path("robots.txt", site.robots, name="robots"),
    path("healthz", site.health, name="health"),
]
