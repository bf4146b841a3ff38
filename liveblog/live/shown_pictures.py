"""Pictures that readers were shown: served on while the database is away, as pages are."""

from collections import OrderedDict

MOST = 5000  # addresses
# In the scope of a request: Django need not ask the database whether readers see the picture.
IS_SHOWN = "liveblog.picture_is_shown"
SHOWN = {200, 206, 304}


class ShownPictures:
    """Remembers addresses of pictures that Django served; a removal of anything forgets all."""

    def __init__(self, django):
        self._django, self._paths, self._removals = django, OrderedDict(), 0

    def __contains__(self, path: str) -> bool:
        return path in self._paths

    def forget(self) -> None:
        self._removals += 1
        self._paths.clear()

    async def ask(self, scope, receive, send):
        """Have Django answer, which asks the database, and remember what it served."""
        removals = self._removals

        async def note(message):
            if message["type"] == "http.response.start" and removals == self._removals:
                self._note(scope["path"], message["status"])
            await send(message)

        await self._django(scope, receive, note)

    async def serve_on(self, scope, receive, send):
        """Have Django send the file of a picture that is remembered."""
        await self._django({**scope, IS_SHOWN: True}, receive, send)

    def _note(self, path, status):
        self._paths.pop(path, None)
        if status in SHOWN:
            self._paths[path] = None
        if len(self._paths) > MOST:
            self._paths.popitem(last=False)
