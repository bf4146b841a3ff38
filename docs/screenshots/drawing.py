"""A picture of nothing real: sea and sky in flat tones, so that pages have one to show."""

import io
import math
import random

from PIL import Image, ImageDraw

from liveblog.interchange.picture_sizes import Rendition, read_picture

SIZE = (1500, 1000)  # pixels
SKY, SEA, FOAM = (196, 202, 205), (52, 74, 86), (226, 231, 231)
WAVES = 9


def draw_sea(seed: int) -> list[Rendition]:
    """Draw a picture in the sizes that an upload gets; the same for the same seed."""
    chance = random.Random(seed)  # noqa: S311 (a drawing)
    image = Image.new("RGB", SIZE, SKY)
    pen = ImageDraw.Draw(image)
    for number in range(WAVES):
        _draw_wave(pen, number, chance)
    file = io.BytesIO()
    image.save(file, "PNG")
    return read_picture(file.getvalue())


def _draw_wave(pen, number, chance):
    width, height = SIZE
    base = height * (0.42 + 0.07 * number)
    swell, phase = 8 + 6 * number, chance.random() * 7
    crest = [
        (x, base + swell * math.sin(x / (60 + 22 * number) + phase) + chance.random() * 5)
        for x in range(0, width + 10, 10)
    ]
    pen.polygon([*crest, (width, height), (0, height)], fill=_mix(SKY, SEA, number / WAVES))
    pen.line(crest, fill=_mix(SKY, FOAM, 0.7), width=1 + number // 2)


def _mix(one, other, share):
    return tuple(round(a + (b - a) * share) for a, b in zip(one, other, strict=True))
