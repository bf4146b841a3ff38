"""Files of fixtures as `loaddata` reads them, and `import_fixture`, its plain name."""

import gzip
import io
import json
import zipfile

import pytest
from django.core.management import CommandError, call_command
from django.utils.module_loading import import_string

from liveblog.models import Story


@pytest.mark.django_db
def test_import_fixture_loads_the_demo():
    call_command("import_fixture", "ukraine_kursk", verbosity=0)

    assert Story.objects.get().slug == "ukraine-kursk"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("short.json.gz", gzip.compress(b"[]", mtime=0)[:12]),
        ("short.json.gz", b"\x1f\x8bxxxx"),
        ("none.json.gz", b"[]"),
        ("none.json.bz2", b"[]"),
        ("none.json.xz", b"[]"),
        ("none.json.zip", b"[]"),
        ("deep.json", b"[" * 100_000),
        ("latin.json", "[é]".encode("latin-1")),
    ],
)
def test_damaged_file_is_refused_in_a_sentence(tmp_path, name, content):
    path = tmp_path / name
    path.write_bytes(content)

    with pytest.raises(CommandError):
        call_command("loaddata", path, verbosity=0)


STORY = {
    "model": "liveblog.story",
    "fields": {
        "slug": "bridge",
        "status": "live",
        "headline": "The bridge",
        "created_at": "2024-10-25T06:00:00Z",
    },
}
UPDATE = {
    "model": "liveblog.update",
    "pk": "11111111-1111-4111-8111-111111111111",
    "fields": {
        "story": ["bridge"],
        "status": "published",
        "headline": "Open",
        "published_at": "2024-10-25T06:00:00Z",
        "created_at": "2024-10-25T06:00:00Z",
    },
}
CITED = {
    "model": "liveblog.attribution",
    "fields": {"update": [UPDATE["pk"]], "source": ["efe"], "role": "reported_by"},
}
EFE = {"model": "liveblog.source", "fields": {"name": "Efe", "slug": "efe", "kind": "agency"}}


def load(tmp_path, name, content):
    path = tmp_path / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    call_command("loaddata", path, verbosity=0)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("children-first.json", json.dumps([CITED, UPDATE, STORY, EFE])),
        (
            "byte-order-mark.json",
            b"\xef\xbb\xbf" + json.dumps([EFE, STORY, UPDATE, CITED]).encode(),
        ),
        ("spaces.json", json.dumps([STORY, UPDATE], indent=4).replace("\n", "\r\n") + "\n \n"),
        ("lines.jsonl", "\r\n\r\n".join(map(json.dumps, [UPDATE, STORY]))),
        ("flow.yaml", json.dumps([UPDATE, STORY])),
    ],
)
def test_rows_come_in_whatever_their_order_and_layout(tmp_path, name, content):
    load(tmp_path, name, content)

    assert Story.objects.get().updates.public().get().headline == "Open"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        (
            "cut.json",
            json.dumps([EFE, STORY], indent=1)[:-2],
            "line 18: the list of rows has no end",
        ),
        ("cut-row.json", '[\n{"model": "liveblog.story",\n"fields', "line 3: Unterminated string"),
        ("comma.json", f"[\n{json.dumps(EFE)},\n]", "line 2: a comma and a row, or ] should"),
        ("after.json", "[]\n[]", "something follows the list"),
        ("object.json", '{"model": 1}', "line 1: a fixture is a list"),
        ("text.json", '[\n"a"]', "line 2: a row is"),
        ("no-model.json", '[{"fields": {}}]', "line 1: this row has no “model”"),
        ("no-fields.json", '[{"model": "liveblog.story"}]', "no “fields”"),
        ("twice.json", '[\n{"model": "a", "model": "b"}]', "line 2: “model” is given twice"),
        (
            "nan.json",
            '[{"model": "liveblog.story", "fields": {"kicker": NaN}}]',
            "NaN is no number",
        ),
        ("latin.json", '[\n"é"]'.encode("latin-1"), "line 2: the byte 0xE9 is not UTF-8"),
        ("utf16.json", "[]".encode("utf-16"), "line 1: the byte 0xFF is not UTF-8"),
        ("two.jsonl", json.dumps(EFE) + "\n{} {}", "line 2: a line holds one row"),
        ("broken.jsonl", json.dumps(EFE) + "\n{", "line 2: Expecting property name"),
        ("scalar.yaml", "a: b", "a fixture is a list of rows"),
        ("broken.yaml", "- a: [", "line 1"),
        ("cut.xml", '<django-objects version="1.0"><object', "unclosed token"),
        ("big.json.gz", gzip.compress(b" " * 48_000_001), "more than 48 MB"),
    ],
)
def test_file_that_is_no_fixture_is_refused_with_line_and_reason(tmp_path, name, content, expected):
    with pytest.raises(CommandError, match=expected) as refused:
        load(tmp_path, name, content)

    assert name in str(refused.value)
    assert str(refused.value).endswith("Nothing was loaded.")


@pytest.mark.django_db
def test_zip_with_a_password_is_refused_in_a_sentence(tmp_path):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("fixture.json", "[]")
    content = bytearray(file.getvalue())
    for header, flags in [(b"PK\x03\x04", 6), (b"PK\x01\x02", 8)]:
        content[content.index(header) + flags] |= 1

    with pytest.raises(CommandError, match="encrypted"):
        load(tmp_path, "fixture.json.zip", bytes(content))


@pytest.mark.django_db
@pytest.mark.parametrize("field", ["headline", "body"])
def test_overlong_text_is_refused_before_it_is_read(tmp_path, monkeypatch, field):
    lengths = []
    for name in ("searched.search_words", "fields.clean"):
        watch(monkeypatch, f"liveblog.models.{name}", lengths)
    update = UPDATE | {"fields": UPDATE["fields"] | {field: "a" * 500_000}}

    with pytest.raises(CommandError, match="500000"):
        load(tmp_path, "long.json", json.dumps([STORY, update]))

    assert max(lengths, default=0) < 1000


def watch(monkeypatch, name, lengths):
    """Note how long the texts are that a function is given."""
    function = import_string(name)

    def watched(*texts):
        lengths.append(sum(map(len, texts)))
        return function(*texts)

    monkeypatch.setattr(name, watched)
