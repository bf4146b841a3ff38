"""Many writers at once: revisions without gap or double, and one answer to one update."""

import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Event

import pytest
from django.db import connection, transaction
from django.utils import timezone

from liveblog import publishing
from liveblog.models import Attribution, Source, Story, Update, Version, Webhook, WebhookMessage
from tests import cast

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(actions):
    """Run each action in a thread with a connection of its own; return the answers in order."""

    def run(action):
        try:
            return action()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(actions)) as pool:
        return list(pool.map(run, actions))


def many():
    """As many writers as the database is made for: one file has one writer at a time."""
    return 200 if connection.vendor == "postgresql" else 12


def test_publishing_at_once_leaves_no_gap(story, editor):
    updates = at_once([lambda: cast.publish(story, editor) for _ in range(many())])

    revisions = sorted(update.revision for update in updates)
    assert revisions == list(range(2, many() + 2))
    assert Story.objects.get().revision == many() + 1


def test_one_update_sent_often_is_published_once(story, editor):
    update, text = cast.new_update(story), cast.content("Once.")

    answers = at_once(
        [lambda: publishing.publish(update, by=editor, content=text) for _ in range(8)]
    )

    assert {answer.revision for answer in answers} == {2}
    assert Version.objects.filter(update=update.pk).count() == 1


def test_two_tickers_publish_what_is_due_once(story, editor):
    soon = timezone.now() + timedelta(hours=1)
    for _ in range(5):
        publishing.schedule(cast.new_update(story), by=editor, at=soon, content=cast.content())
    Update.objects.update(scheduled_for=timezone.now() - timedelta(seconds=1))

    published = at_once([publishing.publish_due for _ in range(2)])

    assert sorted(update.pk for each in published for update in each) == sorted(
        Update.objects.values_list("pk", flat=True)
    )
    assert Story.objects.get().revision == 6


def test_rename_and_publish_at_once_finish(story, editor):
    chief, efe = cast.make_chief(), cast.make_source("Efe")
    citing = (publishing.Citation(efe),)
    cast.publish(story, editor, sources=citing)

    at_once(
        [lambda: cast.publish(story, editor, sources=citing) for _ in range(4)]
        + [lambda n=n: publishing.rename_source(efe, by=chief, name=f"Efe {n}") for n in range(4)]
    )

    assert Story.objects.get().revision == 10


DIES = """
import os, signal
from django.db import connection
from liveblog import publishing
from liveblog.publishing import publication
whole = publication.write
def write_and_die(*arguments, **more):
    whole(*arguments, **more)
    os.kill(os.getpid(), signal.SIGKILL)
publication.write = write_and_die
publishing.publish_due()
"""


def test_a_ticker_killed_in_the_middle_leaves_the_update_to_the_next(make_site):
    site = make_site()
    site.stop()
    site.shell("""
from datetime import timedelta
from django.utils import timezone
from liveblog import publishing
from liveblog.models import Update
editor = cast.make_editor()
story = cast.make_live_story(editor, "Bridge", slug="bridge")
update = cast.new_update(story)
soon = timezone.now() + timedelta(hours=1)
publishing.schedule(update, by=editor, at=soon, content=cast.content("Due words."))
Update.objects.update(scheduled_for=timezone.now() - timedelta(seconds=5))
""")

    with pytest.raises(AssertionError):  # the command died
        site.shell(DIES)
    output = site.shell("""
from liveblog import publishing
from liveblog.models import Story
print(len(publishing.publish_due()), len(publishing.publish_due()), Story.objects.get().revision)
""")

    assert output.split() == ["1", "0", "2"]


def test_a_story_that_begins_to_cite_a_source_during_its_rename_reloads_too(story, editor):
    """The rename has its stories locked, and waits for the source, when another cites it."""
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has one writer at a time.")
    efe, chief = cast.make_source("Efe"), cast.make_chief()
    cast.publish(story, editor, sources=(publishing.Citation(efe),))
    other = cast.make_live_story(editor, "Another story")
    update = cast.publish(other, editor)
    before = cast.revision_of(other)
    is_cited = Event()

    def cite():
        with transaction.atomic():
            list(Source.objects.select_for_update().filter(pk=efe.pk))
            is_cited.set()
            wait_until_another_waits()
            Attribution.objects.create(update=update, source=efe)

    def rename():
        assert is_cited.wait(20)
        return publishing.rename_source(efe, by=chief, name="EFE Noticias")

    at_once([cite, rename])

    row = Story.objects.get(pk=other.pk)
    assert (row.revision, row.reload_revision) == (before + 1, before + 1)


def test_a_message_sent_again_during_a_publication_names_its_cursor(story, editor):
    """Else it stands behind the publication's own message, and replaces it."""
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has one writer at a time.")
    webhook, chief = Webhook.objects.create(url="https://archive.example/"), cast.make_chief()
    attempt = webhook.attempts.create(
        story=story, type="story.changed", at=timezone.now(), milliseconds=1
    )
    is_published = Event()

    def publish():
        with transaction.atomic():
            cast.publish(story, editor)
            is_published.set()
            wait_until_another_waits()

    def send_again():
        assert is_published.wait(20)
        publishing.send_again(attempt, by=chief)

    at_once([publish, send_again])

    newest = WebhookMessage.objects.last()
    assert newest.cursor == Story.objects.get(pk=story.pk).cursor


def wait_until_another_waits():
    """Wait until some transaction of this database waits for a lock."""
    until = time.monotonic() + 20
    query = "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'"
    while time.monotonic() < until:
        with connection.cursor() as cursor:
            cursor.execute(query)
            if cursor.fetchone()[0]:
                return
        time.sleep(0.02)
    raise AssertionError("Nobody waits.")
