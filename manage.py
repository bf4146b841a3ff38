#!/usr/bin/env python
"""Run Django's commands with this project's settings."""

import os
import sys

from django.core.management import execute_from_command_line

from liveblog import origin

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    origin.current.set(origin.of_command(sys.argv))
    execute_from_command_line(sys.argv)
