"""Addresses of what is found."""

from django.urls import path

from search import views
from search.api import api_search

app_name = "search"
urlpatterns = [
    path("search/", views.search_page, name="search"),
    path("api/v1/search", api_search, name="api"),
]
