"""Files beside others: written whole or not at all, and read from their folder alone."""

import os
import tempfile
from collections.abc import Iterable
from pathlib import Path


def why_not_written(path: Path) -> str:
    """Say what prevents a file from being written, before there is anything to write."""
    folder = path.absolute().parent
    if not folder.is_dir():
        return f"there is no folder {folder}"
    if path.is_dir():
        return "this is a folder"
    return "" if os.access(folder, os.W_OK) else f"nothing can be written into {folder}"


def replace_file(path: Path, chunks: str | Iterable[bytes]) -> None:
    """Write a file beside its place, then put it there."""
    chunks = [chunks.encode()] if isinstance(chunks, str) else chunks
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with open(handle, "wb") as file:
            file.writelines(chunks)
        os.chmod(name, 0o644)
        os.replace(name, path)
    except BaseException:
        os.unlink(name)
        raise


def is_file_in(folder: Path, name: Path | str) -> bool:
    """Tell whether a file lies in a folder: no name and no link may lead out of it."""
    try:
        path = (folder / name).resolve(strict=True)
        return path.is_file() and path.is_relative_to(folder.resolve())
    except (OSError, RuntimeError):  # there is none, its name is too long, or links go in a circle
        return False
