"""What an examination found."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong: where, what, and the remedy, which has been applied where `mended` says so."""

    where: str
    what: str
    remedy: str
    mended: bool = False

    @property
    def line(self) -> str:
        """The finding as one line."""
        return f"{self.where}: {self.what}; {'mended: ' if self.mended else ''}{self.remedy}"
