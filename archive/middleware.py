"""Which language and theme a reader gets, who may read at all, and how pages are packed for the way."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.middleware.gzip import GZipMiddleware
from django.utils import translation

GetResponse = Callable[[HttpRequest], HttpResponse]

OPEN_PATHS = ("/admin/", "/login/", "/static/", "/healthz", "/robots.txt")
THEME_COOKIE = "theme"
THEMES = ("light", "dark")
AS_THE_SYSTEM = "auto"
WORDS = ("text/", "application/json", "application/xml", "application/atom+xml", "image/svg+xml")
"""Beginnings of the types of content that are written in words."""


class ChosenLanguageMiddleware:
    """Arabic unless the reader chose: `?lang=en` chooses, a cookie keeps it; Accept-Language is not asked."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        known = dict(settings.LANGUAGES)
        chosen = request.GET.get("lang", "")
        kept = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        language = next((code for code in (chosen, kept) if code in known), settings.LANGUAGE_CODE)
        with translation.override(language):
            request.LANGUAGE_CODE = language
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        if chosen in known and chosen != kept:
            response.set_cookie(
                settings.LANGUAGE_COOKIE_NAME, chosen, max_age=settings.LANGUAGE_COOKIE_AGE, samesite="Lax"
            )
        return response


def chosen_theme(request: HttpRequest) -> str:
    """`light` or `dark` where the reader chose, now or before; empty: as the system has it."""
    asked = request.GET.get("theme", "")
    if asked == AS_THE_SYSTEM:
        return ""
    kept = request.COOKIES.get(THEME_COOKIE, "")
    return next((theme for theme in (asked, kept) if theme in THEMES), "")


class ChosenThemeMiddleware:
    """`?theme=dark` (or light) chooses and a cookie remembers; `?theme=auto` forgets."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        asked = request.GET.get("theme")
        if asked in THEMES:
            response.set_cookie(
                THEME_COOKIE, asked, max_age=settings.LANGUAGE_COOKIE_AGE, samesite="Lax", httponly=True
            )
        elif asked == AS_THE_SYSTEM:
            response.delete_cookie(THEME_COOKIE, samesite="Lax")
        return response


class AccessMiddleware:
    """With ARSHIF_ACCESS=login, every page but the login and the health check asks for an account."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if (
            settings.ARSHIF_ACCESS == "login"
            and not request.user.is_authenticated
            and not request.path.startswith(OPEN_PATHS)
        ):
            return redirect_to_login(request.get_full_path())
        return self.get_response(request)


class CompressedPagesMiddleware(GZipMiddleware):
    """Whatever is written in words goes out compressed, a fifth of its size, where the browser says that it
    reads that; PDF, pictures and zip files are packed already.

    Of sizes that would tell what a form's token is, Django's own middleware takes care (BREACH).
    """

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        if not response.headers.get("Content-Type", "").startswith(WORDS):
            return response
        return super().process_response(request, response)
