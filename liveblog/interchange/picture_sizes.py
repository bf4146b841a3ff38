"""An uploaded file → a picture in sizes for every screen; no Django.

What comes out was drawn anew by Pillow from the decoded pixels: metadata (EXIF, GPS,
comments), trailing bytes and other formats hidden in the file stay behind.
"""

import io
import warnings
from dataclasses import dataclass
from threading import Lock

from PIL import Image, ImageChops, ImageCms, ImageFilter, UnidentifiedImageError

from .messages import Message
from .messages import gettext_noop as _

MOST_BYTES = 20 * 2**20  # where nobody sets another bound
MOST_PIXELS = 50_000_000
SMALLEST_SIDE = 50  # pixels
LONGEST_SIDE = 16_000  # pixels; WebP ends at 16,383
WIDTHS = (480, 960, 1440, 2048)  # pixels; none is made wider than the original
SMALL, NEAR, HIDDEN_AT_MOST = 256, 48, 0.3  # pixels a side, tones of 256, of all edges
READ = ("JPEG", "PNG", "WEBP", "GIF", "AVIF")  # Pillow reads a phone's MPO as its JPEG
STORED = ("JPEG", "PNG", "WEBP", "AVIF")
ORIENTATION = 0x0112  # EXIF 2.32, 4.6.4: from 5 on width and height change places
SRGB = ImageCms.createProfile("sRGB")
TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
# What see-through pictures are put on: the first on which their edges can be seen.
GROUNDS = ((255, 255, 255), (32, 32, 32), (128, 128, 128))
NO_PICTURE = _("This is no JPEG, PNG, WebP, AVIF or GIF picture.")
HEIC = _(
    "This is a HEIC picture, as iPhones keep them. Save it as JPEG: on a Mac in Preview under"
    " File, Export; on the iPhone choose Settings, Camera, Formats, Most Compatible."
)
# The brands of HEIC in a file's first box (ISO/IEC 23008-12, annex B); AVIF has others.
HEIC_BRANDS = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"}
TOO_MANY = _("The picture has more than %(most)d megapixels, which is the most.")
TOO_SMALL = _("The picture is %(width)d × %(height)d pixels: too small. Each side needs %(least)d.")
TOO_LONG = _("The picture is %(width)d × %(height)d pixels: too long. The most is %(most)d.")

_unpacking = Lock()  # one picture at a time in a process: 50 megapixels take some 300 MB


class PictureError(ValueError):
    """The file is no picture that we take; says why, and what would do."""


@dataclass(frozen=True)
class Rendition:
    """One size of a picture: its file's bytes and name's ending, width and height in pixels."""

    ending: str
    media_type: str
    width: int
    height: int
    data: bytes


def read_picture(data: bytes, *, most_bytes: int = MOST_BYTES) -> list[Rendition]:
    """Decode a picture and draw it anew as WebP and JPEG in several widths, widest first.

    Raises `PictureError` for anything but a still picture of bounded size; the first
    frame of an animation is taken.
    """
    if not data:
        raise PictureError(Message(_("The file is empty.")))
    if len(data) > most_bytes:
        words = _("The file has more than %(most)d MB, which is the most.")
        raise PictureError(Message(words, most=most_bytes // 2**20))
    if data[4:8] == b"ftyp" and data[8:12] in HEIC_BRANDS and b"avif" not in data[12:64]:
        raise PictureError(Message(HEIC))
    with _unpacking:
        image = _decode(data)
    renditions = []
    for width in _widths(image.width):
        sized = _resize(image, width)
        renditions.append(_encode(sized, "webp", "image/webp", quality=80, method=4))
        renditions.append(
            _encode(sized, "jpg", "image/jpeg", quality=82, optimize=True, progressive=True)
        )
    return renditions


def is_picture(data: bytes) -> bool:
    """Tell whether a file is of one of the kinds that we store; its pixels are not looked at."""
    try:
        with Image.open(io.BytesIO(data), formats=STORED) as image:
            image.verify()
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return False
    return True


def _decode(data):
    with warnings.catch_warnings():
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        try:
            image = Image.open(io.BytesIO(data), formats=READ)
            _check_size(*image.size)
            image.seek(0)
            image.draft("RGB", (WIDTHS[-1], WIDTHS[-1]))  # a large JPEG is unpacked smaller
            image.load()  # a PNG may say after its pixels which way is up
            turn = image.getexif().get(ORIENTATION, 1)  # the steps below forget it
            upright = _turn(_to_srgb(_reduce(_plain(image), turn)), turn)
            return _flatten(_resize(upright, min(upright.width, WIDTHS[-1])))
        except UnidentifiedImageError as error:
            raise PictureError(Message(NO_PICTURE)) from error
        except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
            raise PictureError(Message(TOO_MANY, most=MOST_PIXELS // 1_000_000)) from error
        except (OSError, ValueError, SyntaxError, EOFError) as error:
            if isinstance(error, PictureError):
                raise
            raise PictureError(Message(_("The picture is damaged."))) from error


def _check_size(width, height):
    if width * height > MOST_PIXELS:
        raise PictureError(Message(TOO_MANY, most=MOST_PIXELS // 1_000_000))
    if min(width, height) < SMALLEST_SIDE:
        raise PictureError(Message(TOO_SMALL, width=width, height=height, least=SMALLEST_SIDE))
    if max(width, height) > LONGEST_SIDE:
        raise PictureError(Message(TOO_LONG, width=width, height=height, most=LONGEST_SIDE))


def _plain(image):
    """Give pixels that can be averaged: no palette, no bits, no 16 bits of grey."""
    if image.mode.startswith("I"):  # which `convert` would cut off
        return image.point(lambda value: value / 256).convert("L")
    if image.mode in {"P", "PA", "1"} or "transparency" in image.info:
        return image.convert("RGBA" if _is_see_through(image) else "RGB")
    return image


def _reduce(image, turn):
    """Bring a picture near its greatest width before anything copies it."""
    steps = image.size[turn in {5, 6, 7, 8}] // WIDTHS[-1]
    return image.reduce(steps) if steps > 1 else image


def _turn(image, turn):
    return image.transpose(TURNS[turn]) if turn in TURNS else image


def _to_srgb(image):
    """Bring colours by the file's profile into those of the web.

    A profile that can't be read, or is another kind of picture's, counts for nothing.
    """
    profile = image.info.get("icc_profile")
    if not profile:
        return image
    plain = "RGBA" if _is_see_through(image) else "RGB"
    try:
        given = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        return ImageCms.profileToProfile(image, given, SRGB, outputMode=plain)
    except (ImageCms.PyCMSError, OSError):
        return image


def _is_see_through(image):
    return image.mode in {"RGBA", "LA", "PA", "RGBa", "La"} or "transparency" in image.info


def _flatten(image):
    """Put what is see-through on a ground that shows it; nothing but pixels goes on."""
    if _is_see_through(image):
        image = image.convert("RGBA")
        ground = Image.new("RGBA", image.size, _ground_of(image))
        image = Image.alpha_composite(ground, image)
    image = image.convert("RGB")
    image.info = {}  # Pillow would write a JPEG's comment again
    return image


def _ground_of(image):
    """Return white, or another ground where white would hide the picture's edges.

    What shows a drawing is the step from its outermost pixels to the ground.
    """
    small = image.copy()
    small.thumbnail((SMALL, SMALL))
    solid = small.getchannel("A").point(lambda alpha: 255 if alpha > 127 else 0)
    edge = ImageChops.subtract(solid, solid.filter(ImageFilter.MinFilter(3)))
    tones = small.convert("RGB").convert("L").histogram(edge)
    hidden = [_hidden(tones, ground[0]) for ground in GROUNDS]
    best = 0 if hidden[0] <= HIDDEN_AT_MOST else hidden.index(min(hidden))
    return (*GROUNDS[best], 255)


def _hidden(tones, ground):
    """Return the share of pixels that are hardly another tone than the ground."""
    alike = tones[max(0, ground - NEAR) : ground + NEAR]
    return sum(alike) / (sum(tones) or 1)


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
    return Rendition(ending, media_type, image.width, image.height, out.getvalue())
