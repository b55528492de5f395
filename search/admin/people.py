"""Accounts: each with its role, which says what it may do."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.forms import AdminUserCreationForm, UserChangeForm
from django.contrib.auth.models import Group, User
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from search.roles import ROLE_NAMES, Role, give_role, role_of

CHOICES = [(role.value, ROLE_NAMES[role]) for role in Role]


class RoleField(forms.ChoiceField):
    """One of the three roles."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            label=_("role"),
            choices=CHOICES,
            widget=forms.RadioSelect,
            initial=Role.READER.value,
            help_text=_(
                "A reader reads and keeps lists. A curator corrects articles and takes files in. An "
                "administrator also takes runs back, sees withdrawn originals and gives roles."
            ),
            **kwargs,
        )


class AccountForm(UserChangeForm[User]):
    """An account as it is; where no role is chosen, what it may do stays as it is."""

    role = RoleField(required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"].initial = role_of(self.instance)


class NewAccountForm(AdminUserCreationForm[User]):
    role = RoleField()


class RoleFilter(admin.SimpleListFilter):
    """By role."""

    title = _("role")
    parameter_name = "role"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return CHOICES

    def queryset(self, request: HttpRequest, queryset: QuerySet[User]) -> QuerySet[User]:
        return queryset.filter(groups__name=self.value()) if self.value() else queryset


class AccountAdmin(UserAdmin[User]):
    """Nobody but a superuser touches a superuser, or makes one: else a role could be stepped over."""

    form = AccountForm
    add_form = NewAccountForm
    list_display = ("username", "first_name", "last_name", "shown_role", "is_active", "last_login")
    list_filter = (RoleFilter, "is_active")
    filter_horizontal = ()
    fieldsets = (
        (None, {"fields": ("username", "password", "role")}),
        (_("Person"), {"fields": ("first_name", "last_name", "email")}),
        (_("Account"), {"fields": ("is_active", "last_login", "date_joined")}),
    )
    add_fieldsets = ((None, {"fields": ("username", "usable_password", "password1", "password2", "role")}),)
    readonly_fields = ("last_login", "date_joined")

    def get_queryset(self, request: HttpRequest) -> QuerySet[User]:
        return super().get_queryset(request).prefetch_related("groups")

    def has_change_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        return super().has_change_permission(request, obj) and _may_touch(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        """What an account set names it for good: it is closed (not active), never deleted."""
        return False

    @admin.display(description=pgettext_lazy("of an account", "role"))
    def shown_role(self, user: User) -> str:
        if user.is_superuser:
            return str(ROLE_NAMES[Role.ADMINISTRATOR])
        names = {group.name for group in user.groups.all()}
        return next((str(ROLE_NAMES[role]) for role in reversed(Role) if role.value in names), "—")

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        chosen = form.cleaned_data.get("role")
        if chosen and not form.instance.is_superuser:
            give_role(user=form.instance, role=Role(chosen))


def _may_touch(request: HttpRequest, user: User | None) -> bool:
    return user is None or not user.is_superuser or bool(getattr(request.user, "is_superuser", False))


admin.site.unregister([Group, User])
admin.site.register(User, AccountAdmin)
