"""How a document sets the headlines of its updates, found in all of them together."""

from dataclasses import dataclass, replace

from .line_shapes import MOST_IN_HEADLINE, begins_lower_case, ends_in_full_stop
from .sections import Part
from .timed_parts import is_line


@dataclass(frozen=True, slots=True)
class Style:
    """What the updates of one document have in common."""

    has_headlines: bool  # without full stops
    has_mostly_headlines: bool  # over two of three texts at least
    has_attached_headlines: bool  # directly under their time
    has_heads_in_blocks: bool  # on the line above their text
    has_bare_texts: bool  # updates that begin with a sentence
    is_wrapped: bool

    @classmethod
    def of(cls, parts: list[Part], *, is_wrapped: bool) -> "Style":
        several = [part for part in parts if len(part.blocks) > 1 or part.blocks[0].lines[1:]]
        headed = [part for part in several if is_line(_first_line(part))]
        return cls(
            has_headlines=bool(headed),
            has_mostly_headlines=len(headed) > 1 and len(headed) * 3 >= len(several) * 2,
            has_attached_headlines=any(part.blocks[0].is_attached for part in headed),
            has_heads_in_blocks=_has_heads_in_blocks(several),
            has_bare_texts=any(_is_bare_text(part) for part in parts),
            is_wrapped=is_wrapped,
        )


def _has_heads_in_blocks(parts):
    """Whether several updates begin with two lines that no wrapped sentence explains."""
    firsts = [part.blocks[0] for part in parts if len(part.blocks[0].lines) > 1]
    heads = [block for block in firsts if is_line(replace(block, lines=block.lines[:1]))]
    return len(heads) > 1 and not any(begins_lower_case(block.lines[1]) for block in heads)


def _first_line(part):
    """Return the first line of an update as a block of its own."""
    block = part.blocks[0]
    return replace(block, lines=block.lines[:1])


def _is_bare_text(part):
    block = part.blocks[0]
    is_sentence = ends_in_full_stop(block.text)
    return is_sentence and (len(part.blocks) == 1 or len(block.text) > MOST_IN_HEADLINE)
