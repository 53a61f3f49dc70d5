"""What can be wrong with data or with a call, as exceptions that carry a stable id and a remedy."""

from __future__ import annotations

from collections.abc import Iterable


class BanmianError(Exception):
    """Root of every error this package raises on purpose."""


class DataFault(BanmianError):
    """One finding about one piece of data.

    ``id`` is stable (``offset-range``, ``role-unknown``, …), ``message`` names the thing and
    its value, ``remedy`` says what to do. Where the fault lies (file, line) is added by the
    reader that met it: see :class:`banmian.incidents.Incident`.
    """

    def __init__(self, id: str, message: str, remedy: str) -> None:
        super().__init__(f"{id}: {message} ({remedy})")
        self.id = id
        self.message = message
        self.remedy = remedy

    def __reduce__(self) -> tuple[type[DataFault], tuple[str, str, str]]:
        """So that a worker process can hand it over."""
        return type(self), (self.id, self.message, self.remedy)

    @property
    def faults(self) -> tuple[DataFault, ...]:
        """This fault alone; see :attr:`DataFaults.faults`."""
        return (self,)


class DataFaults(BanmianError):
    """Several findings about one record, so that all of them can be reported at once."""

    def __init__(self, faults: Iterable[DataFault]) -> None:
        self.faults = tuple(faults)
        super().__init__("; ".join(str(fault) for fault in self.faults))

    def __reduce__(self) -> tuple[type[DataFaults], tuple[tuple[DataFault, ...]]]:
        """So that a worker process can hand them over."""
        return type(self), (self.faults,)


class UsageError(BanmianError):
    """The call cannot be carried out as given: a missing path, an impossible option."""
