"""Pages of the desk that need the search, beside Django's own."""

from django.urls import path, register_converter

from archive.export.sheets import CONTENT_TYPES
from search.admin import found, health


class SheetForm:
    """The ending of an address that asks for a spreadsheet."""

    regex = "|".join(CONTENT_TYPES)

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(SheetForm, "sheet")

app_name = "curation"
urlpatterns = [
    path("found/", found.change_found, name="change_found"),
    path("found/sheet.<sheet:form>", found.sheet_of_found, name="found_sheet"),
    path("health/", health.health, name="health"),
]
