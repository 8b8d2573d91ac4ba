"""The operators and functions that filters know."""

COMPARISONS = ("=", "<>", "<", "<=", ">", ">=")
VALUES = {"+", "-", "*", "/", "%", "div", "^", "casei", "accenti"}
_SPATIAL = "intersects disjoint equals touches crosses within contains overlaps"
_TEMPORAL = (
    "after before contains disjoint during equals finishedBy finishes intersects meets metBy "
    "overlappedBy overlaps startedBy starts"
)
CONDITIONS = {
    *("and", "or", "not", "like", "between", "in", "isNull"),
    *COMPARISONS,
    *(f"s_{name}" for name in _SPATIAL.split()),
    *(f"t_{name}" for name in _TEMPORAL.split()),
}
