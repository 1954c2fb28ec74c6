"""Keeps the recorder's own functions out of the stacks that a program looks at.

They stand on the stack of whoever waits, sleeps or writes, as nothing can be put in the place of a function written in
C but a function written in Python. What faulthandler writes from C where nothing can be changed any more (at a signal,
a crash, after a timeout) is cleared of them when the run's output is read; in another file they remain.
"""

from __future__ import annotations

import os
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from types import FrameType, TracebackType
    from typing import Any

OWN = __file__.rpartition("/")[0]


def is_own(frame: FrameType) -> bool:
    """Whether the frame executes a function of the recorder."""
    return frame.f_code.co_filename.startswith(OWN)


def below(frame: Any) -> Any:
    """Where a stack ends, as it would be without the recorder's functions on top."""
    while frame.f_back is not None and is_own(frame):
        frame = frame.f_back
    return frame


def leave_out_own(traceback: TracebackType | None) -> None:
    """Take the recorder's own functions out of a traceback, so that the program prints the same one as without it."""
    while traceback is not None and traceback.tb_next is not None:
        if is_own(traceback.tb_next.tb_frame):
            traceback.tb_next = traceback.tb_next.tb_next
        else:
            traceback = traceback.tb_next


def is_handler(frame: FrameType) -> bool:
    """Whether the frame is that of a handler of a signal, which is given the frame that it interrupts.

    To be asked by a trace function when the handler is called: it is given the program's frame then.
    """
    code, caller = frame.f_code, frame.f_back
    if caller is None:
        return False
    variables = frame.f_locals
    for name in code.co_varnames[: code.co_argcount + 1]:  # the one more is `*args`, if there are such
        value = variables.get(name)
        if value is caller:
            variables[name] = below(caller)
            return True
        if type(value) is tuple and any(one is caller for one in value):
            variables[name] = tuple(below(one) if one is caller else one for one in value)
            return True
    return False


def patch_current_frames() -> None:
    """Have `sys._current_frames` tell where each thread stands in the program."""
    original = sys._current_frames

    def _current_frames() -> dict[int, FrameType]:
        return {thread: below(frame) for thread, frame in original().items()}

    sys._current_frames = _current_frames


def patch_traceback(module: Any) -> None:
    """Have stacks that are printed leave out the recorder's functions, wherever they are."""
    original = module.walk_stack

    def walk_stack(f: Any) -> Any:
        # Where it is to begin itself, it counts how many functions called each other up to here.
        return original(f) if f is None else (one for one in original(f) if not is_own(one[0]))

    module.walk_stack = walk_stack


def patch_inspect(module: Any) -> None:
    """The same for `inspect.stack`."""
    original = module.getouterframes

    def getouterframes(frame: Any, context: int = 1) -> Any:
        return [one for one in original(frame, context) if not is_own(one.frame)]

    module.getouterframes = getouterframes


def patch_faulthandler(module: Any) -> None:
    """Have `faulthandler.dump_traceback` write what it would have written, wherever to."""
    original = module.dump_traceback

    def dump_traceback(*args: Any, **options: Any) -> None:
        try:
            file = args[0] if args else options.pop("file", sys.stderr)
            descriptor = file if isinstance(file, int) else file.fileno()
            if descriptor is not file:
                file.flush()
            text = _written(original, *args[1:], **options)
        except Exception:
            original(*args, **options)  # it says itself what is wrong
            return
        while text:
            text = text[os.write(descriptor, text) :]

    module.dump_traceback = dump_traceback


def _written(dump: Callable[..., None], *args: Any, **options: Any) -> bytes:
    """What faulthandler writes, without the lines of the recorder's functions."""
    from tempfile import TemporaryFile  # most programs have no stacks dumped

    with TemporaryFile() as file:
        dump(file, *args, **options)
        file.seek(0)
        own = f'  File "{OWN}/'.encode("ascii", "backslashreplace")  # as faulthandler writes it
        return b"".join(line for line in file if not line.startswith(own))
