"""How passwords are hashed: Argon2id, quick enough for a newsroom that signs in at once."""

from django.contrib.auth.hashers import Argon2PasswordHasher


class NewsroomPasswordHasher(Argon2PasswordHasher):
    """OWASP's parameters (Password Storage Cheat Sheet): 46 MiB, one pass, one thread.

    Django's default (PBKDF2) takes five times the processor's time: forty editors who sign in
    together would wait for each other, and readers for them.
    """

    memory_cost, time_cost, parallelism = 47104, 1, 1
