"""Not more calls in a minute than an office allows."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable


class Throttle:
    """Lets ``calls`` through in any span of ``seconds``; whoever comes too early waits.

    The clock and the waiting are arguments, so that a test need not wait.
    """

    def __init__(
        self,
        calls: int,
        seconds: float = 60.0,
        *,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self.calls = calls
        self.seconds = seconds
        self._clock = clock
        self._sleep = sleep
        self._times: deque[float] = deque(maxlen=calls)

    def wait(self) -> None:
        """Return when the next call may be made, and count it."""
        if len(self._times) == self._times.maxlen:
            early = self._times[0] + self.seconds - self._clock()
            if early > 0:
                self._sleep(early)
        self._times.append(self._clock())
