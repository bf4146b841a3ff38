"""An uploaded file → a picture in sizes for every screen; no Django.

What comes out was drawn anew by Pillow from the decoded pixels: metadata (EXIF, GPS,
comments), trailing bytes and other formats hidden in the file stay behind.
"""

import io
import warnings
from dataclasses import dataclass

from PIL import Image, ImageOps, UnidentifiedImageError

MOST_BYTES = 20 * 2**20
MOST_PIXELS = 50_000_000
SMALLEST_SIDE = 50  # pixels
WIDTHS = (480, 960, 1440, 2048)  # pixels; none is made wider than the original
READ = ("JPEG", "PNG", "WEBP", "GIF", "AVIF", "MPO")


class PictureError(ValueError):
    """The file is no picture that we take; says why, and what would do."""


@dataclass(frozen=True)
class Rendition:
    """One size of a picture: its file's bytes, width and height in pixels."""

    name: str
    media_type: str
    width: int
    height: int
    data: bytes


def read_picture(data: bytes) -> list[Rendition]:
    """Decode a picture and draw it anew as WebP and JPEG in several widths, widest first.

    Raises `PictureError` for anything but a still picture of bounded size; the first
    frame of an animation is taken.
    """
    if len(data) > MOST_BYTES:
        raise PictureError(f"The file has {_mega(len(data))} MB; the most is {_mega(MOST_BYTES)}.")
    image = _decode(data)
    if min(image.size) < SMALLEST_SIDE:
        raise PictureError(f"The picture is {image.width} × {image.height} pixels: too small.")
    renditions = []
    for width in _widths(image.width):
        sized = _resize(image, width)
        renditions.append(_encode(sized, "webp", "image/webp", quality=80, method=4))
        renditions.append(
            _encode(sized, "jpg", "image/jpeg", quality=82, optimize=True, progressive=True)
        )
    return renditions


def _decode(data):
    with warnings.catch_warnings():
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        try:
            image = Image.open(io.BytesIO(data), formats=READ)
            if image.width * image.height > MOST_PIXELS:
                raise PictureError(
                    f"The picture has {_mega(image.width * image.height)} megapixels; "
                    f"the most is {_mega(MOST_PIXELS)}."
                )
            image.seek(0)
            return _flatten(ImageOps.exif_transpose(image))
        except UnidentifiedImageError as error:
            raise PictureError("This is no JPEG, PNG, WebP, AVIF or GIF picture.") from error
        except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
            raise PictureError("The picture is too large when unpacked.") from error
        except (OSError, ValueError, SyntaxError, EOFError) as error:
            if isinstance(error, PictureError):
                raise
            raise PictureError("The picture is damaged.") from error


def _flatten(image):
    """Put what is see-through on white, in sRGB's three channels."""
    if image.mode in {"RGBA", "LA", "P", "PA"} or "transparency" in image.info:
        layered = image.convert("RGBA")
        white = Image.new("RGBA", layered.size, "white")
        return Image.alpha_composite(white, layered).convert("RGB")
    return image.convert("RGB")


def _widths(width):
    smaller = [each for each in WIDTHS if each < width]
    return sorted({min(width, WIDTHS[-1]), *smaller}, reverse=True)


def _resize(image, width):
    if width == image.width:
        return image
    height = max(1, round(image.height * width / image.width))
    return image.resize((width, height), Image.Resampling.LANCZOS)


def _encode(image, ending, media_type, **options):
    out = io.BytesIO()
    image.save(out, {"webp": "WEBP", "jpg": "JPEG"}[ending], **options)
    name = f"{image.width}.{ending}"
    return Rendition(name, media_type, image.width, image.height, out.getvalue())


def _mega(count):
    return f"{count / 1_000_000:.0f}"
