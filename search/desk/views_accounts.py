"""Signing in and out, and changing one's password, in the archive's own look and for readers too."""

from __future__ import annotations

from django.contrib.auth import views
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse, reverse_lazy

from search.desk.forms import SignInForm


def form_refused(request: HttpRequest, reason: str = "") -> HttpResponse:
    """What is said where a form does not show that it came from its reader (settings.CSRF_FAILURE_VIEW)."""
    return render(request, "desk/refused.html", status=403)


class SignIn(views.LoginView):
    """Name and password, then back to where the reader wanted to go, or to the desk."""

    template_name = "desk/login.html"
    authentication_form = SignInForm

    def get_default_redirect_url(self) -> str:
        return reverse("search:desk")


class SignOut(views.LogoutView):
    """Signs out, only as a form's answer: no link can do it. Then the desk of the browser is shown."""

    def get_default_redirect_url(self) -> str:
        return reverse("search:desk")


class ChangePassword(views.PasswordChangeView):
    """The old password and a new one, twice."""

    template_name = "desk/password.html"
    success_url = reverse_lazy("search:password_changed")


class PasswordChanged(views.PasswordChangeDoneView):
    """Says that it is changed."""

    template_name = "desk/password_changed.html"
