"""Django's request path, for the server's pool of threads."""

import os

from django.core.wsgi import get_wsgi_application

from liveblog.startup_checks import refuse_unsafe_settings

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
application = get_wsgi_application()
refuse_unsafe_settings()
