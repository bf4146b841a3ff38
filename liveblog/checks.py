"""Refuse configurations that would open the editor's gate."""

from django.conf import settings
from django.core.checks import Error, register


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
