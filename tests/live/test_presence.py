"""Who is editing is known to every server of one PostgreSQL."""

import json
import time
import urllib.request

import pytest
from django.db import connection

from liveblog.editing import presence


def test_two_servers_know_of_each_others_editors(newsroom):
    """Each editor asks a server of their own, within the seconds between two beats."""
    if connection.vendor != "postgresql":
        pytest.skip("On SQLite one server is the rule.")
    update = newsroom.act("from tests import cast\nprint(cast.publish(story, editor).pk)").strip()
    other = newsroom.twin()
    other.start()

    at_one, at_other = (
        visitor_of(site, name) for site, name in ((newsroom, "edith"), (other, "chiara"))
    )
    address = f"/admin/liveblog/update/{update}/editing/"
    try:
        at_one(address), at_other(address)
        time.sleep(presence.BEAT / 2)
        assert [at_one(address)["others"], at_other(address)["others"]] == [["chiara"], ["edith"]]
    finally:
        other.stop()


def visitor_of(site, name):
    """Return what fetches JSON from a server, signed in by a session of the database."""
    key = site.shell(SIGN_IN.format(name=name)).strip()

    def fetch(address):
        headers = {"Cookie": f"sessionid={key}"}
        with urllib.request.urlopen(
            urllib.request.Request(site.url + address, headers=headers)
        ) as answer:
            return json.load(answer)

    return fetch


SIGN_IN = """
from django.test import Client
from django.contrib.auth.models import User
client = Client(); client.force_login(User.objects.get(username="{name}"))
print(client.session.session_key)
"""
