"""The people of the sample city's bureau: an account for each role, to try the rights with."""

from sqlalchemy import Engine

from gis_app.accounts import managing, passwords, signing
from gis_app.rights import Grant, Role
from gis_app.store import accounts
from gis_app.store.engine import reading

CITY = "1403"
PEOPLE = {
    "planner": ("示例规划员", Role.PLANNER),
    "approver": ("示例审批人", Role.APPROVER),
    "inspector": ("示例检查员", Role.INSPECTOR),
    "analyst": ("示例分析员", Role.ANALYST),
}


def admit(engine: Engine) -> dict[str, str]:
    """Make the accounts that are not there yet; their passwords, told only now.

    They hold their role in the sample city only. The administrator's is a one-time password.
    """
    told = {}
    first = managing.first(engine)
    if first is not None:
        told[managing.FIRST] = first
    for name, (full_name, role) in PEOPLE.items():
        with reading(engine) as conn:
            if accounts.find(conn, name) is not None:
                continue
        given = managing.create(engine, "demo", name, full_name, (Grant(role, CITY),))
        told[name] = passwords.one_time()
        signing.change_password(engine, name, given, told[name], "demo")
    return told
