"""HTML of the cells in the admin's lists."""

from django.utils.html import format_html


def tag(value: str, label: str):
    """Show a state as a word in its own shape."""
    return format_html('<span class="state state-{}">{}</span>', value, label)


def link(url: str, label: str, *, css: str = ""):
    return format_html('<a href="{}" class="{}">{}</a>', url, css, label)
