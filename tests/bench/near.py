"""`near` over HTTP: sixteen inspectors who never pause, each a phone's browser with a token."""

import shutil
from pathlib import Path
from statistics import mean

import httpx
from sqlalchemy import Engine, text

from gis_app import audit, registry
from gis_app.rights import Grant, Role
from tests.bench.peers import Load, Server, ours, told
from tests.database import dsn
from tests.people import admit, bearer

CLIENTS, WORKERS, GATE_MS = 16, 2, 25
BROWSER = {"Accept": "application/json", "Accept-Encoding": "gzip, deflate, br, zstd"}
PLACES = "select st_x(geom), st_y(geom) from gis.well order by md5(code) limit 2000"
AUDITED = "select exists (select from gis.finding)"
SETTLED = ("select gis.settle_tiles(), gis.draw_tiles(10000000)", "vacuum analyze")


def measure(engine: Engine, pid: int, folder: Path, repeats: int, seconds: float = 5) -> None:
    """Print a table: three distances in turns, each at two thousand places where wells lie."""
    if shutil.which("wrk") is None:
        raise SystemExit("wrk: not found (apt-get install wrk)")
    with engine.connect() as conn:
        places = conn.execute(text(PLACES)).all()
        audited = conn.execute(text(AUDITED)).scalar_one()
    if not audited:
        audit.run(engine, registry.load(), audit.Scope(), actor="bench")
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as conn:
        for statement in SETTLED:  # or the server would do it meanwhile
            conn.execute(text(statement))
    headers = BROWSER | bearer(admit(engine, "inspector", (Grant(Role.INSPECTOR, "1403"),)))
    loads = {metres: Load(f"near {metres // 1000} km") for metres in (1000, 5000, 20_000)}
    files = {metres: folder / f"near-{metres}" for metres in loads}
    for metres, file in files.items():
        asked = (f"/wells/near?lon={x:.6f}&lat={y:.6f}&within_m={metres}" for x, y in places)
        file.write_text("\n".join(asked))
    database = dsn(engine)
    with ours(database, pid, folder, workers=WORKERS) as server:
        for file in files.values():  # until every connection has its statements prepared
            server.load(Load("first"), file, seconds, CLIENTS, headers)
        for _ in range(repeats):
            for metres, load in loads.items():
                server.load(load, files[metres], seconds, CLIENTS, headers)
        print(f"| {CLIENTS} clients, {WORKERS} server processes | wells told, flagged, KB |"
              " p50, ms | p95, ms | CPU ms: server + database | a second | gate |\n"
              "|--|--|--|--|--|--|--|")  # fmt: skip
        for metres, load in loads.items():
            row(load, sizes(server, files[metres], headers))


def sizes(server: Server, addresses: Path, headers: dict[str, str]) -> str:
    """What a hundred answers hold on average."""
    with httpx.Client(base_url=server.url, headers=headers, timeout=60) as http:
        answers = [http.get(each) for each in addresses.read_text().splitlines()[:100]]
    wells = [answer.json()["wells"] for answer in answers]
    findings = mean(sum(well["gravest"] is not None for well in each) for each in wells)
    kilobytes = mean(len(answer.content) for answer in answers) / 1000
    return f"{mean(map(len, wells)):.0f}, {findings:.0f}, {kilobytes:.0f}"


def row(load: Load, held: str) -> None:
    """One line of the table."""
    met = sorted(load.p95_ms)[len(load.p95_ms) // 2] <= GATE_MS
    print(f"| {load.name} | {held} | {told(load.p50_ms)} | {told(load.p95_ms)} |"
          f" {told(load.server_ms)} + {told(load.database_ms)} | {told(load.rate)} |"
          f" p95 ≤ {GATE_MS}{'' if met else ': missed'} |", flush=True)  # fmt: skip
