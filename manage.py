#!/usr/bin/env python
"""Arshif's command line: `ingest`, `search`, `index`, `export`, `check_archive` and Django's own."""

import os
import sys

from django.core.management import execute_from_command_line

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    execute_from_command_line(sys.argv)
