"""A part of an object that is made when somebody asks for it first; other threads wait for it."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any, Generic, TypeVar, overload

Value = TypeVar("Value")
_guard = threading.Lock()


class once(Generic[Value]):
    """As `functools.cached_property`, which since Python 3.12 lets two threads make the same."""

    def __init__(self, make: Callable[[Any], Value]):
        self._make = make
        self.__doc__ = make.__doc__

    def __set_name__(self, owner: type, name: str) -> None:
        self._name = name

    @overload
    def __get__(self, one: None, owner: type) -> once[Value]: ...
    @overload
    def __get__(self, one: object, owner: type) -> Value: ...
    def __get__(self, one: Any, owner: type) -> Any:
        if one is None:
            return self
        known, lock = one.__dict__, f"{self._name} is being made"
        with _guard:
            own = known.setdefault(lock, threading.RLock())
        with own:
            if self._name not in known:
                known[self._name] = self._make(one)
        return known[self._name]
