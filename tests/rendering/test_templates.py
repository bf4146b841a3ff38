"""What templates know of a language."""

import pytest

from liveblog.rendering.templates import fonts_of


@pytest.mark.parametrize(
    ("language", "fonts"),
    [
        ("en-gb", ["latin"]),
        ("pl", ["latin", "latin-ext"]),
        ("uk", ["latin", "cyrillic"]),
        ("vi", ["latin", "latin-ext", "vietnamese"]),
        ("ar", []),
        ("zh-hans", []),
    ],
)
def test_a_page_fetches_the_type_of_all_its_headlines_letters(language, fonts):
    assert fonts_of(language) == fonts
