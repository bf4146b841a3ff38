"""A source's page: what rests on it is marked or retracted in one step."""

from django.contrib.messages import get_messages
from django.urls import reverse

from liveblog import publishing
from tests import cast


def _deal(person, source, **sent):
    answer = person.post(reverse("admin:liveblog_source_deal", args=[source.pk]), sent)
    return [str(each) for each in get_messages(answer.wsgi_request)]


def _cite(story, editor, *sources):
    cited = tuple(publishing.Citation(each) for each in sources)
    return cast.publish(story, editor.user, sources=cited)


def test_each_that_is_chosen_is_retracted(editor, story):
    efe, afp = cast.make_source(), cast.make_source("Afp")
    both, one, others = _cite(story, editor, efe, afp), _cite(story, editor, efe), []
    others.append(_cite(story, editor, afp))
    before = cast.revision_of(story)

    ticked = {"which": "ticked", "update": [str(one.pk), str(others[0].pk), "no"]}
    assert (
        "1 update is retracted" in _deal(editor, efe, _retract="1", note="Withdrawn.", **ticked)[0]
    )
    assert "1 update is retracted" in _deal(editor, efe, _retract="1", note="Gone.", which="all")[0]

    states = dict(story.updates.values_list("pk", "status"))
    assert states == {both.pk: "retracted", one.pk: "retracted", others[0].pk: "published"}
    assert cast.revision_of(story) == before + 2


def test_a_retraction_without_a_reason_changes_nothing(editor, story):
    efe = cast.make_source()
    update = _cite(story, editor, efe)

    assert "Tell readers why" in _deal(editor, efe, _retract="1", note=" ", which="all")[0]

    update.refresh_from_db()
    assert update.status == "published"


def test_all_are_marked(editor, story):
    efe = cast.make_source()
    updates = [_cite(story, editor, efe) for _ in range(2)]

    assert _deal(editor, efe, verification="false", which="all") == ["2 updates are marked."]

    assert {each.verification for each in story.updates.all()} == {"false"}
    assert len(updates) == story.updates.count()


def test_a_reporter_may_not(reporter, editor, story):
    efe = cast.make_source()
    update = _cite(story, editor, efe)

    answer = reporter.post(
        reverse("admin:liveblog_source_deal", args=[efe.pk]), {"_retract": "1", "which": "all"}
    )

    assert answer.status_code == 403
    update.refresh_from_db()
    assert update.status == "published"
