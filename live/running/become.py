"""What happens in a forked child until it is the program. Standard library only."""

from __future__ import annotations

import os
import resource
import signal

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, NoReturn

from live.running.confine import confine
from live.running.processes import die_with_parent


def become(job: dict[str, Any], output: int) -> NoReturn:
    """In the forked child: turn into the program. Never returns."""
    try:
        die_with_parent()
        os.setsid()
        null = os.open(os.devnull, os.O_RDONLY)
        for source, target in ((null, 0), (output, 1), (output, 2)):
            os.dup2(source, target, inheritable=True)
        # Python ignores SIGPIPE, and what is ignored stays ignored in the program and its children.
        for number in (signal.SIGPIPE, signal.SIGXFSZ, signal.SIGINT):
            signal.signal(number, signal.SIG_DFL)
        signal.pthread_sigmask(signal.SIG_SETMASK, [])
        no_core_dump()
        os.chdir(job["cwd"])
        confine(job["places"])
        os.execve(job["argv"][0], job["argv"], job["env"])
    except BaseException as error:  # whatever happens, two supervisors must not go on
        os.write(2, f"{job['argv'][0]} could not be started: {error}\n".encode())
    os._exit(127)


def no_core_dump() -> None:
    """A program that is aborted on purpose should not leave its memory on disk."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
