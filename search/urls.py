"""Addresses of what is found."""

from django.urls import include, path, register_converter

from search import views, views_similar
from search.api.page import api_page
from search.feeds import SearchFeed
from search.trends.views import TrendsFile, trends_file, trends_page
from search.views_export import TakenFormConverter, export_results

register_converter(TrendsFile, "trends_file")
register_converter(TakenFormConverter, "taken")

app_name = "search"
urlpatterns = [
    path("search/", views.search_page, name="search"),
    path("search/concordance.csv", views.concordance_file, name="concordance"),
    path("search/export.<taken:form>", export_results, name="export"),
    path("articles/<slug:uid>/similar/", views_similar.similar_page, name="similar"),
    path("trends/", trends_page, name="trends"),
    path("trends.<trends_file:form>", trends_file, name="trends_file"),
    path("feeds/search.atom", SearchFeed(), name="feed"),
    path("api/v1/", api_page, name="api"),
    path("", include("search.desk.urls")),
]
