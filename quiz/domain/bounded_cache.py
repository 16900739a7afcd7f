"""A small cache in the process for what is frozen and read at every hot call."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from time import monotonic
from typing import Generic, TypeVar

Key = TypeVar("Key", bound=Hashable)
Value = TypeVar("Value")


class BoundedCache(Generic[Key, Value]):
    """At most `size` values, the least used dropped first.

    `load(key)` gives the value and for how many seconds it holds (None: for good). Two threads that
    miss together both load; the values are equal, so nothing is lost.
    """

    def __init__(self, *, size: int, load: Callable[[Key], tuple[Value, float | None]]) -> None:
        self._size, self._load = size, load
        self._kept: OrderedDict[Key, tuple[Value, float | None]] = OrderedDict()
        self._lock = Lock()

    def get(self, key: Key) -> Value:
        """The value, loaded at the first call and after its time. Errors of `load` are not kept."""
        kept = self._kept.get(key)
        if kept is not None and (kept[1] is None or monotonic() < kept[1]):
            return kept[0]
        value, seconds = self._load(key)
        until = None if seconds is None else monotonic() + seconds
        with self._lock:
            self._kept[key] = (value, until)
            self._kept.move_to_end(key)
            while len(self._kept) > self._size:
                self._kept.popitem(last=False)
        return value

    def forget(self, key: Key) -> None:
        with self._lock:
            self._kept.pop(key, None)

    def clear(self) -> None:
        with self._lock:
            self._kept.clear()
