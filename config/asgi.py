"""What uvicorn serves: Django in a bounded pool of threads."""

from a2wsgi import WSGIMiddleware

from config.wsgi import application as django

THREADS = 8  # the bound of the database connections that requests hold

application = WSGIMiddleware(django, workers=THREADS)
