"""Stories in every state, for a site that already holds the demo; all of it is invented."""

from dataclasses import replace
from datetime import timedelta

from django.utils import timezone

from liveblog import publishing
from liveblog.models import Person, Source, Story, Topic
from liveblog.publishing import Citation
from tests import cast

from .drawing import draw_sea
from .words import COMING, ELECTION, INTRODUCTION, LANGUAGES, MORE, STORM, SUMMARY


def write() -> None:
    editor, chief = cast.make_editor(), cast.make_chief()
    for language, fields in LANGUAGES.items():
        _write_in(language, fields, editor)
    _write_election(editor)
    cast.make_live_story(editor, slug="budget", **COMING)
    rumour = cast.make_live_story(editor, "A rumour that was none", slug="rumour")
    publishing.withdraw_story(rumour, by=chief, note="It was a hoax.")
    _write_storm(editor)


def write_more() -> None:
    """Publish on in the storm, for whoever reads it."""
    story, editor = Story.objects.get(slug="storm"), cast.User.objects.get(username="edith")
    for headline, body in MORE:
        cast.publish(story, editor, headline=headline, body=body)


def _write_storm(editor):
    sources = {
        name: Source.objects.get_or_create(name=name, kind=kind)[0]
        for name, kind in {
            "Coast Guard": Source.Kind.OFFICIAL,
            "Met Office of Aldmere": Source.Kind.OFFICIAL,
            "North Wire": Source.Kind.AGENCY,
            "Harbour Post": Source.Kind.OUTLET,
        }.items()
    }
    mara = Person.objects.create(name="Mara Lindqvist", role="in Port Aldmere")
    jonas = Person.objects.create(name="Jonas Okoye")
    story = cast.make_live_story(
        editor,
        "Storm Ilse reaches the coast as three harbours close",
        slug="storm",
        kicker="Weather",
        standfirst="Gusts of 140 km/h are expected by nightfall; trains north of Port Aldmere "
        "have stopped and 40,000 homes are without power",
        introduction=INTRODUCTION,
        lead_picture=_picture(editor, sources["North Wire"]),
        bylines=(mara, jonas),
        topics=frozenset([Topic.objects.create(name="Weather")]),
    )
    updates = {}
    for entry in STORM:
        content = dict(entry)
        at = timezone.now() - timedelta(minutes=content.pop("minutes"))
        cited = tuple(Citation(sources[name], role) for name, role in content.pop("sources", ()))
        if content.pop("picture", False):
            content["pictures"] = (_picture(editor, sources["Harbour Post"], seed=7).pk,)
        if content.pop("signed", False):
            content["bylines"] = (mara,)
        content = cast.content(**content, sources=cited, published_at=at)
        update = publishing.publish(cast.new_update(story), by=editor, content=content)
        updates[content.headline] = (update, content)
    _change(updates, editor)
    story.refresh_from_db()
    publishing.edit_story(
        story, replace(publishing.StoryContent.of(story), summary=SUMMARY), by=editor
    )


def _change(updates, editor):
    """A correction, a clarification, an addition, a pin, and one update withdrawn."""
    ferries, ferries_told = updates["Two ferries turn back to Port Aldmere"]
    publishing.correct(
        ferries,
        replace(ferries_told, published_at=None),
        by=editor,
        note="We first wrote that three ferries had turned back. There were two.",
    )
    wall, wall_told = updates["Sea wall at Harrow overtopped for an hour"]
    publishing.edit(
        wall,
        replace(wall_told, body=wall_told.body + "<p>The water has since gone down.</p>"),
        by=editor,
        kind="information",
    )
    publishing.pin(updates["What to do if you are on the coast"][0], by=editor)
    publishing.retract(
        updates["A man was reported missing at Gull Point"][0],
        by=editor,
        note="The man was found at home; the report was a mistake.",
    )


def _write_election(editor):
    story = cast.make_live_story(editor, slug="election", **ELECTION)
    for number in range(47):
        at = timezone.now() - timedelta(days=3, minutes=400 - 8 * number)
        cast.publish(
            story,
            editor,
            headline=f"Result {number + 1} of 47: the count goes on in the north",
            body="<p>Turnout stood at 61.4 per cent when the polls closed.</p>" * 2,
            is_key_event=number % 9 == 0,
            published_at=at,
        )
    publishing.end_story(story, by=editor)


def _write_in(language, fields, editor):
    kicker, headline, standfirst, title, text = fields
    story = cast.make_live_story(
        editor,
        headline,
        slug=f"in-{language}",
        language=language,
        kicker=kicker,
        standfirst=standfirst,
        introduction=f"<p>{text}</p>" * 3,
        summary=f"<p>{text}</p>",
    )
    wire, _ = Source.objects.get_or_create(name="North Wire", kind=Source.Kind.AGENCY)
    for minutes in (50, 30, 4):
        at = timezone.now() - timedelta(minutes=minutes)
        cast.publish(
            story,
            editor,
            headline=title,
            body=f"<p>{text}</p>" * 3,
            sources=(Citation(wire),),
            is_key_event=True,
            published_at=at,
            verification="unconfirmed" if minutes == 30 else "none",
        )


def _picture(editor, credit, seed=1):
    return publishing.add_picture(
        draw_sea(seed),
        by=editor,
        alt="Waves break over a sea wall under a low grey sky.",
        caption="Waves over the sea wall at Harrow on Monday morning.",
        credit=credit,
    )
