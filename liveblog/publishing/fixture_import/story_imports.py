"""The stories of an import; each is locked once, and announced once at the end."""

from contextlib import ExitStack

from liveblog.models import Story, Update, Version
from liveblog.publishing.change import Change, changing_locked
from liveblog.publishing.content import StoryContent, UpdateContent
from liveblog.publishing.locks import lock_stories

from .validation import FixtureImportError, row_name

SEEN = {Update.Status.PUBLISHED, Update.Status.RETRACTED}


class StoryImport:
    """A story of an import: its change, and which of its rows differ.

    As a context manager it writes counters and versions at the end, where rows differed.
    """

    def __init__(self, change: Change, *, is_new: bool, overwrite: bool):
        self.change = change
        self.is_new, self.overwrite = is_new, overwrite
        self.differs = self.story_differs = is_new
        self.updates: set = set()

    def __enter__(self):
        return self

    def __exit__(self, kind, error, trace):
        if kind is None and self.differs:
            self._finish()

    def differ(self) -> None:
        """Record that the story's rows differ; refuse where editors have changed it."""
        if not (self.differs or self.overwrite):
            self._refuse_edited()
        self.differs = True

    def _refuse_edited(self):
        story = self.change.story
        if Version.objects.filter(story=story).exclude(verb=Version.Verb.IMPORT).exists():
            raise FixtureImportError(
                f"The story “{story.slug}” was edited since its import; "
                "--overwrite puts the file's rows in place of the editors'."
            )

    def mark_update(self, update: Update, *, is_new: bool) -> None:
        """Give an update this import's revision, and a number if readers are to see it."""
        if self.is_new and is_new and update.number:
            return  # a dump of another newsroom, counters and all
        if is_new:
            update.number = update.revision = None
        if update.status in SEEN or update.number:
            update.revision = self.change.revision
            update.number = update.number or self.change.revision

    def _finish(self):
        change = self.change
        [story] = lock_stories([change.story.pk])
        change.story = story
        if story.status != Story.Status.DRAFT:
            change.mark_story(is_news=False)
            change.set_last_updated(self._newest())
            change.is_removal = True  # it may be: nobody compares
        change.recount()
        change.write_counters()
        self._keep_versions()

    def _newest(self):
        story = self.change.story
        newest = story.updates.public().newest_first().first()
        known = [story.opened_at, story.last_updated_at, newest and newest.published_at]
        return max(filter(None, known))

    def _keep_versions(self):
        story = self.change.story
        if self.story_differs:
            self.change.add_version(story, StoryContent.of(story))
        for update in Update.objects.filter(pk__in=self.updates).with_parts():
            content = UpdateContent.of_loaded(update)
            if update.is_published and content.is_empty:
                raise FixtureImportError(f"{row_name(update)}: neither a headline nor a text.")
            self.change.add_version(update, content)


class StoryImports(ExitStack):
    """The stories of one import by their ids; their changes end with it."""

    def __init__(self, *, overwrite: bool):
        super().__init__()
        self.overwrite = overwrite
        self._stories: dict[int, StoryImport] = {}

    def add(self, story: Story) -> None:
        """Add a story that this import has just created."""
        self._lock(story.pk, is_new=True).change.revision = story.revision

    def at(self, story_id: int) -> StoryImport:
        """Return a story of the database, locked until the import ends."""
        if story_id not in self._stories:
            self._lock(story_id, is_new=False)
        return self._stories[story_id]

    def _lock(self, story_id, *, is_new) -> StoryImport:
        locked = lock_stories([story_id])
        change = changing_locked(locked, by=None, verb=Version.Verb.IMPORT)
        [change] = self.enter_context(change)
        story_import = StoryImport(change, is_new=is_new, overwrite=self.overwrite)
        self._stories[story_id] = self.enter_context(story_import)
        return story_import

    def holding(self, update_id) -> StoryImport:
        """Return an update's story; the update takes this import's revision too."""
        for story_import in self._stories.values():
            if update_id in story_import.updates:
                return story_import
        update = Update.objects.get(pk=update_id)
        story_import = self.at(update.story_id)
        update.version += 1
        story_import.mark_update(update, is_new=False)
        update.save(update_fields=["version", "number", "revision"])
        story_import.updates.add(update_id)
        return story_import
