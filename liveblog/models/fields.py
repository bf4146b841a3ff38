"""Rich text fields that clean every assigned value."""

from ckeditor.fields import RichTextField as EditorField
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.query_utils import DeferredAttribute
from django.utils.translation import gettext as _

from liveblog.richtext import LONGEST, CleanHTML, clean, enrich


def validate_length(text: str) -> None:
    """Refuse an overlong rich text before it is parsed."""
    most = LONGEST if isinstance(text, CleanHTML) else 4 * LONGEST  # what is cleaned gets shorter
    if len(text) > most:
        raise ValidationError(
            _("The text has %(count)d characters, its markup included; the most is %(most)d."),
            params={"count": len(text), "most": most},
        )


class _CleanedAttribute(DeferredAttribute):
    """Clean on assignment, so that raw saves and bulk writes are covered too."""

    def __set__(self, instance, value):
        value = clean(value or "")
        instance.__dict__[self.field.attname] = value
        for derived in self.field.derived:
            # Set, not left for later: `save()` skips what is absent, as deferred.
            instance.__dict__[derived] = enrich(value)


class RichTextField(EditorField):
    """HTML for which `value == clean(value)` always holds."""

    descriptor_class = _CleanedAttribute
    default_validators = [validate_length]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.derived: list[str] = []

    def from_db_value(self, value, expression, connection):
        return None if value is None else CleanHTML(value)

    def to_python(self, value):
        if value is None:
            return None
        if isinstance(value, str):  # a fixture's: cleaning takes half a minute a megabyte
            validate_length(value)
        return clean(value)

    def get_prep_value(self, value):
        return None if value is None else str(clean(value))


class _DerivedAttribute(DeferredAttribute):
    """Accepts the stored value; assigning the source field derives a new one."""

    def __set__(self, instance, value):
        if isinstance(value, CleanHTML):
            instance.__dict__[self.field.attname] = value
        elif value:  # a constructor sets the default
            name, source = self.field.attname, self.field.source
            raise AttributeError(f"{name} is derived from {source}: assign {source} instead.")


class DerivedHTMLField(models.TextField):
    """The enriched HTML of the rich text field `source`; it can't be assigned."""

    descriptor_class = _DerivedAttribute

    def __init__(self, *, source, **kwargs):
        self.source = source
        super().__init__(**{"editable": False, "serialize": False, "blank": True, **kwargs})

    def contribute_to_class(self, cls, name, private_only=False):
        super().contribute_to_class(cls, name, private_only)
        cls._meta.get_field(self.source).derived.append(name)

    def deconstruct(self):
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, {**kwargs, "source": self.source}

    def from_db_value(self, value, expression, connection):
        return None if value is None else CleanHTML(value)


class ClientUUIDField(models.UUIDField):
    """A primary key that the client generates.

    It identifies the row elsewhere too, so it is serialised even where `dumpdata
    --natural-primary` leaves primary keys out.
    """

    @property
    def serialize(self):
        return True

    @serialize.setter
    def serialize(self, value):
        """Django sets this to False on every primary key."""
