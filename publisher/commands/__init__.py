"""The commands, one a module. Thin: they read options, call the one function that does the work, and print words.

What a command needs is imported when it runs, so that `publisher --help` answers at once.
"""

from collections.abc import Callable

import click

from publisher.commands.build import build_command
from publisher.commands.check import check_command
from publisher.commands.deploy_check import deploy_check_command
from publisher.commands.diff import diff_command
from publisher.commands.import_ import import_command
from publisher.commands.init import init_command
from publisher.commands.new import new_command
from publisher.commands.seal import seal_command
from publisher.commands.serve import serve_command
from publisher.commands.sign import sign_command
from publisher.commands.sign_off import sign_off_command
from publisher.commands.status import status_command
from publisher.commands.template import template_command
from publisher.commands.verify import verify_command
from publisher.words import Words

COMMANDS: tuple[Callable[[Words], click.Command], ...] = (
    init_command,
    new_command,
    template_command,
    import_command,
    check_command,
    status_command,
    build_command,
    diff_command,
    sign_off_command,
    seal_command,
    serve_command,
    deploy_check_command,
    verify_command,
    sign_command,
)
