"""Who is asked next: one lane a host, one request at a time on each, a gap between them.

Holds no thread and reads no clock: ``now`` is handed in, in seconds of any steady clock.
"""

from __future__ import annotations

import heapq
from collections import deque
from dataclasses import dataclass, field
from typing import Generic, TypeVar

Item = TypeVar("Item")


@dataclass(slots=True)
class _Lane(Generic[Item]):
    waiting: deque[Item] = field(default_factory=deque)
    ready: float = float("-inf")
    is_busy: bool = False


class Lanes(Generic[Item]):
    """``take`` gives what may be asked now, ``free`` says that its answer has ended."""

    def __init__(self) -> None:
        self._lanes: dict[str, _Lane[Item]] = {}
        self._turns: list[tuple[float, int, str]] = []  # (ready, number, host), stale ones too
        self._number = 0
        self._waiting = 0
        self._busy = 0

    def __len__(self) -> int:
        """How many wait."""
        return self._waiting

    @property
    def is_idle(self) -> bool:
        """Nothing waits, nothing is under way."""
        return not self._waiting and not self._busy

    def add(self, host: str, item: Item, *, first: bool = False) -> None:
        lane = self._lanes.setdefault(host, _Lane())
        (lane.waiting.appendleft if first else lane.waiting.append)(item)
        self._waiting += 1
        self._push(host, lane)

    def take(self, now: float) -> tuple[str, Item] | None:
        """Of the host that has been ready longest; it is busy from then on."""
        if self._find_ready() > now:
            return None
        host = heapq.heappop(self._turns)[2]
        lane = self._lanes[host]
        lane.is_busy = True
        self._waiting -= 1
        self._busy += 1
        return host, lane.waiting.popleft()

    def find_next(self) -> float | None:
        """When ``take`` will give something; None where all that waits is busy."""
        found = self._find_ready()
        return None if found == float("inf") else found

    def free(self, host: str, ready: float) -> None:
        """``ready``: when the host may be asked again."""
        lane = self._lanes[host]
        lane.is_busy = False
        self._busy -= 1
        lane.ready = max(lane.ready, ready)
        self._push(host, lane)

    def _push(self, host: str, lane: _Lane[Item]) -> None:
        if lane.waiting and not lane.is_busy:
            self._number += 1
            heapq.heappush(self._turns, (lane.ready, self._number, host))

    def _find_ready(self) -> float:
        """When the next host is ready; turns that hold no longer are dropped."""
        while self._turns:
            ready, _, host = self._turns[0]
            lane = self._lanes[host]
            if lane.waiting and not lane.is_busy and lane.ready == ready:
                return ready
            heapq.heappop(self._turns)
        return float("inf")
