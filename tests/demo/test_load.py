from collections import defaultdict
from datetime import date

import pytest
from sqlalchemy import text

from gis_app import audit, registry
from gis_app.demo import load
from gis_app.errors import Conflict
from gis_app.store.engine import writing

# what each hand-placed well is there to show, by name: rule → answer; nothing = no finding
SHOWN = {
    "示例宾馆自备井": {"YQ-03": "applies"},
    "示例水厂1号水源井": {},
    "示例商场自备井": {"YQ-03": "applies"},
    "示例城区应急备用井": {"YQ-03": "exempt"},
    "示例印染厂旧井": {"YQ-03": "applies"},
    "示例酒厂封存井": {},
    "示例老厂自备井": {},
    "示例东湾机械厂自备井": {},
    "示例园区自备井": {},
    "示例机械厂自备井": {"YQ-03": "indeterminate"},
    "示例面粉厂自备井": {"YQ-03": "indeterminate"},
    "示例洗浴中心井": {"YQ-03": "indeterminate"},
    "示例职工医院井": {"YQ-03": "indeterminate"},
    "示例铸造厂自备井": {"YQ-03": "indeterminate"},
    "示例化工厂自备井": {"YQ-02": "applies"},
    "示例砖厂自备井": {"YQ-02": "indeterminate"},
    "示例农户家用井": {"YQ-02": "indeterminate"},
    "示例焦化厂监测井": {"YQ-02": "exempt"},
    "示例铝厂自备井": {},
    "示例水峪村旧机井": {},
    "示例水峪村替代井": {"YQ-01": "applies"},
    "示例岭后村替代井": {},
    "示例地下水新监测井": {"YQ-01": "indeterminate"},
    "示例果品厂拟建井": {"YQ-01": "applies"},
    "示例下湾村机井": {"YQ-01": "indeterminate"},
    "示例河滩村新机井": {"YQ-01": "indeterminate"},
    "示例东沟村饮水井": {"N-01": "applies"},
    "示例超采区监测孔": {"N-01": "exempt"},
    "示例隧道疏干井": {"N-01": "exempt"},
    "示例抢险取水井": {"N-01": "applies"},
    "示例消防取水井": {"N-01": "indeterminate"},
    "示例西沟村机井": {"N-01": "indeterminate"},
    "示例泉头村封存井": {},
    "示例水泥厂自备井": {"N-03": "applies"},
    "示例陶瓷厂自备井": {"N-03": "applies"},
    "示例造纸厂自备井": {"N-03": "applies"},
    "示例坡头村新机井": {"N-03": "applies"},
    "示例限采区监测井": {"N-03": "exempt"},
    "示例玻璃厂自备井": {"N-01": "indeterminate", "N-03": "indeterminate"},
}


def test_a_city_goes_in_whole_and_says_it_is_synthetic(conn, hamlet):
    done = load(conn, hamlet)
    assert done.wells == conn.scalar(text("select count(*) from gis.well")) == 300
    stored = dict(conn.execute(text("select layer, count(*) from gis.zone group by 1")).all())
    assert stored == done.zones == {layer: len(z) for layer, z in hamlet.zones.items()}
    settings = dict(conn.execute(text("select key, value from gis.setting")).all())
    assert settings["synthetic"] is True
    assert (settings["title_zh"], settings["title_en"]) == (
        "示例市地下水区划",
        "Sample City groundwater",
    )


def test_rows_arrive_as_they_left(conn, hamlet):
    load(conn, hamlet)
    row = conn.execute(
        text(
            "select w.*, p.name as owner, p.uscc, st_x(geom) as lon, st_y(geom) as lat"
            " from gis.well w join gis.party p on p.party_id = w.owner_id where code = 'SL-D034'"
        )
    ).one()
    left = hamlet.wells.set_index("code").loc["SL-D034"]
    assert (row.owner, row.uscc) == (left["owner"], left["owner_uscc"])
    assert (row.lon, row.lat) == (left.geometry.x, left.geometry.y)
    assert (row.prior_permitted_m3, row.annual_permitted_m3) == (80_000, 90_000)
    attrs = conn.scalar(text("select attrs from gis.zone where name = '示例娘子关泉域'"))
    assert attrs == {"spring": "示例娘子关泉", "discharge_m3s": 7.2}


def test_loading_twice_changes_nothing(conn, hamlet):
    load(conn, hamlet)
    assert load(conn, hamlet).already
    assert conn.scalar(text("select count(*) from gis.well")) == 300


def test_it_is_not_mixed_with_real_wells_unless_forced(conn, hamlet):
    conn.execute(
        text(
            "insert into gis.well (code, geom)"
            " values ('real-1', st_setsrid(st_point(113.6, 37.9), 4490))"
        )
    )
    with pytest.raises(Conflict, match="--force"):
        load(conn, hamlet)
    assert load(conn, hamlet, force=True).wells == 300


def test_every_well_placed_by_hand_shows_what_it_is_there_to_show(fresh_database, town):
    with writing(fresh_database, actor="demo") as conn:
        load(conn, town)
    scope = audit.Scope(on=date(2026, 11, 20))
    done = audit.run(fresh_database, registry.load(), scope, actor="demo")
    found = audit.findings(fresh_database, done)
    by_hand = town.wells[town.wells["code"].str.startswith("SL-D")]
    names = dict(zip(by_hand["code"], by_hand["name"], strict=True))
    shown: dict[str, dict[str, str]] = {name: {} for name in names.values()}
    answers = defaultdict(set)
    for each in found:
        answers[each["rule"]].add(each["answer"])
        if each["subject_code"] in names:
            shown[names[each["subject_code"]]][each["rule"]] = each["answer"]
    assert shown == SHOWN
    every = {"applies", "indeterminate", "exempt"}
    assert answers["N-01"] == answers["N-03"] == answers["YQ-02"] == answers["YQ-03"] == every
    assert answers["YQ-01"] == every - {"exempt"}
