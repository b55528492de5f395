"""Pages of the desk that need the search, beside Django's own."""

from django.urls import path

from search.admin import health

app_name = "curation"
urlpatterns = [
    path("health/", health.health, name="health"),
]
