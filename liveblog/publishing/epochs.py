"""Give all stories new epochs."""

from django.db import transaction

from liveblog.models import Story
from liveblog.models.story import new_epoch


@transaction.atomic
def renew_epochs() -> None:
    """Invalidate all cursors, as after a restore: open pages load anew."""
    for key in Story.objects.order_by("pk").values_list("pk", flat=True):
        Story.objects.filter(pk=key).update(epoch=new_epoch())
