"""Two counties in one database: what belongs to the other says so in its name."""

from collections.abc import Iterator

import httpx
import pytest
from pwdlib import PasswordHash
from shapely import Point
from sqlalchemy import Connection, Engine

from gis_app import audit, registry
from gis_app.rights import Grant, Role
from gis_app.settings import Settings
from gis_app.store.engine import writing
from tests.people import admit, bearer
from tests.service import Service, serving
from tests.world import add_well, add_zone, at, record, square

LAW = registry.load()
OWN, OTHER = "140302", "140321"
# what nobody without rights in the other county may read, and no visitor of either
SECRET = {OWN: "OWNMARK", OTHER: "OTHERMARK"}
ROLES = [role for role in Role if role is not Role.ADMINISTRATOR]


def fill(conn: Connection) -> None:
    """The same things in both counties, each marked."""
    for east, area in ((0, OWN), (4000, OTHER)):
        mark = SECRET[area]
        add_zone(
            conn, "district", square(east - 1500, -1500, 3000), area_code=area, name=f"县{area}"
        )
        add_zone(conn, "public_supply_coverage", square(east - 200, -200, 700), area_code=area,
                 name=f"管网{area}")  # fmt: skip
        add_zone(conn, "prohibited_zone", square(east - 100, -100, 300), area_code=area,
                 name=f"{mark} draft", law_status="draft", valid_from=None)  # fmt: skip
        owner = record(conn, "party", name=f"{mark} owner", uscc=None)
        for n in range(3):
            add_well(conn, f"{mark}-{n}", east + 40 * n, 0, area_code=area, owner_id=owner,
                     name=f"{mark} well", permit_number=f"{mark}-P")  # fmt: skip
        registers(conn, area, f"{mark}-0", Point(*at(east, 0)))


def registers(conn: Connection, area: str, well: str, place: Point) -> None:
    """One record in each register that belongs to somebody."""
    mark = SECRET[area]
    record(conn, "permit", number=f"{mark}-P", changed_on="2020-03-01", state="issued",
           holder=f"{mark} holder", area_code=area, annual_m3=40_000)  # fmt: skip
    record(conn, "permit_well", permit_number=f"{mark}-P", well_code=well)
    record(conn, "permit_purpose", permit_number=f"{mark}-P", use="industry", annual_m3=1)
    record(conn, "annual_report", permit_number=f"{mark}-P", year=2023, state="filed")
    record(conn, "meter", serial=f"{mark}-M", well_code=well, state="online")
    record(conn, "withdrawal", well_code=well, method="metered", m3=100, from_on="2024-01-01",
           to_on="2024-12-31")  # fmt: skip
    record(conn, "application", code=f"{mark}-A", name=mark, applicant=mark, area_code=area,
           kind="new", shape=place)  # fmt: skip
    record(conn, "site", code=f"{mark}-S", name=mark, kind="mine", area_code=area, shape=place)
    for subject, code in (("application", f"{mark}-A"), ("site", f"{mark}-S")):
        record(conn, "exemption_grant", subject=subject, subject_code=code,
               kind="engineering_emergency", from_on="2024-05-05")  # fmt: skip
    record(conn, "unit_year", unit_code=area, year=2024, sector="total", quota_m3=424_242,
           area_code=area)  # fmt: skip
    record(conn, "water_user", owner=f"{mark} owner", year=2024, annual_use_m3=5)
    record(conn, "violation", well_code=well, kind="resale", found_on="2024-05-05")
    record(conn, "correction_order", well_code=well, kind="close", ordered_on="2024-05-05",
           due_on="2024-06-05")  # fmt: skip


@pytest.fixture(scope="package")
def counties(databases, worker) -> Iterator[Engine]:
    """A database with both counties, audited."""
    with databases.clone(f"gis_rights_{worker}") as engine:
        with writing(engine, "test") as conn:
            fill(conn)
        audit.run(engine, LAW, audit.Scope(), actor="test")
        yield engine


@pytest.fixture(scope="package")
def people(counties) -> dict[str, dict[str, str]]:
    """What each shows: one person of each role in the own county, and an administrator of it."""
    shown = {}
    for role in Role:
        token = admit(counties, f"own-{role.value}", (Grant(role, OWN),))
        shown[role.value] = bearer(token)
    return shown


@pytest.fixture(scope="package")
def service(counties, tmp_path_factory) -> Iterator[Service]:
    """A service whose visitors see no wells."""
    settings = Settings(home=tmp_path_factory.mktemp("rights"))
    with serving(settings, counties, LAW, visitors="none") as found:
        yield found


@pytest.fixture(scope="package")
def counting(counties, tmp_path_factory) -> Iterator[Service]:
    """A service whose visitors see counts of wells."""
    settings = Settings(home=tmp_path_factory.mktemp("counting"))
    with serving(settings, counties, LAW, visitors="counts") as found:
        yield found


@pytest.fixture(scope="package")
def http(service) -> Iterator[httpx.Client]:
    """A visitor's client."""
    with httpx.Client(base_url=service.url, timeout=60) as client:
        yield client


@pytest.fixture(scope="package")
def counting_http(counting) -> Iterator[httpx.Client]:
    """A visitor's client where counts are seen."""
    with httpx.Client(base_url=counting.url, timeout=60) as client:
        yield client


@pytest.fixture
def verified(monkeypatch) -> list[str]:
    """What the hashes that passwords are held against cost: each without salt and digest."""
    costs, verify = [], PasswordHash.verify

    def noting(hasher: PasswordHash, password: str, hashed: str) -> bool:
        costs.append(hashed.rsplit("$", 2)[0])
        return verify(hasher, password, hashed)

    monkeypatch.setattr(PasswordHash, "verify", noting)
    return costs
