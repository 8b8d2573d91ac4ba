"""A bar for what takes long: tqdm in a notebook, rich in a terminal, nothing where nobody looks."""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Protocol

_DELAY_S = 1.0


class Progress(Protocol):
    """What a bar is asked for."""

    def update(self, n: int) -> object:
        """Go on by n."""


@contextmanager
def progress(what: str, total: int | None = None, unit: str = "") -> Iterator[Progress]:
    """A bar that appears after a second; without `total` it only shows that work goes on.

    `unit` is what is counted, "B" for bytes.
    """
    if "ipykernel" in sys.modules:
        with _in_notebook(what, total, unit) as bar:
            yield bar
    elif sys.stderr.isatty():
        with _in_terminal(what, total, unit) as bar:
            yield bar
    else:
        yield _Silent()


class _Silent:
    """No bar."""

    def update(self, n: int) -> None:
        """Do nothing."""


@contextmanager
def _in_notebook(what: str, total: int | None, unit: str) -> Iterator[Progress]:
    try:
        from tqdm.auto import tqdm  # noqa: PLC0415 – optional
    except ImportError:
        yield _Silent()
        return
    many = {"unit": unit or "it", "unit_scale": True, "unit_divisor": 1024 if unit == "B" else 1000}
    with tqdm(total=total, desc=what, delay=_DELAY_S, leave=False, **many) as bar:
        yield bar


@contextmanager
def _in_terminal(what: str, total: int | None, unit: str) -> Iterator[Progress]:
    try:
        from rich import progress as rich  # noqa: PLC0415 – optional
        from rich.console import Console  # noqa: PLC0415
    except ImportError:
        yield _Silent()
        return
    counted = rich.DownloadColumn() if unit == "B" else rich.MofNCompleteColumn()
    columns = [rich.SpinnerColumn(), rich.TextColumn("{task.description}"), rich.BarColumn(),
               counted, rich.TimeElapsedColumn()]  # fmt: skip
    bar = rich.Progress(*columns, console=Console(stderr=True), transient=True)
    late = _Late(bar, what, total)
    try:
        yield late
    finally:
        bar.stop()


class _Late:
    """A bar of rich's that appears when a second has passed."""

    def __init__(self, bar: Any, what: str, total: int | None) -> None:
        self._bar, self._begun = bar, time.monotonic()
        self._task = bar.add_task(what, total=total)

    def update(self, n: int) -> None:
        """Go on by n."""
        if not self._bar.live.is_started and time.monotonic() - self._begun > _DELAY_S:
            self._bar.start()
        self._bar.advance(self._task, n)
