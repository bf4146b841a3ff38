"""Taking an update from readers, and putting it back."""

import pytest
from django.http import HttpResponse
from django.urls import reverse

from liveblog.admin.takedown_check import check_public_addresses, public_addresses_of
from liveblog.public.urls import urlpatterns
from tests import cast

from .forms import list_of, page_of


@pytest.fixture
def update(story, editor):
    return cast.publish(story, editor.user, "Police open the bridge.")


def _page(update, verb):
    return reverse(f"admin:liveblog_update_{verb}", args=[update.pk])


def _state(update):
    update.refresh_from_db()
    return update.status, update.retraction_note


def test_page_asks_before_anything_is_retracted(editor, update):
    page = editor.get(_page(update, "retract"))

    assert "Police open the bridge." in page.content.decode()
    assert _state(update) == ("published", "")


def test_retraction_with_a_note_tells_readers(editor, update):
    editor.post(_page(update, "retract"), {"note": "Wrong bridge."})

    assert _state(update) == ("retracted", "Wrong bridge.")


def test_retraction_with_an_empty_note_is_asked_again(editor, update):
    page = editor.post(_page(update, "retract"), {"note": " "})

    assert "note" in page.context["form"].errors
    assert _state(update) == ("published", "")


def test_retraction_without_trace_keeps_the_reason_in_the_history(editor, update):
    address = _page(update, "retract_without_trace")
    assert "Readers are told nothing" in editor.get(address).content.decode()
    assert address in editor.get(_page(update, "retract")).content.decode()

    editor.post(address, {"note": "Court order."})

    assert _state(update) == ("retracted", "")
    assert update.versions.first().note == "Court order."


def test_note_that_is_too_long_is_refused(editor, update):
    page = editor.post(_page(update, "retract"), {"note": "x" * 501})

    assert "note" in page.context["form"].errors
    assert _state(update) == ("published", "")


def test_editor_puts_an_update_back(editor, update):
    cast.publishing.retract(update, by=editor.user, note="Wrong bridge.")
    assert "Wrong bridge." in editor.get(_page(update, "restore")).content.decode()

    editor.post(_page(update, "restore"))

    assert _state(update) == ("published", "")


def test_draft_is_not_retracted(editor, story):
    draft = cast.publishing.save_draft(cast.new_update(story), cast.content(), by=editor.user)

    answer = editor.post(_page(draft, "retract"), {"note": "Wrong."}, follow=True)

    assert "Nothing was changed" in answer.content.decode()
    assert _state(draft) == ("draft", "")


def test_reporter_takes_nothing_down(reporter, editor, update):
    for page in ("retract", "retract_without_trace"):
        assert reporter.post(_page(update, page), {"note": "No."}).status_code == 403
    cast.publishing.retract(update, by=editor.user, note="Wrong.")
    assert reporter.post(_page(update, "restore")).status_code == 403

    assert _state(update) == ("retracted", "Wrong.")


def test_list_and_page_lead_to_the_takedown(editor, reporter, update):
    for address in (list_of("update"), page_of(update)):
        assert _page(update, "retract") in editor.get(address).content.decode()
        assert _page(update, "retract") not in reporter.get(address).content.decode()


def test_retraction_leads_to_the_checklist(editor, update):
    answer = editor.post(_page(update, "retract_without_trace"), {"note": ""}, follow=True)

    assert answer.redirect_chain == [(_page(update, "surfaces"), 302)]
    paths = [each.path for each in answer.context["addresses"]]
    assert {"/", update.story.get_absolute_url(), update.get_absolute_url()} <= set(paths)


def test_address_that_shows_the_text_is_not_clean(update, monkeypatch):
    def leak(request):
        return HttpResponse("<p>Police  open the bridge.</p>")

    front = next(each for each in urlpatterns if each.name == "front")
    assert [each.is_clean for each in check_public_addresses(update) if each.path == "/"] != []
    monkeypatch.setattr(front, "callback", leak)

    clean = {each.path: each.is_clean for each in check_public_addresses(update)}

    assert clean["/"] is False


def test_address_that_fails_is_not_clean(update, monkeypatch):
    front = next(each for each in urlpatterns if each.name == "front")
    monkeypatch.setattr(front, "callback", lambda request: HttpResponse("", status=503))

    assert not check_public_addresses(update)[0].is_clean


def test_public_addresses_are_no_pages_of_the_admin(update):
    assert not [path for path in public_addresses_of(update) if path.startswith("/admin/")]


def test_public_addresses_never_end_up_at_a_stream(update):
    assert not [path for path in public_addresses_of(update) if "stream" in path]


def test_reporter_fetches_nothing_back(reporter, update):
    assert reporter.get(_page(update, "surfaces")).status_code == 403


def test_draft_was_never_seen_anywhere(editor, story):
    draft = cast.publishing.save_draft(cast.new_update(story), cast.content(), by=editor.user)

    assert editor.get(_page(draft, "surfaces")).status_code == 404
