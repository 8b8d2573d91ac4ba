"""Words for the ledger of findings: its name, and why a finding was closed."""

CAUSES = {
    "removed": "已注销 / removed",
    "moved": "位置变更 / moved",
    "zone_repealed": "区划废止 / zone repealed",
    "zone_amended": "区划修订 / zone amended",
    "zones_changed": "相邻区划变更 / another zone changed",
    "register_changed": "登记变更 / register changed",
    "law_lapsed": "文件失效 / law lapsed",
}


def ledger(name: str) -> str:
    """What a ledger is called."""
    base, _, anywhere = name.partition("+")
    told = "现行台账 / standing ledger" if base == "standing" else f"{base} 专册 / its own ledger"
    return f"{told}（不限地域 / anywhere）" if anywhere else told
