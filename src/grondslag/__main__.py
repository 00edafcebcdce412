"""``python -m grondslag``: the command line."""

from grondslag.cli import main

main()
