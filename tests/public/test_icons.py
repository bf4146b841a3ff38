"""The icon that browsers ask for by themselves."""

import io

from PIL import Image

from tests import cast


def test_the_icon_is_where_browsers_look_for_it(client):
    answer = client.get("/favicon.ico")

    picture = Image.open(io.BytesIO(answer.content))
    assert answer.headers["Content-Type"] == "image/x-icon"
    assert picture.info["sizes"] == {(16, 16), (32, 32), (48, 48)}
    assert not answer.cookies


def test_every_kind_of_page_names_an_icon(client, db):
    cast.make_live_story(cast.make_editor(), slug="bridge")

    for path in ("/", "/live/bridge/", "/admin/login/", "/api/v1/docs"):
        assert 'rel="icon"' in client.get(path).text, path
