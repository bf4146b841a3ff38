"""Further pictures of a story, listed in a TOML file beside its document."""

import tomllib
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from liveblog.interchange.messages import Message
from liveblog.interchange.messages import gettext_noop as _

from .text import DocumentError, Problem

ROLES = {"share", "introduction"}
KINDS = {"agency", "official", "person", "outlet", "document", "eyewitness"}
_FIELDS = {"file", "width", "height", "alt", "caption", "credit", "credit_kind", "role"}


@dataclass(frozen=True, slots=True)
class ListedPicture:
    """A picture with a file; `role` says where the story shows it."""

    file: str
    width: int
    height: int
    alt: str
    role: str
    caption: str = ""
    credit: str = ""
    credit_kind: str = "outlet"

    def __post_init__(self):
        path = PurePosixPath(self.file)
        if path.is_absolute() or ".." in path.parts or not path.name:
            raise ValueError(f"the file “{self.file}” is not beside the document")
        if self.role not in ROLES or self.credit_kind not in KINDS:
            raise ValueError(f"unknown role “{self.role}” or kind “{self.credit_kind}”")
        if not all(isinstance(size, int) and size > 0 for size in (self.width, self.height)):
            raise ValueError("width and height are whole numbers of pixels")


def picture_list_of(document: Path) -> Path:
    """Return where a document's list of pictures is, if it has one."""
    return document.with_name(f"{document.stem}.pictures.toml")


def read_picture_list(text: str) -> list[ListedPicture]:
    """Read the `[[pictures]]` of the list; raise DocumentError."""
    try:
        entries = tomllib.loads(text).get("pictures", [])
        return [_picture(entry) for entry in entries]
    except (tomllib.TOMLDecodeError, ValueError, TypeError, AttributeError) as error:
        words = _("the list of pictures can't be read: %(error)s")
        raise DocumentError(Problem(1, Message(words, error=error))) from error


def _picture(entry):
    if unknown := sorted(set(entry) - _FIELDS):
        raise ValueError(f"unknown: {', '.join(unknown)}")
    return ListedPicture(**entry)
