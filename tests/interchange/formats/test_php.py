"""Values that PHP serialised, also by hostile hands."""

import pytest

from liveblog.interchange.formats.php import PHPError, unserialize

pytestmark = pytest.mark.any_database


def serialised(text):
    return f's:{len(text)}:"{text}";'


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ('a:2:{i:0;s:1:"5";i:1;i:7;}', {"0": "5", "1": 7}),
        (serialised('a:1:{i:0;s:1:"5";}'), {"0": "5"}),
        ('s:6:"Zoë 5";', "Zoë 5"),
        ("b:1;", True),
        ("N;", None),
    ],
)
def test_value_is_read(text, value):
    assert unserialize(text) == value


def test_value_serialised_thousands_of_times_is_read_twice():
    text = "i:1;"
    for _time in range(3000):
        text = serialised(text)

    assert unserialize(text).startswith("s:")


@pytest.mark.parametrize("text", ["", "x", 'a:9:{i:0;s:1:"5";}', "a:1:{" * 50, "i:1;i:2;"])
def test_what_is_none_is_an_error(text):
    with pytest.raises(PHPError):
        unserialize(text)
