"""Arrow tables → temporary tables by COPY, and what set-based checks of an import ask of them."""

from io import BytesIO
from typing import Any

import pyarrow as pa
import pyarrow.csv as pacsv
from psycopg import sql
from sqlalchemy import Connection, text

from gis_app.store.statements import run

# district pieces are small and indexed; `districts` are those in force today
_INSIDE = """
    select s.row_no, string_agg(distinct coalesce(z.area_code, z.code, z.name), ',') as districts
    from pg_temp.placed s
    join gis.zone_part p on p.live and p.reach && s.geom and st_intersects(p.geom, s.geom)
    join gis.zone z on z.zone_id = p.zone_id and z.version = p.version and z.layer = 'district'
    group by s.row_no
"""
_DISTRICTS = """
    select coalesce(area_code, code, name) as code, name
    from gis.zone
    where layer = 'district' and gis.binds(law_status, valid_from, valid_to, gis.today())
    order by 1
"""
_KNOWN = """
    select s.row_no, w.well_id,
           case when current_setting('gis.bounded', true) is distinct from 'on'
             or gis.holds('{edit_registers}', coalesce(w.area_code, '')) then w.name end as name
    from pg_temp.coded s join gis.well w on w.code = s.code
"""
_KNOWN_ZONES = """
    select s.row_no, string_agg(z.name, '、' order by z.zone_id) as names
    from pg_temp.coded s
    join gis.zone z on z.layer = :layer and z.code = s.code and z.law_status <> 'withdrawn'
    group by s.row_no
"""
# the same ground but for the decimals that a format keeps: boxes first, they cost nothing
_TWINS = """
    select s.row_no, z.name, z.zone_id, z.version
    from pg_temp.placed s
    join gis.zone z on z.geom && s.geom and z.layer = :layer and z.law_status = 'approved'
     and (z.valid_to is null or z.valid_to > gis.today())
     and st_hausdorffdistance(st_envelope(z.geom), st_envelope(s.geom)) < 1e-6
    where st_area(st_symdifference(z.geom, s.geom)) <= 1e-6 * st_area(z.geom)
    order by s.row_no, z.zone_id, z.version
"""
# a row that names another's area is refused for that, with its batch
_BEYOND_GROUND = """
    select s.row_no, b.districts
    from pg_temp.grounded s
    cross join lateral (
      select cast(case when :zones then '{draft,approve}' else '{edit_registers}' end as text[])
    ) h (held)
    cross join lateral gis.beyond_ground(s.geom,
      case when :zones then coalesce(s.boundary_accuracy_m, 10)
           else coalesce(gis.uncertainty_m(s.position_accuracy_m, s.coord_method), 0) end, h.held
    ) b (districts)
    where b.districts is not null and gis.holds(h.held, s.area_code)
    order by s.row_no
"""
# shares ground with zones that bind, will bind or are being drafted; boxes first, by the index
_OVERLAPS = """
    select s.row_no, z.layer, z.name, z.zone_id, a.m2
    from pg_temp.placed s
    join gis.zone z on z.geom && s.geom and z.layer = any (:layers) and z.law_status <> 'withdrawn'
     and (z.valid_to is null or z.valid_to > gis.today())
     and st_intersects(z.geom, s.geom) and not st_touches(z.geom, s.geom)
    cross join lateral (
      select st_area(st_intersection(z.geom, s.geom)::geography) as m2
    ) a
    where a.m2 >= :least_m2
    order by s.row_no, a.m2 desc
"""


def copy_in(conn: Connection, table: str, columns: pa.Table) -> int:
    """Copy an Arrow table into a table with columns of the same names; how many rows went in.

    `table` and the column names come from our own declarations, never from a file.
    """
    names = ", ".join(f'"{name}"' for name in columns.column_names)
    cursor = conn.connection.cursor()
    try:
        with cursor.copy(f"copy {table} ({names}) from stdin (format csv)") as sink:
            for batch in columns.to_batches(max_chunksize=50_000):
                buffer = BytesIO()
                options = pacsv.WriteOptions(include_header=False, quoting_style="all_valid")
                pacsv.write_csv(pa.Table.from_batches([batch]), buffer, options)
                sink.write(buffer.getvalue())
    finally:
        cursor.close()
    return int(columns.num_rows)


def stage_shapes(conn: Connection, columns: pa.Table) -> None:
    """Stage `row_no` and `geom` (hex EWKB) as pg_temp.placed, replacing what was staged before."""
    _fresh(conn, "placed", "row_no bigint, geom geometry(geometry, 4490)")
    copy_in(conn, "pg_temp.placed", columns)
    conn.execute(text("create index on pg_temp.placed using gist (geom)"))
    conn.execute(text("analyze pg_temp.placed"))


def stage_codes(conn: Connection, columns: pa.Table) -> None:
    """Stage `row_no` and `code` as pg_temp.coded."""
    _fresh(conn, "coded", "row_no bigint, code text")
    copy_in(conn, "pg_temp.coded", columns)
    conn.execute(text("analyze pg_temp.coded"))


def stage_like(conn: Connection, name: str, table: str, columns: pa.Table) -> None:
    """Stage `row_no`, `change_id` if given, and columns of a table of ours as pg_temp.<name>."""
    own = [c for c in columns.column_names if c not in {"row_no", "change_id"}]
    names = sql.SQL(", ").join(sql.Identifier(c) for c in own)
    conn.execute(text(f"drop table if exists pg_temp.{name}"))
    statement = sql.SQL(
        "create temp table {} on commit drop as"
        " select 0::bigint as row_no, 0::bigint as change_id, {} from {} with no data"
    )
    run(conn, statement.format(sql.Identifier(name), names, sql.Identifier("gis", table)))
    copy_in(conn, f"pg_temp.{name}", columns)
    conn.execute(text(f"analyze pg_temp.{name}"))


def _fresh(conn: Connection, name: str, columns: str) -> None:
    conn.execute(text(f"drop table if exists pg_temp.{name}"))
    conn.execute(text(f"create temp table {name} ({columns}) on commit drop"))


def districts(conn: Connection) -> dict[str, str]:
    """The names of the districts in force, by code."""
    return {row.code: row.name for row in conn.execute(text(_DISTRICTS))}


def districts_at(conn: Connection) -> dict[int, str]:
    """For each staged shape that touches districts in force: their codes, comma-separated."""
    return {row.row_no: row.districts for row in conn.execute(text(_INSIDE))}


def bounded(conn: Connection) -> bool:
    """Whether who writes in this transaction is bound to areas."""
    return bool(conn.execute(text("select current_setting('gis.bounded', true) = 'on'")).scalar())


def beyond_ground(conn: Connection, columns: pa.Table, *, zones: bool) -> dict[int, str]:
    """Rows (`row_no`, `geom`, `area_code`, accuracies) on ground of districts where the caller
    holds no right, with the codes of those.
    """
    _fresh(
        conn,
        "grounded",
        "row_no bigint, geom geometry(geometry, 4490), area_code text, "
        "boundary_accuracy_m double precision, "
        "position_accuracy_m double precision, coord_method text",
    )
    copy_in(conn, "pg_temp.grounded", columns)
    found = conn.execute(text(_BEYOND_GROUND), {"zones": zones})
    return {row.row_no: row.districts for row in found}


def known_wells(conn: Connection) -> dict[int, str | None]:
    """The staged rows whose code is in the register, with the name of a well he may write."""
    return {row.row_no: row.name for row in conn.execute(text(_KNOWN))}


def known_zones(conn: Connection, layer: str) -> dict[int, str]:
    """The staged rows whose code a zone of the layer has, with the names of those zones."""
    return {row.row_no: row.names for row in conn.execute(text(_KNOWN_ZONES), {"layer": layer})}


def twins(conn: Connection, layer: str) -> list[dict[str, Any]]:
    """Staged shapes that are the ground of a zone of a layer that is law or will be, to a
    millionth: row_no, name, zone_id, version.
    """
    return [dict(row) for row in conn.execute(text(_TWINS), {"layer": layer}).mappings()]


def overlaps(conn: Connection, layers: list[str], least_m2: float) -> list[dict[str, Any]]:
    """Staged shapes that share ground with zones of these layers: row_no, layer, name, m2."""
    given = {"layers": layers, "least_m2": least_m2}
    return [dict(row) for row in conn.execute(text(_OVERLAPS), given).mappings()]
