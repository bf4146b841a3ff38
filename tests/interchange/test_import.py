"""Documents through the command and loaddata into the database, and the demo itself."""

from io import StringIO

import pytest
from django.core.management import call_command
from hypothesis import HealthCheck, given
from hypothesis import settings as example_settings
from hypothesis import strategies as st

from liveblog.models import Source, Story
from liveblog.richtext import to_plain_text

pytestmark = pytest.mark.django_db

WORD = st.text(
    st.characters(exclude_categories=["Cc", "Cs", "Zs", "Zl", "Zp"], exclude_characters="\ufeff"),
    min_size=1,
    max_size=12,
)
PROSE = st.lists(WORD, min_size=1, max_size=25).map(
    lambda words: " ".join(["So", *words, "it", "ends"]) + "."
)
HEADING = st.lists(
    st.sampled_from(["Bridge", "Київ", "3", "closed?", "“open”", "año", "<b>", "&amp;", "said"]),
    min_size=1,
    max_size=9,
).map(lambda words: " ".join(["Now", *words, "again"]))
TOP = ["NEWS", "A bridge over the Seim is closed to all traffic", "Updated"]
TOP.append("Engineers say the repair may take a week")


@pytest.fixture
def build(tmp_path):
    def build(text, *options):
        document, fixture = tmp_path / "document.txt", tmp_path / "built.json"
        document.write_text(text, encoding="utf-8", newline="")
        call_command("build_fixture", document, *options, output=fixture, stderr=StringIO())
        return fixture

    return build


def test_demo_is_what_the_document_says():
    call_command("loaddata", "ukraine_kursk", verbosity=0)

    story = Story.objects.get()
    assert (story.slug, story.kicker, story.status) == ("ukraine-kursk", "NEWS", "live")
    assert story.headline.startswith("Kyiv says North Korea's first soldiers")
    assert story.introduction.count("<p>") == 3
    assert (story.lead_picture.file.name, story.lead_picture.credit.name) == ("", "AP")
    assert story.lead_picture.alt == "North Korean soldiers standing together."
    assert story.share_picture.file.storage.exists(story.share_picture.file.name)
    assert story.times_assigned
    rows = [
        (
            update.headline.split()[0],
            update.published_at.strftime("%Y-%m-%d %H:%M"),
            [each.source.name for each in update.attributions.all()],
        )
        for update in story.updates.newest_first()
    ]
    assert rows == [
        ("Washington", "2024-10-25 08:00", ["Efe"]),
        ("Usyk", "2024-10-25 07:40", ["Efe"]),
        ("Putin", "2024-10-25 07:20", ["AFP"]),
        ("Guterres", "2024-10-25 07:00", ["Efe"]),
        ("Japan", "2024-10-25 06:40", ["Efe"]),
    ]
    names = Source.objects.exclude(name="The Meridian Graphics").values_list("name", flat=True)
    assert sorted(names) == ["AFP", "AP", "Efe"]


@pytest.mark.thorough
@example_settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    introduction=st.lists(PROSE, max_size=2),
    updates=st.lists(st.tuples(HEADING, st.lists(PROSE, min_size=1, max_size=3)), max_size=4),
)
def test_every_paragraph_reaches_the_database_as_it_went_in(build, introduction, updates):
    blocks = [*TOP, *introduction]
    for heading, paragraphs in updates:
        blocks += [heading, *paragraphs]
    slug = f"story-{Story.objects.count()}"

    fixture = build("\n\n".join(blocks), "--date", "2024-10-25T10:00", "--slug", slug)
    call_command("loaddata", str(fixture), verbosity=0)

    story = Story.objects.get(slug=slug)
    assert to_plain_text(story.introduction) == "\n".join(introduction)
    rows = [
        (each.headline, to_plain_text(each.body).split("\n"))
        for each in story.updates.newest_first()
    ]
    assert rows == updates
    before = dump()
    call_command("loaddata", str(fixture), verbosity=0)
    assert dump() == before


def dump():
    out = StringIO()
    call_command("dumpdata", "liveblog", stdout=out)
    return out.getvalue()
