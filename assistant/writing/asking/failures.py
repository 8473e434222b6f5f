"""How asking a model can fail, as the notice that the reader gets and whether asking once more may help."""

from assistant.generated import Notice
from ingest.errors import BronvastError


class ModelFailedError(BronvastError):
    """A request to the model that gave nothing usable; `notice` says what the reader is told.

    `again_after_s` is how long to wait before the one retry, None when a retry cannot help. `schema_refused` says that
    the server may not know the response format that was asked for.
    """

    def __init__(self, notice: Notice, reason: str, *, again_after_s: float | None = None, schema_refused: bool = False) -> None:
        super().__init__(reason)
        self.notice, self.again_after_s, self.schema_refused = notice, again_after_s, schema_refused
