"""What can be wrong with what somebody gave the engine."""


class LiveError(Exception):
    """Bad input. The message says what, where and what to do."""


class SnippetError(LiveError):
    """A snippet that cannot be run as it stands: no such file, or options that make no sense."""


class EngineError(LiveError):
    """The engine itself could not do its work, for example because no process could be started."""
