"""How the package calls the engine: with a progress bar where a person watches."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from typing import Any

Report = Callable[[str, int, int], None]
ProgressArgument = bool | Report | None

PATIENCE_S = 0.5
"""A call that is over before this shows no bar."""


def call(
    function: Callable[..., Any], /, *args: Any, progress: ProgressArgument = None, **options: Any
) -> Any:
    """Call a long engine function.

    Parameters
    ----------
    function : callable
        A function of ``waywarden._engine`` that takes ``report``.
    *args, **options
        Handed on.
    progress : bool or callable, optional
        True shows a bar (after half a second), False shows none, None (default) shows one in a
        notebook or terminal. A callable is called some twenty times a second with the name of the
        step, the items done and the items in all; what it raises ends the call.

    Raises
    ------
    KeyboardInterrupt
        After Ctrl-C, within 0.2 s.
    """
    if callable(progress):
        return function(
            *args, report=lambda step, done, total, _: progress(step, done, total), **options
        )
    if not (_is_watched() if progress is None else progress):
        return function(*args, report=None, **options)
    bars = _Bars()
    try:
        return function(*args, report=bars, **options)
    finally:
        bars.close()


def _is_watched() -> bool:
    return _in_notebook() or sys.stderr.isatty()


def _in_notebook() -> bool:
    ipython = sys.modules.get("IPython")
    shell = ipython.get_ipython() if ipython is not None else None
    return shell is not None and hasattr(shell, "kernel")


class _Bars:
    """One bar per step of the engine, from the moment that the call has taken `PATIENCE_S`."""

    def __init__(self) -> None:
        self._began = time.monotonic()
        self._bar: Any = None
        self._step = 0

    def __call__(self, step: str, done: int, total: int, steps_started: int) -> None:
        if not steps_started or time.monotonic() - self._began < PATIENCE_S:
            return
        if steps_started != self._step:
            self._begin(step, total, steps_started)
        self._bar.n = min(done, total) if total else done
        self._bar.refresh()

    def _begin(self, step: str, total: int, number: int) -> None:
        from tqdm.auto import tqdm

        self.close()
        self._bar = tqdm(desc=step, total=total or None, leave=False)
        self._step = number

    def close(self) -> None:
        if self._bar is not None:
            self._bar.close()
