"""A place among a document's blocks, which are read one by one."""

from .blocks import Block
from .lines import Kind

_END = Block(0, ("",), Kind.BLANK)  # after the last block


class BlockCursor:
    """Blocks read from the first on; `position` is behind those that were read."""

    def __init__(self, found: list[Block]):
        self.found = found
        self.position = 0
        self.parts: dict[int, str] = {}  # what each line was read as

    def advance(self, size, part):
        """Go past blocks that were read as this part."""
        for block in self.found[self.position : self.position + size]:
            self.parts |= dict.fromkeys(range(block.line, block.line + len(block.lines)), part)
        self.position += size

    def peek(self, ahead=0) -> Block:
        index = self.position + ahead
        return self.found[index] if index < len(self.found) else _END

    def is_text(self, ahead):
        return self.peek(ahead).kind == Kind.TEXT

    def is_above_time(self, block):
        """Whether a line is directly above a time: the headline of its update."""
        after = block.line + len(block.lines)
        near = self.found[self.position : self.position + 6]
        return any(each.line == after and each.kind == Kind.TIME for each in near)
