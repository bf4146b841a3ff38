"""The commands of docs/deployment.md, as they stand there."""

import re
import textwrap
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
PAGE = ROOT / "docs" / "deployment.md"
STEP = re.compile(r"^(\d+)\. (.*?)(?=^\d+\. |\Z)", re.MULTILINE | re.DOTALL)
BLOCK = re.compile(r"^( *)```\n(.*?)^\1```", re.MULTILINE | re.DOTALL)


def step(number: int) -> str:
    """Return the commands of one numbered step of "On one machine"."""
    found = {int(each[1]): each[2] for each in STEP.finditer(_section("On one machine"))}
    return "".join(_blocks(found[number]))


def commands_of(heading: str) -> list[str]:
    """Return the blocks of commands of another section."""
    return _blocks(_section(heading))


def _section(heading: str) -> str:
    parts = re.split(r"^## (.*)\n", PAGE.read_text(), flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))[heading]


def _blocks(text: str) -> list[str]:
    return [textwrap.dedent(block[2]) for block in BLOCK.finditer(text)]
