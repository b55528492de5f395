"""Addresses of the queue, under the desk's own."""

from django.urls import path

from archive.desk import views, views_files, views_pairs, views_rules, views_shape

app_name = "queue"
urlpatterns = [
    path("", views.queue, name="queue"),
    path("date/", views.date, name="date"),
    path("undo/", views.undo, name="undo"),
    path("rules/", views_rules.rules, name="rules"),
    path("rules/accept/", views_rules.accept_rule, name="accept_rule"),
    path("pairs/<int:key>/", views_pairs.pair, name="pair"),
    path("files/<int:key>/", views_files.file, name="file"),
    path("split/<int:key>/", views_shape.shape, name="shape"),
    path("<slug:kind>/", views.kind_page, name="kind"),
    path("<slug:kind>/<int:key>/", views.item, name="item"),
]
