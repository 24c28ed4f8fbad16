"""`python -m publisher`: the same as the command."""

from publisher.cli import main

main()
