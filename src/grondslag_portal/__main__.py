"""``python -m grondslag_portal``: Django's commands, with the settings of this portal."""

import os
import sys

from django.core.management import execute_from_command_line


def main() -> None:
    """Run a command."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "grondslag_portal.config.settings")
    execute_from_command_line(["grondslag-portal", *sys.argv[1:]])


if __name__ == "__main__":
    main()
