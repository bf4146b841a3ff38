"""The composer: the form in which an update is written, and its buttons."""
