"""WordPress's export, as the Liveblog plugin fills it."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from liveblog.interchange.archive import DRAFT, RETRACTED, Archive, Unreadable
from liveblog.interchange.formats import wordpress
from liveblog.interchange.formats.recognition import recognise
from liveblog.interchange.formats.wordpress_text import read_content
from tests.interchange.samples import sample

EXPORT = sample("wordpress/two-posts.xml")


def read(data=EXPORT):
    return wordpress.read(data, zone=ZoneInfo("Europe/Madrid"))


@pytest.fixture(scope="module")
def strike():
    return read()[0]


def entry(archive, id):
    return next(each for each in archive.entries if each.id == id)


def test_recognised():
    assert recognise(EXPORT) == "wordpress"


def test_only_posts_with_a_live_blog_are_read():
    assert [(each.id, each.state, each.is_private) for each in read()] == [
        ("41", "publish archive", False),
        ("42", "draft enable", True),
    ]


def test_story(strike):
    assert strike.headline == "Ferry strike: the day as it happened"
    assert strike.standfirst == "Crews walk out over rosters"
    assert strike.introduction == (
        "<p>The crews stopped work at dawn.</p><p>This page follows the day.</p>"
    )
    assert (strike.slug, strike.language, strike.is_ended) == ("ferry-strike", "en-GB", True)
    assert (strike.authors, strike.topics) == (("Mara Lind",), ("Ferries",))


def test_heading_becomes_headline_and_address_a_paragraph(strike):
    first = entry(strike, "101")

    assert first.headline == "Harbour shut"
    assert first.body.endswith("<p>https://youtu.be/abcdefghijk</p>")
    assert first.published_at == datetime(2024, 10, 25, 6, 10, tzinfo=UTC)


def test_forms_leave_nothing():
    form = b'[contact-form][contact-field label="CANARY"/][/contact-form]The harbour master'
    archive = read(EXPORT.replace(b"The harbour master", form, 1))[0]

    assert "CANARY" not in entry(archive, "101").body


def test_key_events_by_mark_and_by_command(strike):
    assert [each.id for each in strike.entries if each.is_key_event] == ["102", "109"]
    assert "/key" not in entry(strike, "109").body


def test_entities_encoded_twice_are_read(strike):
    assert entry(strike, "102").body == "<p>The union says 400 crew are out &amp; picketing.</p>"


def test_edits_become_history(strike):
    edited = entry(strike, "103")

    assert edited.body == "<p>Talks start at noon, the ministry said.</p>"
    assert [past.body for past in edited.history] == ["<p>Talks start at ten.</p>"]
    assert edited.edited_at == datetime(2024, 10, 25, 7, 20, tzinfo=UTC)


def test_contributors_sign_and_hidden_authors_do_not(strike):
    assert entry(strike, "103").authors == ("Mara Lind", "Tom Okafor")
    assert entry(strike, "109").authors == ()


def test_contributor_who_wrote_no_post_is_named_by_an_entry_of_theirs():
    """WordPress 6.1 lists as authors only those who wrote a post."""
    data = EXPORT.replace(b"<wp:author_id>5</wp:author_id>", b"<wp:author_id>8</wp:author_id>")
    assert entry(read(data)[0], "103").authors == ("Mara Lind",)
    written = b"""<wp:comment_author><![CDATA[Tom Okafor]]></wp:comment_author>
        <wp:comment_user_id>5</wp:comment_user_id>"""
    start = data.index(b"<wp:comment_author>", data.index(b"<wp:comment_id>102<"))
    end = data.index(b"</wp:comment_author>", start) + len(b"</wp:comment_author>")
    rest = data[end:].replace(b"<wp:comment_user_id>3</wp:comment_user_id>", b"", 1)

    archive = read(data[:start] + written + rest)[0]

    assert entry(archive, "102").authors == ("Tom Okafor",)
    assert entry(archive, "103").authors == ("Mara Lind", "Tom Okafor")


def test_category_of_posts_without_one_is_no_topic():
    unfiled = b'<category domain="category" nicename="uncategorized">Uncategorized</category>'
    data = EXPORT.replace(b"<category", unfiled + b"<category", 1)

    assert read(data)[0].topics == ("Ferries",)


def test_deleted_entry_comes_without_text(strike):
    deleted = entry(strike, "106")

    assert (deleted.state, deleted.headline, deleted.body) == (RETRACTED, "", "")
    assert deleted.history == ()


def test_no_text_of_readers_or_trash_is_read():
    assert "CANARYTRASH" not in repr(read()[0])
    assert "CANARYEDIT" not in repr(read()[0])
    assert "CANARYREADER" not in repr(read()[0])
    assert "CANARYPENDING" not in repr(read()[0])


def test_no_e_mail_or_address_of_a_computer_is_read():
    assert "ferrypost.example'" not in repr([each.authors for each in read()[0].entries])
    assert "192.0.2.44" not in repr(read())
    assert "@" not in repr(read())


def test_caption_and_alt_of_a_picture(strike):
    (picture,) = strike.pictures.values()

    assert (picture.alt, picture.caption) == ("Empty quay", "The empty quay. Photo: R. Diaz")
    assert picture.file_name == "quay-800x600.jpg"
    assert "🚢" in entry(strike, "109").body


def test_local_date_counts_where_the_other_is_malformed(strike):
    assert entry(strike, "109").published_at == datetime(2024, 10, 25, 8, 0, tzinfo=UTC)
    assert [(each.id, each.where) for each in strike.refused] == [("112", "line 191")]


def test_draft_post_gives_drafts():
    assert [each.state for each in read()[1].entries] == [DRAFT]


def test_edit_whose_original_is_missing_stands_for_it():
    data = EXPORT.replace(
        b"<wp:comment_id>103</wp:comment_id>", b"<wp:comment_id>999</wp:comment_id>"
    )
    archive = read(data)[0]

    assert entry(archive, "103").body == "<p>Talks start at noon, the ministry said.</p>"
    assert [past.body for past in entry(archive, "103").history] == ["<p>Talks start at ten.</p>"]


def test_deletion_whose_original_is_missing_is_a_removal():
    data = EXPORT.replace(
        b"<wp:comment_id>106</wp:comment_id>", b"<wp:comment_id>999</wp:comment_id>"
    )

    assert entry(read(data)[0], "106").state == RETRACTED
    assert "CANARYEDIT" not in repr(read(data)[0])


@pytest.mark.parametrize("cut", [300, 4000, len(EXPORT) - 20])
def test_cut_file_is_refused_with_its_line(cut):
    with pytest.raises(Unreadable, match=r"^line \d+: this is not well-formed XML"):
        read(EXPORT[:cut])


def test_dtd_is_refused():
    with pytest.raises(Unreadable, match="DTD"):
        read(EXPORT.replace(b"<rss ", b'<!DOCTYPE rss [<!ENTITY a "b">]><rss ', 1))


def test_control_characters_are_left_out():
    data = EXPORT.replace(b"closed both", b"closed\x0b both")

    assert "closed both" in entry(read(data)[0], "101").body


@pytest.mark.parametrize(("said", "is_ended"), [("archive", True), ("enable", False), ("", None)])
def test_post_without_a_state_may_be_over(said, is_ended):
    assert EXPORT.count(b"[archive]") == 1
    data = EXPORT.replace(b"[archive]", f"[{said}]".encode())

    assert read(data)[0].is_ended is is_ended


def export_of(*comments):
    rows = "".join(
        f"<wp:comment>{comment}<wp:comment_type>liveblog</wp:comment_type>"
        "<wp:comment_approved>liveblog</wp:comment_approved>"
        "<wp:comment_date_gmt>2024-10-25 06:00:00</wp:comment_date_gmt>"
        "<wp:comment_content>Fine.</wp:comment_content></wp:comment>"
        for comment in comments
    )
    start = '<rss xmlns:wp="http://wordpress.org/export/1.2/"><channel><item>'
    return f"{start}{rows}</item></channel></rss>".encode()


def comment(id, replaces=None):
    meta = f"<wp:meta_key>liveblog_replaces</wp:meta_key><wp:meta_value>{replaces}</wp:meta_value>"
    more = f"<wp:commentmeta>{meta}</wp:commentmeta>" if replaces else ""
    return f"<wp:comment_id>{id}</wp:comment_id>{more}"


def test_chain_of_edits_is_one_entry():
    (archive,) = read(export_of(comment(1), *(comment(n, n - 1) for n in range(2, 5000))))

    assert [each.id for each in archive.entries] == ["1"]


def test_edits_that_name_each_other_are_one_entry():
    (archive,) = read(export_of(comment(1, 2), comment(2, 3), comment(3, 1)))

    assert len(archive.entries) == 1


def test_comments_without_an_id_are_refused():
    (archive,) = read(export_of(*map(comment, range(1, 2000)), *[""] * 2000))

    assert (len(archive.entries), len(archive.refused)) == (1999, 2000)


@pytest.mark.parametrize(
    ("content", "left"),
    [
        ("A<!-- wp:x " + "y" * 30_000 + " -->B", "<p>AB</p>"),
        ("A<!-- <!-- -->B<!---->C", "<p>ABC</p>"),
        ("A<!--\n-->B-->", "<p>AB--&gt;</p>"),
    ],
)
def test_blocks_comments_are_left_out(content, left):
    assert read_content(content, Archive("wordpress", "", "")) == left


def test_comments_that_never_end_take_no_time():
    assert isinstance(read_content("<!--" * 100_000, Archive("wordpress", "", "")), str)
