"""Samples of every format: what comes of them, and what never gets before readers.

Texts of what was deleted, trashed, unpublished, embargoed, cancelled, scheduled or written
by readers hold the word CANARY.
"""

import json

import pytest
from django.urls import resolve

from liveblog.interchange.formats import READERS
from liveblog.interchange.formats.recognition import recognise
from liveblog.interchange.ledger import COUNTED
from liveblog.models import Story, Update
from liveblog.public.urls import urlpatterns
from tests.interchange.importing import bring_in
from tests.interchange.samples import FOLDER, sample

pytestmark = pytest.mark.django_db

# Of each sample: how many entries, and of those imported, retracted, refused.
SAMPLES = {
    "wordpress/two-posts.xml": (7, 5, 1, 1),
    "wordpress/old-blocks.xml": (6, 5, 1, 0),
    "wordpress/attachments.xml": (2, 2, 0, 0),
    "liveblogposting/page.html": (5, 5, 0, 0),
    "liveblogposting/graph.json": (2, 2, 0, 0),
    "liveblogposting/scripts.html": (3, 2, 0, 1),
    "guardian/flood.json": (4, 4, 0, 0),
    "guardian/requested.json": (2, 2, 0, 0),
    "guardian/damaged.json": (3, 1, 0, 2),
    "sourcefabric/race.json": (7, 6, 1, 0),
    "sourcefabric/items.json": (3, 3, 0, 0),
    "sourcefabric/plain-list.json": (4, 1, 1, 2),
    "ninjs/timeline.json": (5, 3, 1, 1),
    "ninjs/versions.json": (2, 1, 1, 0),
    "ninjs/composite.json": (2, 2, 0, 0),
    "feed/atom.xml": (4, 3, 1, 0),
    "feed/rss.xml": (3, 2, 0, 1),
    "feed/feed.json": (3, 2, 0, 1),
    "document/times.txt": (2, 2, 0, 0),
    "document/no-times.txt": (2, 2, 0, 0),
    "document/ascending.txt": (3, 3, 0, 0),
    "liveblog/live.json": (5, 4, 1, 0),
    "liveblog/ended.json": (2, 2, 0, 0),
    "liveblog/draft.json": (1, 1, 0, 0),
}
WITH_CANARIES = [name for name in SAMPLES if b"CANARY" in sample(name)]


def test_three_samples_a_format():
    formats = [name.partition("/")[0] for name in SAMPLES]

    assert {each: formats.count(each) for each in formats} == dict.fromkeys(READERS, 3)
    assert {str(path.relative_to(FOLDER)) for path in FOLDER.glob("[a-z]*/*.*")} == set(SAMPLES)


@pytest.mark.parametrize("name", SAMPLES)
def test_recognised(name):
    assert recognise(sample(name)) == name.partition("/")[0]


@pytest.mark.parametrize("name", SAMPLES)
def test_ledger_adds_up_and_twice_changes_nothing(name, tmp_path):
    entries, imported, retracted, refused = SAMPLES[name]

    code, ledger = bring_in(FOLDER / name, tmp_path, select=["all"], publish=True)

    assert code == (1 if refused else 0)
    counts = {name: ledger[name] for name in COUNTED}
    assert counts == {"imported": imported, "unchanged": 0, "updated": 0, "retracted": retracted}
    assert (ledger["entries"], len(ledger["refused"])) == (entries, refused)
    before = list(Update.objects.order_by("id").values())

    code, again = bring_in(FOLDER / name, tmp_path, select=["all"], publish=True)

    assert (again["unchanged"], again["retracted"]) == (imported + retracted, 0)
    assert again["refused"] == ledger["refused"]
    assert list(Update.objects.order_by("id").values()) == before


# Addresses that no sample has rows for, or that show nothing of a story.
TELL_NO_STORY = {"source", "source_card", "indexnow_key"}


def addresses():
    """Every public address that could tell something of the stories that are here."""
    found = ["/", "/front.json", "/corrections/", "/topics/", "/search", "/search?q=canary"]
    found += ["/sitemap.xml", "/sitemap-1.xml", "/news-sitemap.xml", "/robots.txt", "/embed.js"]
    found += ["/fragment.js", "/favicon.ico", "/indexnow-key.txt"]
    found += ["/nowhere/", "/media/pictures/CANARY.png", "/card.png", "/logo.png"]
    found += [f"/feeds/{name}" for name in ("rss.xml", "atom.xml", "feed.json")]
    for kind in ("source", "topic", "person"):
        model = Story._meta.apps.get_model("liveblog", kind)
        at = [each.get_absolute_url() for each in model.objects.all()]
        found += [*at, *(f"{each}card.png" for each in at)]
    for story in Story.objects.all():
        at = f"/live/{story.slug}"
        found += [f"{at}/", f"{at}/?order=oldest", f"{at}/card.png", f"{at}/corrections/"]
        found += [
            f"{at}/{name}" for name in ("rss.xml", "atom.xml", "feed.json", "embed/", "fragment/")
        ]
        found += [f"{at}/changes/{each}" for each in ("0", story.cursor, f"0/{story.cursor}")]
        found += [f"{at}/search?q={word}" for word in ("", "canary")]
        found.append(f"{at}/changes/0/{story.cursor}")
        found.append(f"/oembed?url=http://testserver{at}/")
        for update in story.updates.all():
            found += [f"{at}/updates/{update.pk}/", f"{at}/?before={update.pk}"]
        # A card is a drawing, whose bytes tell no words: one stands for all.
        found += [f"{at}/updates/{each.pk}/card.png" for each in story.updates.all()[:1]]
    return found


@pytest.mark.thorough
@pytest.mark.any_database
def test_canaries_of_all_samples_are_on_no_address(client, tmp_path):
    for name in WITH_CANARIES:
        bring_in(FOLDER / name, tmp_path, select=["all"], publish=True)

    walked = addresses()

    assert len(WITH_CANARIES) >= 9
    kinds = {resolve(address.partition("?")[0]).url_name for address in walked}
    assert kinds >= {each.name for each in urlpatterns}
    assert Story.objects.public().count() >= 8
    for address in walked:
        answer = client.get(address)
        content = b"".join(answer) if answer.streaming else answer.content
        assert b"CANARY" not in content.replace(b"CANARY.png", b""), address


def test_no_e_mail_address_is_kept(tmp_path):
    for name in SAMPLES:
        bring_in(FOLDER / name, tmp_path, select=["all"])

    models = Story._meta.apps.get_app_config("liveblog").get_models()
    rows = [list(model.objects.values()) for model in models]
    assert "@" not in json.dumps(rows, default=str).replace("x.com/@", "")
