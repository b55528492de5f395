"""Every address of the archive."""

from django.contrib import admin
from django.urls import include, path

from search.api.endpoints import api

urlpatterns = [
    path("admin/queue/", include("archive.desk.urls")),
    path("admin/", include("search.admin.urls")),
    path("admin/", admin.site.urls),
    path("", include("search.urls")),
    path("api/v1/", api.urls),
    path("", include("archive.urls")),
]
