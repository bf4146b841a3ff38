"""Take a live blog of another system in, or one of ours back: many updates in one change.

All or nothing, in one transaction under the story's lock, in a bounded number of statements.
What came before and was not edited here since is brought up to date; what was edited here
is left alone, and said. A file's own deletions take updates down.
"""

from .rows import ImportedUpdate, Outcome, PastVersion
from .shared import SharedRows, store_pictures
from .story import ArchiveImport

__all__ = [
    "ArchiveImport",
    "ImportedUpdate",
    "Outcome",
    "PastVersion",
    "SharedRows",
    "store_pictures",
]
