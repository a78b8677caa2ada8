"""Many equal tasks over the machine's cores."""

from __future__ import annotations

import gc
import os
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from typing import TypeVar

from macros.work.progress import progress

FEW = 400  # tasks that are done before other processes would have begun
CHUNK = 100

In, Out = TypeVar("In"), TypeVar("Out")


def spread(
    function: Callable[[In], Out], tasks: Sequence[In], few: int | None = None
) -> Iterator[Out]:
    """What the function gives of each task, in order.

    Others' processes are copies of this one, so the function may know all that this one knows, and
    only the number of a task is sent; what it gives is sent back. With other threads about, which a
    copy would lack, there is one process.
    """
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else 1
    if len(tasks) <= (FEW if few is None else few) or cores < 2 or threading.active_count() > 1:
        yield from _told(map(function, tasks), len(tasks))
        return
    global _work
    _work = function, tasks
    gc.freeze()  # what is there already is shared, as long as nobody writes to it
    try:
        # A copy looks for rubbish among its own objects only, and ends when its tasks do.
        with ProcessPoolExecutor(cores, get_context("fork"), gc.enable) as pool:
            numbers = range(len(tasks))
            yield from _told(pool.map(_call, numbers, chunksize=CHUNK), len(tasks))
    finally:
        gc.unfreeze()
        _work = None


def _told(results: Iterator[Out], of: int) -> Iterator[Out]:
    for done, one in enumerate(results, start=1):
        progress.tell(done, of)
        yield one


_work: tuple[Callable, Sequence] | None = None  # a copy of the process has it


def _call(number: int):
    assert _work is not None
    function, tasks = _work
    return function(tasks[number])
