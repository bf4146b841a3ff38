"""Related rows come with the query of their owners, whatever that query is."""

import pytest
from django.db import connection

from liveblog.models import Update
from liveblog.models.update_queryset import _parts
from tests.newsroom import cite, make_story, make_updates

pytestmark = pytest.mark.django_db


def credits(update):
    return [each.source.name for each in update.attributions.all()]


def test_each_owner_carries_its_own_rows():
    first, second = make_updates(make_story(), 2)
    cite(first, "Efe")
    cite(second, "Reuters")

    loaded = {each.pk: credits(each) for each in Update.objects.with_parts()}

    assert loaded == {first.pk: ["Efe"], second.pk: ["Reuters"]}


def test_rows_follow_their_owner_under_another_name_in_the_query():
    cited, _bare = make_updates(make_story(), 2)
    cite(cited, "Efe")
    Update.objects.with_parts().first()  # written under the table's own name

    newest = Update.objects.with_parts().newest_first()
    newest.query.change_aliases({Update._meta.db_table: "elsewhere"})
    newest.query.__dict__.pop("base_table", None)

    assert [credits(each) for each in newest] == [[], ["Efe"]]


def test_sql_is_written_once_and_serves_other_queries():
    story = make_story()
    cite(*make_updates(story, 1), "Efe")
    make_updates(make_story(), 1)
    list(Update.objects.with_parts())
    kept = _parts(Update)["attributions"].written[connection.vendor]

    loaded = Update.objects.public().filter(story=story).with_parts().newest_first()[:5]

    assert [credits(each) for each in loaded] == [["Efe"]]
    assert _parts(Update)["attributions"].written[connection.vendor] is kept
