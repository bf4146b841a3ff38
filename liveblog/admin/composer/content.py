"""Build an UpdateContent from the submitted form."""

from liveblog.admin.inlines import rows_of
from liveblog.models import Attribution, UpdateByline, UpdatePicture
from liveblog.publishing import Citation, UpdateContent


def content_of(form, formsets) -> UpdateContent:
    rows = {formset.model: rows_of(formset) for formset in formsets}
    written = form.cleaned_data
    moved = "published_at" in form.changed_data
    return UpdateContent(
        headline=written["headline"],
        body=written["body"],
        verification=written["verification"],
        is_key_event=written["is_key_event"],
        sources=tuple(
            Citation(row["source"], row["role"], row["url"]) for row in rows[Attribution]
        ),
        bylines=tuple(row["person"] for row in rows[UpdateByline]),
        pictures=tuple(row["picture"].pk for row in rows[UpdatePicture]),
        published_at=written["published_at"] if moved else None,
    )
