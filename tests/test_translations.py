"""Each catalogue says everything that the source says, in the right number of plural forms."""

import gettext
import re
import shutil
from pathlib import Path

import polib
import pytest
from django.conf import settings
from django.core.management import call_command
from django.utils import translation
from django.utils.translation import ngettext, pgettext

from tests.tools import ROOT, note_absence

pytestmark = pytest.mark.any_database

LOCALE = Path(settings.LOCALE_PATHS[0])
LANGUAGES = [code for code, _name in settings.LANGUAGES if code != "en"]
NO_GETTEXT = "No gettext here, so nobody looked for new words to translate: apt-get install gettext"
each_catalogue = pytest.mark.parametrize("domain", ["django", "djangojs"])
PLACEHOLDERS = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w+\}|</?\w+>")


def _catalogue(language, root=LOCALE, domain="django"):
    return polib.pofile(str(root / language / "LC_MESSAGES" / f"{domain}.po"))


def _texts(entry):
    """Yield each translation beside the source that it has to agree with."""
    if not entry.msgid_plural:
        yield entry.msgid, entry.msgstr
    for text in entry.msgstr_plural.values():
        yield entry.msgid_plural, text


@each_catalogue
@pytest.mark.parametrize("language", LANGUAGES)
def test_catalogue_is_complete(language, domain):
    catalogue = _catalogue(language, domain=domain)

    assert [entry.msgid for entry in catalogue if not entry.translated() or entry.obsolete] == []


@each_catalogue
@pytest.mark.parametrize("language", LANGUAGES)
def test_translations_keep_what_is_filled_in(language, domain):
    wrong = [
        (source, text)
        for entry in _catalogue(language, domain=domain)
        for source, text in _texts(entry)
        if sorted(PLACEHOLDERS.findall(source)) != sorted(PLACEHOLDERS.findall(text))
    ]

    assert wrong == []


@each_catalogue
@pytest.mark.parametrize("language", LANGUAGES)
def test_compiled_catalogue_says_what_the_written_one_does(language, domain):
    path = LOCALE / language / "LC_MESSAGES" / f"{domain}.mo"
    with path.open("rb") as file:
        compiled = gettext.GNUTranslations(file)

    said = compiled._catalog
    for entry in _catalogue(language, domain=domain):
        prefix = f"{entry.msgctxt}\x04" if entry.msgctxt else ""
        if entry.msgid_plural:
            forms = [said[prefix + entry.msgid, form] for form in entry.msgstr_plural]
            assert forms == list(entry.msgstr_plural.values())
        else:
            assert said[prefix + entry.msgid] == entry.msgstr


@each_catalogue
def test_catalogues_know_every_word_of_the_source(domain, tmp_path, settings, monkeypatch):
    if not shutil.which("xgettext"):
        note_absence(NO_GETTEXT)
        pytest.skip(NO_GETTEXT)
    for part in ("liveblog", "templates"):
        shutil.copytree(ROOT / part, tmp_path / part)
    locale = tmp_path / "liveblog" / "locale"
    settings.LOCALE_PATHS = [str(locale)]
    monkeypatch.chdir(tmp_path)

    call_command("makemessages", locale=LANGUAGES, domain=domain, no_obsolete=True, verbosity=0)

    for language in LANGUAGES:
        known = {(entry.msgctxt, entry.msgid) for entry in _catalogue(language, LOCALE, domain)}
        found = {(entry.msgctxt, entry.msgid) for entry in _catalogue(language, locale, domain)}
        assert found == known, "run `make messages`, and translate what is new"


@pytest.mark.parametrize(
    ("language", "count", "said"),
    [
        ("es", 1, "1 actualización nueva"),
        ("es", 2, "2 actualizaciones nuevas"),
        ("uk", 1, "1 новий запис"),
        ("uk", 3, "3 нові записи"),
        ("uk", 11, "11 нових записів"),
        ("uk", 21, "21 новий запис"),
    ],
)
def test_plural_forms_are_right(language, count, said):
    with translation.override(language):
        assert ngettext("%s new update", "%s new updates", count) % count == said


@pytest.mark.parametrize("language", LANGUAGES)
def test_dates_have_a_form_of_their_own(language):
    with translation.override(language):
        assert pgettext("day line", "l j F Y") != "l j F Y"


def test_the_admins_scripts_are_given_the_words_of_the_editor(admin_client):
    script = admin_client.get("/admin/jsi18n/", headers={"Accept-Language": "es"}).content.decode()

    assert "Quitar el enlace" in script  # ours
    assert "Mediod" in script  # Django's own
