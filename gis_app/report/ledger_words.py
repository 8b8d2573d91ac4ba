"""Words for the ledger of findings: its name, and why findings were closed."""

from collections.abc import Mapping

from gis_app.export.changes import CAUSES


def closed(counts: Mapping[str, int]) -> str:
    """How many findings an audit closed, by cause."""
    told = (f"{CAUSES[cause].zh} / {CAUSES[cause].en} {n:,}" for cause, n in counts.items())
    return "；".join(told) or "0"


def ledger(name: str) -> str:
    """What a ledger is called."""
    base, _, anywhere = name.partition("+")
    told = "现行台账 / standing ledger" if base == "standing" else f"{base} 专册 / its own ledger"
    return f"{told}（不限地域 / anywhere）" if anywhere else told
