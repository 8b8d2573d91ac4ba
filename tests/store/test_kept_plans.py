"""What one statement of a session plans is no trap for the next: triggers plan their joins anew."""

import json

import psycopg

from tests.database import dsn
from tests.world import add_well

FEW, MANY = 1, 2_000


def _nodes(plan):
    yield plan
    for below in plan.get("Plans", ()):
        yield from _nodes(below)


def _of_the_statement(plan) -> bool:
    """Whether rows come from the statement's own, as they were or are."""
    return any(node["Node Type"] == "Named Tuplestore Scan" for node in _nodes(plan))


def _told(statement: str, conn: psycopg.Connection) -> list[dict]:
    """The plans of a statement and of all that its triggers ask, as they were carried out."""
    plans: list[str] = []
    conn.add_notice_handler(lambda notice: plans.append(notice.message_primary))
    conn.execute("set client_min_messages = log")
    conn.execute(statement)
    conn.execute("reset client_min_messages")
    return [json.loads(p.partition("plan:")[2])["Plan"] for p in plans if "plan:" in p]


def test_many_rows_after_a_single_one_are_not_joined_in_a_loop(fresh_database):
    with fresh_database.begin() as conn:
        for n in range(MANY):
            add_well(conn, f"W{n}", n * 5, 0)
    url = dsn(fresh_database)
    with psycopg.connect(url, options="-c search_path=public", autocommit=True) as conn:
        for setting in ("min_duration = 0", "nested_statements = on", "format = json"):
            conn.execute("load 'auto_explain'")
            conn.execute(f"set auto_explain.log_{setting}")
        touch = "update gis.well set remark = coalesce(remark, '') || 'x', status = 'paused' where "
        conn.execute(f"{touch} code = 'W0'")
        plans = _told(f"{touch} code <> 'W0'", conn)
    joins = [
        node
        for plan in plans
        for node in _nodes(plan)
        if "Join" in node["Node Type"] or node["Node Type"] == "Nested Loop"
        if all(_of_the_statement(side) for side in node["Plans"])
    ]
    assert len(joins) >= 4, "the triggers' joins were not seen"
    assert [node["Node Type"] for node in joins if node["Node Type"] == "Nested Loop"] == []
