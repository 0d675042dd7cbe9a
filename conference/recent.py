"""What was asked for lately, kept while the data stays as it is."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Hashable
from threading import Lock
from typing import Generic, TypeVar

Value = TypeVar("Value")


class Recent(Generic[Value]):
    """The `size` values last used, of one version of the data; serves all threads."""

    def __init__(self, size: int) -> None:
        self._size = size
        self._lock = Lock()
        self._version = ""
        self._values: OrderedDict[Hashable, Value] = OrderedDict()

    def get(self, version: str, key: Hashable) -> Value | None:
        """What was put under `key` while the data had this version, or None."""
        with self._lock:
            if version != self._version or key not in self._values:
                return None
            self._values.move_to_end(key)
            return self._values[key]

    def put(self, version: str, key: Hashable, value: Value) -> None:
        """Keep `value`; those of another version go, and the one longest unused if it is full."""
        with self._lock:
            if version != self._version:
                self._version = version
                self._values.clear()
            self._values[key] = value
            self._values.move_to_end(key)
            if len(self._values) > self._size:
                self._values.popitem(last=False)
