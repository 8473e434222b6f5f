"""The `bronvast` command: its calls, and the one place where an error becomes a line on stderr."""

import os
import sys

import typer

from ingest.errors import BronvastError, UsageError
from ui.admin_commands import audit, doctor, remove, settings, user_app
from ui.ask_command import ask
from ui.command_line import note
from ui.evaluation_commands import compare, evaluate
from ui.index_commands import backup, ingest, restore
from ui.questions_command import questions
from ui.serve_command import serve
from ui.source_commands import passages, text, verify

_SWITCHES = {"GRADIO_ANALYTICS_ENABLED": "False", "ANONYMIZED_TELEMETRY": "False", "HF_HUB_OFFLINE": "1",
             "TRANSFORMERS_OFFLINE": "1", "HF_HUB_DISABLE_TELEMETRY": "1", "DO_NOT_TRACK": "1",
             "TOKENIZERS_PARALLELISM": "false"}


def stay_offline() -> None:
    """Set every switch, whatever the environment says: that nothing leaves the machine is not a matter of settings."""
    os.environ.update(_SWITCHES)
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # see index/__init__.py; this comes before numpy


FAILED, WRONG_USE, INTERRUPTED = 1, 2, 130

app = typer.Typer(name="bronvast", no_args_is_help=False, add_completion=False, pretty_exceptions_enable=False,
                  rich_markup_mode=None,
                  help="Answers questions about policy sources with the sentences of the sources themselves.")
app.command()(ingest)
app.command()(remove)
app.command()(passages)
app.command()(text)
app.command()(ask)
app.command(name="eval")(evaluate)
app.command()(compare)
app.command()(questions)
app.command()(verify)
app.command()(serve)
app.command()(settings)
app.command()(audit)
app.command()(doctor)
app.command()(backup)
app.command()(restore)
app.add_typer(user_app)


def run(arguments: list[str]) -> int:
    """Carry out one call and return its exit status; a known error is one line on stderr.

    Status 0 is done (an abstention is done), 1 a failure, 2 wrong use, 3 a requirement of `eval` that was not met.
    """
    try:
        status = app(arguments or ["--help"], prog_name="bronvast", standalone_mode=False)
    except UsageError as error:
        return _refuse(str(error), WRONG_USE)
    except BronvastError as error:
        return _refuse(str(error), FAILED)
    except typer.TyperException as error:
        return _refuse(error.format_message(), WRONG_USE)
    except (typer.Abort, KeyboardInterrupt):
        return _refuse("stopped", INTERRUPTED)
    except BrokenPipeError:  # the reader of a pipe has gone, as with `| head`
        sys.stdout = None
        return FAILED
    except OSError as error:  # a full disk, a folder without rights: the system's own reason, without a traceback
        return _refuse(f"{error.filename + ': ' if isinstance(error.filename, str) else ''}{error.strerror or error}", FAILED)
    if not arguments:  # the help has been shown, but nothing was asked for
        return WRONG_USE
    return status if isinstance(status, int) else 0


def main() -> None:
    """Run the command as the console script does."""
    stay_offline()
    os.umask(0o077)  # index, runs and uploads hold text that not everyone on this machine may see
    raise SystemExit(run(sys.argv[1:]))


def _refuse(reason: str, status: int) -> int:
    note(f"bronvast: {reason}")
    return status
