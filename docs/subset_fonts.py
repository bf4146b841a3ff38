"""Make the files of headline type: Source Serif 4, bold, a file for each script.

    python -m docs.subset_fonts        (needs fonttools and brotli)

They lie in `liveblog/static/liveblog/fonts`, 60 KB at most; `tokens.css` names the letters
that each holds.
"""

import re
from pathlib import Path

import fontpkg
from fontTools import subset
from fontTools.ttLib import TTFont
from fontTools.varLib import instancer

STATIC = Path(__file__).parent.parent / "liveblog/static/liveblog"
STYLE = {"opsz": 24, "wght": 700}
FEATURES = ["kern", "liga", "mark", "mkmk", "ccmp", "locl", "tnum", "lnum"]
FACE = re.compile(r'fonts/(source-serif-4-[\w-]+\.woff2)".*?unicode-range: ([^;]+);', re.DOTALL)


def main() -> None:
    bold = instancer.instantiateVariableFont(TTFont(fontpkg.path("Source Serif 4")), STYLE)
    whole = STATIC / "fonts/whole.ttf"
    bold.save(whole)
    for name, letters in FACE.findall((STATIC / "tokens.css").read_text()):
        _write(whole, STATIC / "fonts" / name, letters)
    whole.unlink()


def _write(whole, path, letters):
    options = subset.Options()
    options.layout_features, options.hinting, options.flavor = FEATURES, False, "woff2"
    font = TTFont(whole)
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=subset.parse_unicodes(re.sub(r"\s", "", letters)))
    subsetter.subset(font)
    font.flavor = "woff2"
    font.save(path)


if __name__ == "__main__":
    main()
