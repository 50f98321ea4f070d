"""A Dask cluster as the executor of a run, where one machine is not enough.

Workers are handed names of files and the text of the plan; they read the partitions for themselves, so the
population and the folder of the run must be at the same path for all of them. Results are identical to those of
local processes: they are added up in the order of the partitions, whoever computed them.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from concurrent.futures import Executor
from contextlib import AbstractContextManager
from typing import Any

from donghaeng.rules.faults import BadInput

SECONDS_TO_CONNECT = 10


def cluster(address: str) -> Callable[[], AbstractContextManager[Executor]]:
    """Opens an executor on the scheduler at ``address`` (``tcp://10.0.0.5:8786``).

    Raises:
        BadInput: on opening, where nothing answers there, or Dask is not installed.
    """

    @contextlib.contextmanager
    def opened() -> Iterator[Executor]:
        try:
            import distributed
        except ImportError:
            raise BadInput(
                "Dask is not installed", field="--scheduler", remedy="donghaeng[distributed]"
            ) from None
        try:
            client: Any = distributed.Client(  # type: ignore[no-untyped-call]
                address, timeout=SECONDS_TO_CONNECT, set_as_default=False
            )
        except (OSError, TimeoutError, ValueError):
            raise BadInput(
                f"no scheduler answers at {address}",
                field="--scheduler",
                remedy="tcp://HOST:PORT of a running `dask scheduler`",
            ) from None
        try:
            # The same partition computed twice gives the same columns, so a task may be run again.
            yield client.get_executor(pure=False, retries=2)
        finally:
            client.close()

    return opened
