"""The errors that users see, each as one line that says what to do."""


class BronvastError(Exception):
    """A failure with a one-line reason for the user; the command exits with status 1."""


class UsageError(BronvastError):
    """Wrong use: a bad argument, setting or question; the command exits with status 2."""


class UnreadableError(BronvastError):
    """A file that cannot be read; the other files of the run go on."""
