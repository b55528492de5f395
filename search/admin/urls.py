"""Pages of the desk that need the search, beside Django's own."""

from django.urls import path

from search.admin import found, health

app_name = "curation"
urlpatterns = [
    path("found/", found.change_found, name="change_found"),
    path("health/", health.health, name="health"),
]
