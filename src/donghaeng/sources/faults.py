"""What a source answered that cannot be used: its own code, what it means, and what to do about it."""

from __future__ import annotations

from donghaeng.rules.faults import BadInput


class SourceFault(BadInput):
    """An office's interface that did not give what was asked for.

    ``code`` is the office's own code (``30``, ``ERROR-336``), ``HTTP 404``, or a plain word such as
    ``time-out``. ``passing`` says that the same question may be answered when it is asked again.
    """

    def __init__(
        self,
        message: str,
        *,
        code: str,
        service: str = "",
        field: str = "",
        remedy: str = "",
        passing: bool = False,
    ) -> None:
        self.code = code
        self.passing = passing
        super().__init__(f"{code}: {message}", file=service, field=field, remedy=remedy)
