"""Static files, and 404 for what is none of them, also while DEBUG is on."""

from servestatic.middleware import ServeStaticMiddleware
from servestatic.responders import MissingFileError


class StaticFilesMiddleware(ServeStaticMiddleware):
    async def __call__(self, request):
        try:
            return await super().__call__(request)
        except MissingFileError:  # raised with DEBUG alone
            return await self.get_response(request)
