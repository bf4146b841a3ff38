"""Which pictures an update shows."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from .picture import Picture
from .update import Update


class UpdatePictureQuerySet(models.QuerySet):
    def get_by_natural_key(self, update, picture):
        return self.get(update_id=update, picture_id=picture)


class UpdatePicture(models.Model):
    """A picture of an update: at its place in the text, or after it where the text has none."""

    update = models.ForeignKey(Update, models.CASCADE, related_name="pictures")
    picture = models.ForeignKey(
        Picture, models.PROTECT, related_name="in_updates", verbose_name=_("picture")
    )
    position = models.PositiveSmallIntegerField(default=0)

    objects = UpdatePictureQuerySet.as_manager()

    class Meta:
        ordering = ["position", "id"]
        verbose_name = _("picture of an update")
        verbose_name_plural = _("pictures of updates")
        constraints = [
            models.UniqueConstraint(name="picture_once_per_update", fields=["update", "picture"]),
        ]

    def __str__(self):
        return str(self.picture)

    def natural_key(self):
        return (str(self.update_id), str(self.picture_id))

    natural_key.dependencies = ["liveblog.update", "liveblog.picture"]
