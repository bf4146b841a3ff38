"""What import-linter can't see: who writes, who marks safe, who reads the request's user."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
CODE = [*(ROOT / "liveblog").rglob("*.py"), *(ROOT / "config").rglob("*.py")]
WRITES = {
    *("save", "create", "bulk_create", "bulk_update", "get_or_create", "update_or_create"),
    *("delete", "update", "add", "remove", "set", "clear"),
}
MODELS = {
    *("Story", "Update", "Source", "Attribution", "Topic", "Picture", "Person", "Correction"),
    *("StoryByline", "UpdateByline", "UpdatePicture", "OldAddress", "Version"),
}
RELATED = {"updates", "attributions", "bylines", "pictures", "topics", "corrections", "versions"}


def chain_of(node) -> list[str]:
    """Return the names along a dotted call: `Story.objects.filter(…).update` → all four."""
    names = []
    while True:
        if isinstance(node, ast.Call):
            node = node.func
        elif isinstance(node, ast.Attribute):
            names.insert(0, node.attr)
            node = node.value
        elif isinstance(node, ast.Name):
            return [node.id, *names]
        else:
            return names


def writes_in(source: str) -> list[int]:
    """Find lines that write the models: through a manager, a relation or an instance."""
    found = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            *chain, last = chain_of(node.func)
            on_manager = "objects" in chain and chain[0] in MODELS
            on_relation = bool(RELATED & set(chain))
            on_row = last in {"save", "delete"} and chain[:1] in (["story"], ["update"], ["row"])
            if last in WRITES and (on_manager or on_relation or on_row):
                found.append(node.lineno)
    return found


def names_in(source: str, wanted: set[str]) -> list[int]:
    return [
        node.lineno
        for node in ast.walk(ast.parse(source))
        if (isinstance(node, ast.Name) and node.id in wanted)
        or (isinstance(node, ast.Attribute) and node.attr in wanted)
        or (isinstance(node, ast.alias) and node.name.rpartition(".")[2] in wanted)
    ]


def imports_in(source: str, package: str) -> list[int]:
    return [
        node.lineno
        for node in ast.walk(ast.parse(source))
        if (isinstance(node, ast.ImportFrom) and (node.module or "").startswith(package))
        or (
            isinstance(node, ast.Import)
            and any(alias.name.startswith(package) for alias in node.names)
        )
    ]


def under(*folders: str) -> list[Path]:
    return [path for path in CODE if path.relative_to(ROOT).parts[1] in folders]


def outside(*places: str) -> list[Path]:
    return [path for path in CODE if path.relative_to(ROOT).parts[1] not in places]


def offences(paths, search) -> list[str]:
    return [
        f"{path.relative_to(ROOT)}:{line}" for path in paths for line in search(path.read_text())
    ]


def test_nothing_outside_publishing_writes_the_models():
    assert offences(outside("publishing", "migrations"), writes_in) == []


def test_nothing_outside_richtext_and_rendering_marks_safe():
    marks = {"mark_safe", "SafeString", "SafeText"}
    paths = outside("richtext.py", "rendering")
    assert offences(paths, lambda source: names_in(source, marks)) == []


def test_models_and_publishing_know_no_http():
    paths = under("models", "publishing")
    assert offences(paths, lambda source: imports_in(source, "django.http")) == []


def test_public_knows_no_user_session_or_token():
    names = {"user", "session", "COOKIES", "get_token", "csrf_protect"}
    assert offences(under("public"), lambda source: names_in(source, names)) == []


def test_nothing_catches_everything():
    """Only the ticker may: it logs, and tries again a second later."""

    def bare(source):
        return [
            node.lineno
            for node in ast.walk(ast.parse(source))
            if isinstance(node, ast.ExceptHandler)
            and (node.type is None or getattr(node.type, "id", "") == "Exception")
        ]

    assert offences(outside("live"), bare) == []
    assert [each.split(":")[0] for each in offences(under("live"), bare)] == [
        "liveblog/live/ticker.py"
    ]


def test_templates_mark_nothing_safe():
    found = [
        str(path.relative_to(ROOT))
        for path in (ROOT / "templates").rglob("*")
        if path.is_file() and ("|safe" in path.read_text() or "autoescape off" in path.read_text())
    ]
    assert found == []


@pytest.mark.parametrize(
    "planted",
    [
        "Story.objects.create(headline='x')",
        "Update.objects.filter(pk=1).update(body='x')",
        "story.updates.all().delete()",
        "story.topics.set([])",
        "update.save()",
        "Version.objects.bulk_create([])",
    ],
)
def test_a_planted_write_is_found(planted):
    assert writes_in(planted) == [1]


@pytest.mark.parametrize(
    "harmless",
    ["names.update(x)", "digest.update(b'')", "seen.add(1)", "Story.objects.filter(pk=1)"],
)
def test_other_updates_are_not_taken_for_writes(harmless):
    assert writes_in(harmless) == []
