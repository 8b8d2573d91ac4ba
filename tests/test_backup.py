"""Backups: what is restored is what was backed up, and works; what is not whole is refused."""

import io
import tarfile
import threading
from itertools import count

import orjson
import pytest
from psycopg import sql
from sqlalchemy import text
from typer.testing import CliRunner

from gis_app import audit, backup, registry
from gis_app.accounts import signing
from gis_app.cli import app
from gis_app.errors import Conflict, Refused, UnreadableFile
from gis_app.rights import Caller, Grant, Role
from gis_app.store import schema
from gis_app.store.engine import connect, seeing, writing
from tests.database import new_home, remove
from tests.people import admit
from tests.world import add_well, add_zone, square

_numbers = count(1)
COG = "rasters/ab/abcd.tif"


@pytest.fixture
def office(databases, fresh_database, tmp_path):
    """A deployment that has worked: zones, wells of two counties, an audit, an account, a file."""
    with writing(fresh_database, "test", "示例") as conn:
        add_zone(conn, "public_supply_coverage", square(-500, -500, 1000))
        add_well(conn, "W1", 0, 0)
        add_well(conn, "W2", 300, 0, area_code="140303", name="邻县")
    audit.run(fresh_database, registry.load(), audit.Scope(), actor="test")
    home = tmp_path / "home"
    (home / COG).parent.mkdir(parents=True)
    (home / COG).write_bytes(b"a raster")
    (home / "logs").mkdir()
    (home / "logs" / "postgresql.log").write_text("not kept")
    return backup.Deployment(fresh_database, databases.cluster.binaries(), home)


@pytest.fixture
def empty(databases, worker, tmp_path):
    """A deployment that has nothing yet."""
    name = f"gis_{worker}_empty_{next(_numbers)}"
    databases.cluster.ensure_database(name)
    engine = connect(databases.url(name))
    yield backup.Deployment(engine, databases.cluster.binaries(), tmp_path / "other")
    engine.dispose()
    with databases.admin() as conn:
        conn.execute(sql.SQL("drop database {} with (force)").format(sql.Identifier(name)))


def _altered(file, **members: bytes):
    """A copy of a backup in which some members are others."""
    out = file.with_name("altered.tar")
    with tarfile.open(file) as old, tarfile.open(out, "w") as new:
        for member in old:
            body = members.get(member.name.split(".")[0], old.extractfile(member).read())
            member.size = len(body)
            new.addfile(member, io.BytesIO(body))
    return out


def test_what_is_restored_is_what_was_backed_up_and_works(office, empty, tmp_path):
    token = admit(office.engine, "robot", (Grant(Role.ANALYST, "14"),))
    file = tmp_path / "b.tar"
    made = backup.make(office, file)
    assert file.stat().st_mode & 0o077 == 0
    assert [path.name for path in tmp_path.glob("b.tar*")] == ["b.tar"]
    assert made.tables["well"][0] == 2
    assert made.files == 1
    assert backup.restore(empty, file) == made == backup.about(file)
    assert (empty.home / COG).read_bytes() == b"a raster"
    assert not (empty.home / "logs").exists()
    with office.engine.connect() as one, empty.engine.connect() as other:
        for statement in ("select * from gis.well_zone order by 1, 2",
                          "select * from gis.finding order by finding_id",
                          "select * from gis.change order by change_id"):  # fmt: skip
            was = one.execute(text(statement)).all()
            assert was
            assert other.execute(text(statement)).all() == was
    # rights, history, incidence and audits go on from there
    assert signing.of_token(empty.engine, token).caller.name == "robot"
    with seeing(empty.engine, Caller("x", (Grant(Role.INSPECTOR, "140302"),))) as conn:
        assert conn.execute(text("select code from gis.well")).scalars().all() == ["W1"]
    with empty.engine.connect() as conn:
        leakproof = "select proleakproof from pg_proc where proname = 'geometry_overlaps'"
        assert conn.execute(text(leakproof)).scalar_one()
    done = audit.run(empty.engine, registry.load(), audit.Scope(), actor="test")
    assert (done.counts["opened"], done.counts["closed"]) == (0, {})
    with writing(empty.engine, "test") as conn:
        conn.execute(text("update gis.well set geom = st_translate(geom, 1, 0) where code = 'W1'"))
        inside = (
            "select count(*) from gis.well_zone z join gis.well w using (well_id) where code = 'W1'"
        )
        assert conn.execute(text(inside)).scalar_one() == 0
        kept = "select count(*) from gis.change where table_name = 'well' and op = 'update'"
        assert conn.execute(text(kept)).scalar_one() == 1


def test_a_backup_is_of_one_moment_whoever_writes(office, empty, tmp_path):
    done = threading.Event()

    def write():
        for n in count():
            if done.is_set():
                return
            with writing(office.engine, "test") as conn:
                add_well(conn, f"N{n}", n, 0)

    writer = threading.Thread(target=write)
    writer.start()
    try:
        made = backup.make(office, tmp_path / "b.tar")
    finally:
        done.set()
        writer.join()
    backup.restore(empty, tmp_path / "b.tar")
    with empty.engine.connect() as conn:
        wells, changes = (
            conn.execute(text(f"select count(*) from gis.{name}")).scalar_one()
            for name in ("well", "change where table_name = 'well'")
        )
    assert wells == changes == made.tables["well"][0]


def test_an_import_committed_meanwhile_takes_nothing_from_a_backup(office, empty, tmp_path):
    staged = office.home / "uploads" / "7.parquet"
    staged.parent.mkdir()
    staged.write_bytes(b"rows that wait")

    def told(zh, en, share):
        if share > 0.5:  # the list of files has been made
            staged.unlink(missing_ok=True)

    made = backup.make(office, tmp_path / "b.tar", told)
    assert made.files == 2
    assert sorted(path.name for path in office.home.iterdir()) == ["logs", "rasters", "uploads"]
    backup.restore(empty, tmp_path / "b.tar")
    assert (empty.home / "uploads" / "7.parquet").read_bytes() == b"rows that wait"


def test_a_file_that_is_not_what_was_backed_up_is_told_by_its_name(office, empty, tmp_path):
    backup.make(office, tmp_path / "b.tar")
    altered = _altered(tmp_path / "b.tar", **{f"files/{COG.partition('.')[0]}": b"another"})
    with pytest.raises(Refused, match=COG):
        backup.restore(empty, altered)


def test_it_is_restored_into_an_empty_database_only(office, tmp_path):
    backup.make(office, tmp_path / "b.tar")
    with pytest.raises(Conflict, match="not empty"):
        backup.restore(office, tmp_path / "b.tar")


def test_what_is_not_what_was_backed_up_is_told_by_its_table(office, empty, tmp_path):
    made = backup.make(office, tmp_path / "b.tar")
    said = {"made_at": made.made_at, "revision": made.revision, "files": 1,
            "tables": {**made.tables, "well": (2, "0" * 16)}}  # fmt: skip
    with pytest.raises(Refused, match=r"do not use it: well\."):
        backup.restore(empty, _altered(tmp_path / "b.tar", about=orjson.dumps(said)))


def test_a_backup_of_a_newer_program_is_refused(office, empty, tmp_path):
    made = backup.make(office, tmp_path / "b.tar")
    said = {"made_at": made.made_at, "revision": "9999", "files": 1, "tables": dict(made.tables)}
    with pytest.raises(UnreadableFile, match="newer program"):
        backup.restore(empty, _altered(tmp_path / "b.tar", about=orjson.dumps(said)))


def test_a_damaged_backup_is_refused_and_leaves_nothing(office, empty, tmp_path):
    file = tmp_path / "b.tar"
    backup.make(office, file)
    whole = file.read_bytes()
    with tarfile.open(file) as tar:
        dump = tar.extractfile(backup.DUMP).read()
    broken = dump[: len(dump) // 2] + bytes(len(dump) - len(dump) // 2)
    for damaged in (broken, b"no dump", dump[:2000], dump[:-500] + bytes(500)):
        with pytest.raises(UnreadableFile, match=r"damaged.*another backup.*pg_restore"):
            backup.restore(empty, _altered(file, database=damaged))
    file.write_bytes(whole[: len(whole) // 3])
    with pytest.raises(UnreadableFile):
        backup.restore(empty, file)
    file.write_bytes(b"")
    with pytest.raises(UnreadableFile):
        backup.restore(empty, file)
    with pytest.raises(UnreadableFile, match="no file"):
        backup.restore(empty, tmp_path / "none.tar")
    with empty.engine.connect() as conn:
        assert conn.execute(text("select to_regnamespace('gis')")).scalar() is None
    assert not (empty.home / COG).exists()


def test_a_schema_whose_dump_could_not_be_read_in_is_refused(office, tmp_path):
    with office.engine.begin() as conn:
        conn.execute(
            text(
                "create or replace function gis.reach(place geometry, metres double precision)"
                " returns geometry language sql immutable as"
                " $$ select st_expand(place, gis.degrees(metres, place)) $$"
            )
        )
    with pytest.raises(Conflict, match="db migrate"):
        backup.make(office, tmp_path / "b.tar")
    assert list(tmp_path.glob("b.tar*")) == []


def test_every_revision_of_ours_is_known():
    assert schema.knows("0001")
    assert not schema.knows("9999")


def test_from_the_console(monkeypatch, tmp_path):
    monkeypatch.delenv("GIS_DATABASE_URL", raising=False)
    gis, file = CliRunner(), str(tmp_path / "nightly.tar")
    homes = [new_home(), new_home()]
    try:
        monkeypatch.setenv("GIS_HOME", str(homes[0]))
        assert gis.invoke(app, ["db", "migrate"]).exit_code == 0
        made = gis.invoke(app, ["users", "add", "wang", "--role", "viewer"])
        assert made.exit_code == 0, made.output
        assert gis.invoke(app, ["db", "backup", file]).exit_code == 0
        proved = gis.invoke(app, ["db", "drill", file])
        assert proved.exit_code == 0, proved.output
        assert "can be restored" in proved.output
        refused = gis.invoke(app, ["db", "restore", file])
        assert refused.exit_code == 1
        monkeypatch.setenv("GIS_HOME", str(homes[1]))
        restored = gis.invoke(app, ["db", "restore", file])
        assert restored.exit_code == 0, restored.output
        assert "wang" in gis.invoke(app, ["users", "list"]).output
    finally:
        for home in homes:
            remove(home)
