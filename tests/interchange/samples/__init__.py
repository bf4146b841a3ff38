"""Files as other systems write them, in words of our own."""

from pathlib import Path

FOLDER = Path(__file__).parent


def sample(name: str) -> bytes:
    return (FOLDER / name).read_bytes()
