"""Reference data of an import: sources, people, topics, pictures."""

from collections.abc import Iterable
from uuid import UUID

from liveblog.batches import batches
from liveblog.models import Person, Picture, Source, Topic
from liveblog.slugs import slugify

BATCH = 500

Named = Source | Person | Topic


class SharedRows:
    """Finds rows by name, and creates those that are missing."""

    def __init__(self):
        self._found: dict[tuple[type, str], Named] = {}

    def find(self, model: type[Named], name: str, *, slug="", **columns) -> Named | None:
        """Return the row of a name; None for a name without letters or digits."""
        slug = slugify(slug or name, max_length=80)
        if not slug:
            return None
        key = (model, slug)
        if key not in self._found:
            values = {"name": name[:200], **columns}
            # The desk may make the same one meanwhile: an import is a long transaction.
            self._found[key], _is_new = model.objects.get_or_create(slug=slug, defaults=values)
        return self._found[key]


def store_pictures(pictures: Iterable[Picture]) -> set[UUID]:
    """Insert pictures that are new here, without files; return the ids of those."""
    coming = {each.pk: each for each in pictures}
    here = {
        pk
        for some in batches(list(coming), BATCH)
        for pk in Picture.objects.filter(pk__in=some).values_list("pk", flat=True)
    }
    new = [each for pk, each in coming.items() if pk not in here]
    Picture.objects.bulk_create(new, batch_size=BATCH)
    return {each.pk for each in new}
