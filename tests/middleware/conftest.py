"""The people of the admin's tests: middleware is met as they meet it."""

from tests.admin.conftest import chief, editor, reporter, static_root, story  # noqa: F401
