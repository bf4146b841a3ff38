"""Accounts: a chief editor makes them and gives each one of the three roles, and no more."""

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.models import Group, User
from django.utils.translation import gettext_lazy as _

from liveblog.publishing import may
from liveblog.publishing.policy import CHIEF_EDITOR, EDITOR, REPORTER

from .lists import CarefulLists

admin.site.unregister(User)
admin.site.unregister(Group)


@admin.register(User)
class AccountAdmin(CarefulLists, UserAdmin):
    """Superusers are made and changed by superusers; accounts are switched off, not deleted."""

    list_display = ["username", "first_name", "last_name", "roles", "is_active", "last_login"]
    list_filter = ["groups", "is_active"]
    readonly_fields = ["last_login", "date_joined"]
    fieldsets = [
        (None, {"fields": ["username", "password"]}),
        (_("Person"), {"fields": ["first_name", "last_name", "email"]}),
        (_("Roles"), {"fields": ["is_active", "is_staff", "groups"]}),
        (_("Dates"), {"fields": ["last_login", "date_joined"]}),
    ]

    def has_module_permission(self, request):
        return may(request.user, "manage_users")

    def has_view_permission(self, request, obj=None):
        return may(request.user, "manage_users")

    def has_add_permission(self, request):
        return may(request.user, "manage_users")

    def has_change_permission(self, request, obj=None):
        above = obj is not None and obj.is_superuser and not request.user.is_superuser
        return may(request.user, "manage_users") and not above

    def has_delete_permission(self, request, obj=None):
        return False

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("groups")

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        if db_field.name == "groups":
            roles = Group.objects.filter(name__in=[REPORTER, EDITOR, CHIEF_EDITOR])
            kwargs["queryset"] = roles.order_by("pk")
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    @admin.display(description=_("roles"))
    def roles(self, user):
        return ", ".join(group.name for group in user.groups.all())
