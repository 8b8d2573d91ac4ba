"""The life of a zone version: legal steps only, and nobody approves what he wrote, at any door."""

from datetime import date

import psycopg
import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from typer.testing import CliRunner

from gis_app.errors import Conflict
from gis_app.store import zone_life
from gis_app.store.engine import writing
from tests.database import dsn
from tests.edits.given import ZONES, by, drawn, law, made, reviewed, step
from tests.world import add_well, add_zone, square

STATES = ("draft", "in_review", "approved", "withdrawn")
LEGAL = {("draft", "in_review"), ("in_review", "draft"), ("in_review", "approved"),
         ("draft", "withdrawn"), ("in_review", "withdrawn"), ("approved", "withdrawn")}  # fmt: skip


def sign(conn, actor):
    conn.execute(text("select set_config('gis.actor', :a, true)"), {"a": actor})


def sqlstate(conn, statement, **given):
    """The refusal of a statement; None where it is taken. The transaction goes on."""
    with conn.begin_nested() as inner:
        try:
            conn.execute(text(statement), given)
        except DBAPIError as error:
            inner.rollback()
            return error.orig.sqlstate
    return None


def begun(conn, name, status="draft"):
    sign(conn, "甲")
    return add_zone(conn, "prohibited_zone", square(0, 0, 500), name=name, law_status=status)


# --- in the database --------------------------------------------------------------------------


@pytest.mark.parametrize("was", STATES)
@pytest.mark.parametrize("now", STATES)
def test_a_status_follows_another_only_by_a_legal_step(conn, was, now):
    zone = begun(conn, "区", was)
    sign(conn, "乙")
    state = sqlstate(conn, "update gis.zone set law_status = :s where zone_id = :z", s=now, z=zone)
    if was == now == "withdrawn":
        assert state == "GI001"  # what is withdrawn is not touched at all
    elif was == now or (was, now) in LEGAL:
        assert state is None
    else:
        assert state in {"GI001", "GI002"}


APPROVE = "update gis.zone set law_status = 'approved' where zone_id = :z"


def test_whoever_wrote_shape_or_properties_cannot_approve_and_another_can(conn):
    zone = begun(conn, "区")
    sign(conn, "乙")
    conn.execute(text("update gis.zone set name = '改' where zone_id = :z"), {"z": zone})
    sign(conn, "丙")
    conn.execute(text("update gis.zone set valid_from = '2024-05-01' where zone_id = :z"),
                 {"z": zone})  # fmt: skip
    conn.execute(text("update gis.zone set law_status = 'in_review' where zone_id = :z"),
                 {"z": zone})  # fmt: skip
    for author in ("甲", "乙", " 甲 "):
        sign(conn, author)
        assert sqlstate(conn, APPROVE, z=zone) == "GI003"
    sign(conn, "丙")  # who only set the day and sent it on
    assert sqlstate(conn, APPROVE, z=zone) is None


def test_in_review_and_after_approval_nothing_is_rewritten(conn):
    zone = begun(conn, "区")
    sign(conn, "乙")
    conn.execute(text("update gis.zone set law_status = 'in_review' where zone_id = :z"),
                 {"z": zone})  # fmt: skip
    moved = "update gis.zone set geom = st_translate(geom, 0.001, 0) where zone_id = :z"
    assert sqlstate(conn, moved, z=zone) == "GI002"
    both = ("update gis.zone set law_status = 'approved', geom = st_translate(geom, 0.001, 0)"
            " where zone_id = :z")  # fmt: skip
    assert sqlstate(conn, both, z=zone) == "GI002"
    later = (
        "update gis.zone set law_status = 'approved', valid_from = '2199-01-01' where zone_id = :z"
    )
    assert sqlstate(conn, later, z=zone) is None
    assert sqlstate(conn, moved, z=zone) == "GI001"  # approved, though not law yet
    assert sqlstate(conn, "update gis.zone set valid_from = '2020-01-01' where zone_id = :z",
                    z=zone) == "GI001"  # fmt: skip


def test_law_is_not_inserted_but_declared_by_an_import_or_with_a_reason(conn):
    row = ("insert into gis.zone (layer, name, law_status, valid_from, geom) values"
           " ('prohibited_zone', '区', 'approved', '2020-01-01',"
           " st_multi(st_geomfromtext(:wkt, 4490)))")  # fmt: skip
    wkt = square(0, 0, 500).wkt
    assert sqlstate(conn, row, wkt=wkt) == "GI003"
    conn.execute(text("select set_config('gis.declaring', 'on', true)"))
    assert sqlstate(conn, row, wkt=wkt) == "GI003"  # without a reason
    conn.execute(text("select set_config('gis.reason', '晋政发〔2020〕1号', true)"))
    assert sqlstate(conn, row, wkt=wkt) is None
    conn.execute(text("select set_config('gis.declaring', '', true)"))
    conn.execute(text("select set_config('gis.batch_id', '7', true)"))
    assert sqlstate(conn, row, wkt=wkt) is None


def test_a_number_used_again_forgets_who_wrote_what_was_thrown_away(conn):
    zone = begun(conn, "区")
    conn.execute(text("delete from gis.zone where zone_id = :z"), {"z": zone})
    sign(conn, "乙")
    add_zone(conn, "prohibited_zone", square(0, 0, 600), zone_id=zone, law_status="in_review")
    assert sqlstate(conn, APPROVE, z=zone) == "GI003"
    sign(conn, "甲")
    assert sqlstate(conn, APPROVE, z=zone) is None


@pytest.mark.parametrize("since", [date(2020, 1, 1), date(2019, 12, 31)])
def test_the_next_version_is_not_approved_from_a_day_on_which_the_last_was_no_law_yet(conn, since):
    zone = begun(conn, "区", "approved")
    add_zone(conn, "prohibited_zone", square(0, 0, 600), zone_id=zone, version=2, valid_from=None,
             law_status="in_review")  # fmt: skip
    sign(conn, "乙")
    with pytest.raises(Conflict) as told:
        zone_life.take(conn, zone, 2, "approve", since)
    for words in (told.value.zh, told.value.en):
        assert "2020-01-02" in words  # the first day that can be chosen
        assert "daterange" not in words
    zone_life.take(conn, zone, 2, "approve", date(2020, 1, 2))


# --- over HTTP --------------------------------------------------------------------------------


def test_a_draft_is_sent_returned_sent_again_and_approved_by_another(http):
    first = made(http, ZONES, drawn("生命一"), headers=by(http, "甲"))
    assert first.json()["properties"]["law_status"] == "draft"
    path = f"{ZONES}/{first.json()['id']}"
    early = step(http, path, 1, "approve", first.headers["ETag"], "乙")
    assert early.status_code == 409
    assert "送审" in early.json()["detail_zh"]
    sent = step(http, path, 1, "submit", first.headers["ETag"], "甲", reason="请审")
    assert sent.json()["properties"]["law_status"] == "in_review"
    back = step(http, path, 1, "return", sent.headers["ETag"], "乙", reason="边界不清")
    again = step(http, path, 1, "submit", back.headers["ETag"], "甲")
    own = step(http, path, 1, "approve", again.headers["ETag"], "甲")
    assert own.status_code == 403
    assert "起草人不能批准自己的草案" in own.json()["detail_zh"]
    stale = step(http, path, 1, "approve", first.headers["ETag"], "乙")
    assert stale.status_code == 412
    done = step(http, path, 1, "approve", again.headers["ETag"], "乙", reason="同意")
    assert done.status_code == 200, done.text
    assert http.get(path).json()["properties"]["version"] == 1
    (told,) = http.get(f"{path}/versions").json()["versions"]
    assert (told["recorded_by"], told["submitted_by"], told["approved_by"]) == ("甲", "甲", "乙")
    assert (told["law_status"], told["may"], told["declared"]) == ("approved", ["withdraw"], False)
    assert told["reason"] == "同意"
    assert told["area_m2"] == pytest.approx(250_000, rel=0.01)


def test_no_other_door_of_the_service_lets_an_author_approve(http):
    approved = drawn("生命二", law_status="approved")
    assert http.post(ZONES, json=approved, headers=by(http, "甲")).status_code == 403
    first = made(http, ZONES, drawn("生命二", law_status="in_review"), headers=by(http, "甲"))
    path, tag = f"{ZONES}/{first.json()['id']}", first.headers["ETag"]
    patch = {"properties": {"law_status": "approved"}}
    own = http.patch(path, json=patch, headers={**by(http, "甲"), "If-Match": tag})
    assert own.status_code == 403
    put = http.put(path, json=approved, headers={**by(http, "甲"), "If-Match": tag})
    assert put.status_code == 403
    other = http.patch(path, json=patch, headers={**by(http, "乙"), "If-Match": tag})
    assert other.status_code == 200, other.text


def test_a_put_that_says_nothing_of_the_status_leaves_a_draft_a_draft(http):
    first = made(http, ZONES, drawn("生命三"))
    path = f"{ZONES}/{first.json()['id']}"
    put = http.put(path, json=drawn("生命三", 700), headers={"If-Match": first.headers["ETag"]})
    assert put.json()["properties"]["law_status"] == "draft"


def test_two_versions_differ_by_ground_wells_and_properties(http, town):
    with writing(town.engine, "test") as conn:
        add_well(conn, "LIFE-IN", 600, 600)
        add_well(conn, "LIFE-BOTH", 100, 100)
    first = law(http, drawn("生命四"))
    path = f"{ZONES}/{first.json()['id']}"
    wider = drawn("生命四改", 700)
    shown = {**by(http, "甲"), "If-Match": first.headers["ETag"]}
    put = http.put(path, json=wider, headers=shown)
    told = http.get(f"{path}/versions/1/diff/2").json()
    assert told["wells"] == {"in": {"count": 1, "codes": ["LIFE-IN"]},
                             "out": {"count": 0, "codes": []}}  # fmt: skip
    assert told["removed"] is None
    assert told["added"]["type"] == "MultiPolygon"
    assert told["area_m2"][1] - told["area_m2"][0] == pytest.approx(240_000, rel=0.01)
    assert {"name": "name", "before": "生命四", "after": "生命四改"} in told["changed"]
    assert http.get(f"{path}/versions/1/diff/9").status_code == 404
    there = http.get(f"{path}/versions/2")
    assert there.headers["ETag"] == put.headers["ETag"]
    listed = http.get("/drafts").json()["drafts"]
    mine = next(each for each in listed if each["zone_id"] == first.json()["id"])
    assert (mine["version"], mine["law_status"], mine["recorded_by"]) == (2, "draft", "甲")
    page = http.get(f"{path}/versions", headers={"Accept": "text/html"})
    assert "生命四" in page.text
    assert "起草人" in page.text
    assert "生命四改" in http.get("/drafts", params={"f": "html"}).text
    reviewed(http, path, 2, put.headers["ETag"], valid_from="2025-01-01")
    assert [v["version"] for v in http.get(f"{path}/versions").json()["versions"]] == [2, 1]


def test_the_law_is_repealed_from_a_day_by_who_has_seen_it(http):
    first = law(http, drawn("生命五"))
    path = f"{ZONES}/{first.json()['id']}"
    body = {"on": "2025-06-01", "reason": "省政府废止", "past": True}
    assert http.post(f"{path}/repeal", json=body).status_code == 428
    done = http.post(f"{path}/repeal", json=body, headers={"If-Match": first.headers["ETag"]})
    assert done.status_code == 200, done.text
    assert done.json()["properties"]["valid_to"] == "2025-06-01"
    assert http.get(path).status_code == 404
    again = http.post(f"{path}/repeal", json=body, headers={"If-Match": "*"})
    assert again.status_code == 400


def test_the_law_goes_on_where_the_version_that_was_to_follow_it_is_withdrawn_before_its_day(http):
    first = law(http, drawn("生命八", valid_to="2090-01-01"))
    path = f"{ZONES}/{first.json()['id']}"
    put = http.put(path, json=drawn("生命八", 700), headers={"If-Match": first.headers["ETag"]})
    done = reviewed(http, path, 2, put.headers["ETag"], valid_from="2080-01-01")
    assert http.get(path).json()["properties"]["valid_to"] == "2080-01-01"
    gone = step(http, path, 2, "withdraw", done.headers["ETag"], "审批人", reason="误批")
    assert gone.status_code == 200, gone.text
    now = http.get(path)
    assert (now.json()["properties"]["version"], now.json()["properties"]["valid_to"]) == (
        1,
        "2090-01-01",
    )
    again = http.put(path, json=drawn("生命八", 800), headers={"If-Match": now.headers["ETag"]})
    assert again.status_code == 200, again.text
    assert [v["version"] for v in http.get(f"{path}/versions").json()["versions"]] == [3, 2, 1]


def test_a_law_that_somebody_has_repealed_stays_so_whatever_is_withdrawn(http):
    first = law(http, drawn("生命九"))
    path = f"{ZONES}/{first.json()['id']}"
    put = http.put(path, json=drawn("生命九", 700), headers={"If-Match": first.headers["ETag"]})
    done = reviewed(http, path, 2, put.headers["ETag"], valid_from="2080-01-01")
    end = {"on": "2070-01-01", "reason": "废止"}
    early = http.post(f"{path}/repeal", json=end, headers={"If-Match": "*"})
    assert early.status_code == 400
    assert "withdrawing that one" in early.json()["detail_en"]
    step(http, path, 2, "withdraw", done.headers["ETag"], "审批人", reason="误批")
    tag = http.get(path).headers["ETag"]
    ended = http.post(f"{path}/repeal", json=end, headers={"If-Match": tag})
    assert ended.status_code == 200, ended.text
    tag = http.get(path).headers["ETag"]
    put = http.put(path, json=drawn("生命九", 900), headers={"If-Match": tag})
    done = reviewed(http, path, 3, put.headers["ETag"], valid_from="2070-01-01")
    step(http, path, 3, "withdraw", done.headers["ETag"], "审批人", reason="误批")
    assert http.get(path).json()["properties"]["valid_to"] == "2070-01-01"


def test_a_repeal_that_has_not_come_is_set_anew(http):
    first = law(http, drawn("生命十一"))
    path = f"{ZONES}/{first.json()['id']}"

    def repeal(on, **more):
        tag = {"If-Match": http.get(path).headers["ETag"]}
        asked = {"on": on, "reason": "误录日期", **more}
        return http.post(f"{path}/repeal", json=asked, headers=tag)

    for on in ("2070-01-01", "2069-01-01", "2071-01-01"):
        done = repeal(on)
        assert done.status_code == 200, done.text
        assert done.json()["properties"]["valid_to"] == on
    tag = {"If-Match": http.get(path).headers["ETag"]}
    put = http.put(path, json=drawn("生命十一", 700), headers=tag)
    reviewed(http, path, 2, put.headers["ETag"], valid_from="2080-01-01")
    assert repeal("2075-01-01").status_code == 200  # up to where the next version begins
    ended = law(http, drawn("生命十二"))
    path = f"{ZONES}/{ended.json()['id']}"
    unsaid = repeal("2025-06-01")
    assert unsaid.status_code == 400
    assert '"past": true' in unsaid.json()["detail_en"]
    assert http.get(path).json()["properties"]["valid_to"] is None
    assert repeal("2025-06-01", past="yes").status_code == 400
    assert repeal("2025-06-01", past=True).status_code == 200
    late = http.post(f"{path}/repeal", json={"on": "2025-05-01"}, headers={"If-Match": "*"})
    assert late.status_code == 400
    assert "make a new version" in late.json()["detail_en"]
    later = http.post(f"{path}/repeal", json={"on": "2075-05-01"}, headers={"If-Match": "*"})
    assert later.status_code == 400
    assert "ended on 2025-06-01" in later.json()["detail_en"]


def test_a_malformed_step_is_refused_by_name(http):
    first = made(http, ZONES, drawn("生命六"))
    path, tag = f"{ZONES}/{first.json()['id']}", first.headers["ETag"]
    assert step(http, path, 1, "bless", tag, "甲").status_code in {400, 404}
    assert step(http, path, 1, "submit", tag, "甲", because="x").status_code == 400
    assert step(http, path, 9, "submit", "*", "甲").status_code == 404
    assert http.get("/collections/well/items/1/versions").status_code == 400
    assert http.get(f"{ZONES}/999999/versions").status_code == 404


# --- on the command line ----------------------------------------------------------------------


def test_the_command_line_leads_a_version_through_its_life(http, town, monkeypatch):
    from gis_app.cli import app

    address = dsn(town.engine)
    monkeypatch.setenv("GIS_DATABASE_URL", address)
    first = made(http, ZONES, drawn("生命七"), headers=by(http, "甲"))
    zone = str(first.json()["id"])

    def run(*words):
        return CliRunner().invoke(app, ["zone", *words])

    assert run("submit", zone, "1", "--actor", "甲").exit_code == 0
    own = run("approve", zone, "1", "--actor", "甲")
    assert own.exit_code != 0
    assert run("approve", zone, "1", "--actor", "乙").exit_code == 0
    assert "乙" in run("versions", zone).output
    assert "km²" in run("diff", zone, "1", "1").output
    with psycopg.connect(address) as conn:
        found = conn.execute("select law_status from gis.zone where zone_id = %s", (zone,))
        assert found.fetchone() == ("approved",)
