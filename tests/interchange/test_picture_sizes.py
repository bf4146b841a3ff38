"""What comes out of a picture file, and which files are refused."""

import io
import re
import struct
import subprocess
import sys
import tracemalloc
import zipfile
import zlib
from functools import partial

import pytest
from PIL import Image, ImageCms, PngImagePlugin

from liveblog.interchange import picture_sizes
from liveblog.interchange.picture_sizes import PictureError

MOST_BYTES = 20 * 2**20
read_picture = partial(picture_sizes.read_picture, most_bytes=MOST_BYTES)
RED, BLUE = (200, 30, 30), (30, 30, 200)


def draw(kind="JPEG", size=(600, 400), mode="RGB", colour=RED, **options) -> bytes:
    out = io.BytesIO()
    Image.new(mode, size, colour).save(out, kind, **options)
    return out.getvalue()


def opened(rendition) -> Image.Image:
    return Image.open(io.BytesIO(rendition.data))


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png_claiming(width: int, height: int, *chunks: bytes) -> bytes:
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    body = chunk(b"IDAT", zlib.compress(b"\0" * 1000))
    start = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header)
    return start + b"".join(chunks) + body + chunk(b"IEND", b"")


def zipped() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("evil.html", "<script>alert(1)</script>")
    return out.getvalue()


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "GIF", "AVIF"])
def test_a_picture_becomes_webp_and_jpeg_in_widths(kind):
    renditions = read_picture(draw(kind))

    assert [(each.media_type, each.width, each.height) for each in renditions] == [
        ("image/webp", 600, 400),
        ("image/jpeg", 600, 400),
        ("image/webp", 480, 320),
        ("image/jpeg", 480, 320),
    ]
    assert [opened(each).format for each in renditions] == ["WEBP", "JPEG", "WEBP", "JPEG"]
    assert [opened(each).size for each in renditions] == [(600, 400)] * 2 + [(480, 320)] * 2


@pytest.mark.parametrize("mode", ["L", "CMYK", "YCbCr"])
def test_other_colours_become_rgb(mode):
    colour = 128 if mode == "L" else tuple([128] * len(Image.new(mode, (1, 1)).getbands()))
    renditions = read_picture(draw("JPEG", mode=mode, colour=colour))

    assert {opened(each).mode for each in renditions} == {"RGB"}


def test_sixteen_bit_grey_keeps_its_tones():
    renditions = read_picture(draw("PNG", mode="I;16", colour=0x8000))

    assert 120 <= opened(renditions[1]).convert("L").getpixel((300, 200)) <= 136


def test_orientation_is_applied_and_metadata_gone():
    exif = Image.Exif()
    exif[0x0112] = 6  # to be shown turned by 90 degrees
    exif[0x010E] = "a secret meeting"
    exif.get_ifd(0x8825)[2] = (50.0, 27.0, 1.0)
    data = draw("JPEG", exif=exif, comment=b"a secret comment", icc_profile=b"a secret profile")
    assert b"secret" in data

    renditions = read_picture(data)

    assert (renditions[0].width, renditions[0].height) == (400, 600)
    for each in renditions:
        assert b"secret" not in each.data
        assert not opened(each).getexif()
        assert not {"exif", "comment", "icc_profile", "xmp"} & set(opened(each).info)


@pytest.mark.parametrize("kind", ["PNG", "WEBP"])
def test_text_and_metadata_of_other_formats_are_gone(kind):
    exif = Image.Exif()
    exif[0x010E] = "a secret meeting"
    options = {"exif": exif, "icc_profile": b"a secret profile"}
    if kind == "PNG":
        options["pnginfo"] = PngImagePlugin.PngInfo()
        options["pnginfo"].add_text("Comment", "a secret text")
    else:
        options["xmp"] = b"<x:xmpmeta>a secret packet</x:xmpmeta>"

    renditions = read_picture(draw(kind, **options))

    assert all(b"secret" not in each.data for each in renditions)
    assert not any({"exif", "icc_profile", "xmp"} & set(opened(each).info) for each in renditions)


def test_see_through_becomes_white():
    renditions = read_picture(draw("PNG", mode="RGBA", colour=(0, 0, 0, 0)))

    assert opened(renditions[1]).getpixel((10, 10)) == (255, 255, 255)


def test_an_animation_gives_its_first_frame():
    out = io.BytesIO()
    frames = [Image.new("RGB", (100, 100), colour) for colour in (RED, BLUE)]
    frames[0].save(out, "GIF", save_all=True, append_images=frames[1:])

    red, _green, blue = opened(read_picture(out.getvalue())[1]).getpixel((50, 50))

    assert red > blue


@pytest.mark.parametrize(
    "polyglot",
    [
        draw("GIF") + b"<script>alert(1)</script>",
        draw("JPEG") + zipped(),
        draw("JPEG", comment=b"*/=alert(1)/*<script>alert(1)</script>"),
        draw("PNG") + b"<?php system($_GET[0]); ?><script>",
    ],
    ids=["gif-html", "jpeg-zip", "jpeg-js", "png-php"],
)
def test_a_polyglot_comes_out_without_what_is_foreign(polyglot):
    for each in read_picture(polyglot):
        assert not any(word in each.data for word in (b"<script", b"PK\x03\x04", b"<?php"))


SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"", "empty"),
        (SVG, "no JPEG, PNG, WebP, AVIF or GIF"),
        (b"<?xml version='1.0'?>" + SVG, "no JPEG, PNG, WebP, AVIF or GIF"),
        (b"<!doctype html><script>alert(1)</script>", "no JPEG, PNG, WebP, AVIF or GIF"),
        (b"%PDF-1.7\n1 0 obj", "no JPEG, PNG, WebP, AVIF or GIF"),
        (draw("TIFF"), "no JPEG, PNG, WebP, AVIF or GIF"),
        (draw("BMP"), "no JPEG, PNG, WebP, AVIF or GIF"),
        (draw("ICO", size=(64, 64)), "no JPEG, PNG, WebP, AVIF or GIF"),
        (zipped(), "no JPEG, PNG, WebP, AVIF or GIF"),
        (draw(size=(49, 400)), "too small"),
        (draw("PNG", size=(1, 1)), "too small"),
        (draw("PNG", size=(20_000, 60)), "too long"),
        (draw() + b"\0" * MOST_BYTES, "more than 20 MB"),
        (png_claiming(8_000, 8_000), "more than 50 megapixels"),
        (png_claiming(20_000, 20_000), "more than 50 megapixels"),
        (png_claiming(10_000, 10_000), "more than 50 megapixels"),
        (png_claiming(2**31 - 1, 2**31 - 1), "megapixels"),
    ],
)
def test_what_is_no_fit_picture_is_refused_with_the_reason(data, expected):
    with pytest.raises(PictureError, match=expected):
        read_picture(data)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "GIF", "AVIF"])
@pytest.mark.parametrize("part", [0.1, 0.5, 0.9])
def test_a_truncated_file_is_refused(kind, part):
    data = draw(kind, mode="RGB")

    with pytest.raises(PictureError, match=r"damaged|no JPEG"):
        read_picture(data[: int(len(data) * part)])


def test_unpacked_text_in_a_png_is_bounded():
    bomb = chunk(b"zTXt", b"Comment\0\0" + zlib.compress(b"\0" * 200_000_000, 9))
    tracemalloc.start()

    with pytest.raises(PictureError):
        read_picture(png_claiming(100, 100, bomb))

    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 20 * 2**20


def test_a_claimed_size_is_refused_before_it_is_unpacked():
    tracemalloc.start()

    with pytest.raises(PictureError):
        read_picture(png_claiming(20_000, 20_000))

    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 2 * 2**20


def test_colours_come_out_as_the_profile_means_them():
    """In this profile the first number is blue's and the third is red's."""
    srgb = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    names = {b"rXYZ": b"bXYZ", b"bXYZ": b"rXYZ"}
    turned = re.sub(rb"[rb]XYZ", lambda name: names[name[0]], srgb, count=2)

    for kind in ("JPEG", "PNG", "WEBP"):
        widest = opened(read_picture(draw(kind, icc_profile=turned))[1])
        assert widest.getpixel((300, 200)) == pytest.approx(BLUE, abs=12)
        assert "icc_profile" not in widest.info


@pytest.mark.thorough
def test_fifty_megapixels_are_unpacked_in_bounded_memory():
    """What Pillow takes is measured of a process of its own; 200 MB are the pixels themselves."""
    packer = zlib.compressobj(1)
    rows = b"".join([*(packer.compress(bytes(1 + 3 * 8000)) for _ in range(6250)), packer.flush()])
    header = chunk(b"IHDR", struct.pack(">IIBBBBB", 8000, 6250, 8, 2, 0, 0, 0))
    data = b"\x89PNG\r\n\x1a\n" + header + chunk(b"IDAT", rows) + chunk(b"IEND", b"")

    done = subprocess.run([sys.executable, "-c", UNPACK], input=data, capture_output=True)

    assert done.returncode == 0, done.stderr.decode()
    assert int(done.stdout) < 350


UNPACK = """
import resource, sys
from liveblog.interchange.picture_sizes import read_picture
peak = lambda: resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
before = peak()
read_picture(sys.stdin.buffer.read(), most_bytes=2**24)
print(peak() - before)
"""


SHADES = [(200, 30, 30), (30, 160, 30), (30, 30, 200), (240, 240, 240)]
ICC = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()


def quarters(size=(600, 400)) -> Image.Image:
    """A picture whose four corners tell which way is up."""
    image = Image.new("RGB", size)
    half = (size[0] // 2, size[1] // 2)
    for place, shade in zip([(0, 0), (half[0], 0), (0, half[1]), half], SHADES, strict=True):
        image.paste(Image.new("RGB", half, shade), place)
    return image


@pytest.mark.thorough
@pytest.mark.parametrize("profile", [b"", ICC], ids=["no profile", "sRGB"])
@pytest.mark.parametrize("kind", ["JPEG", "WEBP", "AVIF", "PNG"])
@pytest.mark.parametrize("turn", range(1, 9))
def test_every_picture_stands_upright(kind, turn, profile):
    exif = Image.Exif()
    exif[0x0112] = turn
    out = io.BytesIO()
    lying = {1: None, 6: 2, 8: 4, 5: 5, 7: 6, 2: 0, 3: 3, 4: 1}[turn]  # undoes the turn
    image = quarters() if lying is None else quarters().transpose(Image.Transpose(lying))
    image.save(out, kind, exif=exif, icc_profile=profile)

    upright = opened(read_picture(out.getvalue())[0])

    assert upright.size == (600, 400)
    for place, shade in zip([(99, 99), (499, 99), (99, 299), (499, 299)], SHADES, strict=True):
        assert all(abs(a - b) < 40 for a, b in zip(upright.getpixel(place), shade, strict=True)), (
            place
        )


def on_nothing(colour) -> bytes:
    """A bar of one colour in a see-through picture."""
    image = Image.new("RGBA", (300, 200), (255, 255, 255, 0))
    image.paste(Image.new("RGBA", (200, 100), (*colour, 255)), (50, 50))
    out = io.BytesIO()
    image.save(out, "PNG")
    return out.getvalue()


@pytest.mark.parametrize(
    ("colour", "ground"),
    [((255, 255, 255), 32), ((240, 235, 230), 32), ((0, 0, 0), 255), ((200, 30, 30), 255)],
)
def test_see_through_pictures_stay_visible(colour, ground):
    image = opened(read_picture(on_nothing(colour))[1]).convert("L")

    assert abs(image.getpixel((5, 5)) - ground) < 8
    assert abs(image.getpixel((150, 100)) - image.getpixel((5, 5))) > 60


@pytest.mark.parametrize(
    "brands", [b"heic\0\0\0\0mif1heic", b"mif1\0\0\0\0mif1heic", b"heix\0\0\0\0"]
)
def test_heic_is_refused_in_words_that_help(brands):
    data = struct.pack(">I", 8 + len(brands)) + b"ftyp" + brands + b"\0" * 200

    with pytest.raises(PictureError) as refusal:
        read_picture(data)

    assert "Save it as JPEG" in refusal.value.args[0]
