"""System checks against unsafe settings: the rich text editor, demo accounts."""

from django.conf import settings
from django.core.checks import Error, Tags, register
from django.db import connections


@register("security")
def check_ckeditor(app_configs, **kwargs):
    """CKEditor's own upload and filters are unsafe: only liveblog.richtext is the gate."""
    problems = []
    if "ckeditor_uploader" in settings.INSTALLED_APPS:
        problems.append(
            Error(
                "ckeditor_uploader is installed.",
                hint="Remove it: its upload is CSRF-exempt and takes HTML and SVG.",
                id="liveblog.E001",
            )
        )
    for name, config in settings.CKEDITOR_CONFIGS.items():
        if config.get("fullPage") or config.get("allowedContent") is True:
            problems.append(
                Error(
                    f"CKEDITOR_CONFIGS[{name!r}] switches the editor's filter off.",
                    hint="Leave fullPage unset, and allowedContent unset or a list of elements.",
                    id="liveblog.E002",
                )
            )
    return problems


@register(Tags.database)
def check_local_accounts(app_configs, databases, **kwargs):
    """The demo's accounts can't sign in where DEBUG is off; that they exist is a mistake too.

    Run by `migrate`, and by `check --database default`.
    """
    from .accounts import local_accounts  # noqa: PLC0415 (models are not loaded yet)

    if settings.DEBUG or "default" not in (databases or []):
        return []
    if "auth_user" not in connections["default"].introspection.table_names():
        return []
    return [
        Error(
            f"The demo's account {user} is active, and DEBUG is off.",
            hint="Clear its box “Active” in the admin (Colleagues): it can't sign in here anyway.",
            id="liveblog.E003",
        )
        for user in local_accounts()
    ]


@register("security")
def check_second_factor(app_configs, **kwargs):
    """A misspelt role would ask nobody for a second factor, and say nothing of it."""
    known = {"Reporter", "Editor", "Chief editor"}
    return [
        Error(
            f"REQUIRE_SECOND_FACTOR names {role!r}, which is no role.",
            hint=f"The roles are {', '.join(sorted(known))}.",
            id="liveblog.E020",
        )
        for role in settings.REQUIRE_SECOND_FACTOR
        if role not in known
    ]
