"""What a reader's page weighs: everything but the pictures."""

import gzip
from urllib.parse import urlsplit

import pytest

from tests.live.conftest import ACT, SETUP

MOST = 30 * 1024  # bytes of HTML, style sheets and scripts, gzipped
KINDS = {"document", "stylesheet", "script"}
WRITE = """
import random
words = (settings.BASE_DIR / "fixtures" / "ukraine-kursk.txt").read_text().split()
chance = random.Random(50)
for n in range(50):
    body = " ".join(chance.choices(words, k=60))
    cast.publish(story, editor, f"Update number {n}", body=f"<p>{body}</p>")
"""


@pytest.fixture
def newsroom(make_site):
    """A story of 50 updates of 60 words each."""
    site = make_site()
    site.shell(SETUP)
    site.shell("from django.conf import settings\n" + ACT.format(slug="bridge") + WRITE)
    return site


def test_story_of_50_updates_stays_light_and_at_home(newsroom, page):
    answers = []
    page.on("response", lambda answer: answers.append(answer))

    page.goto(f"{newsroom.url}/live/bridge/")
    page.locator("[aria-setsize]").first.wait_for()

    texts = [each for each in answers if each.request.resource_type in KINDS]
    weights = {each.url: len(gzip.compress(each.body())) for each in texts}
    assert sum(weights.values()) <= MOST, weights
    assert {urlsplit(each.url).netloc for each in answers} == {urlsplit(newsroom.url).netloc}
