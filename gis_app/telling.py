"""How far long work is, told to whoever shows it: (Chinese words, English words, part done)."""

from collections.abc import Callable

Told = Callable[[str, str, float], None]


def quiet(_zh: str, _en: str, _fraction: float) -> None:
    """Show no progress."""
