"""The whole newsroom, database and pictures, as one file, and back into an empty place."""

from .archive import BadBackup
from .backup import make_backup
from .databases import ToolFailed
from .restore import NotEmpty, restore_backup

__all__ = ["BadBackup", "NotEmpty", "ToolFailed", "make_backup", "restore_backup"]
