"""Import a live blog of another system, or one of ours, in one change.

All or nothing, in one transaction under the story's lock, in a bounded number of statements.
What was imported before and not edited here since is updated; what was edited here
is left alone and reported. Deletions in the file retract updates.
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
