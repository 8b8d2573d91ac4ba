"""The registers of oversight: exemptions granted, orders, violations, screens, documents."""

from collections.abc import Mapping
from datetime import date, timedelta

import geopandas as gpd

from gis_app.demo.clerk import Clerk, Records
from gis_app.demo.placing import Row
from gis_app.rules.facts import PLANNED, WORKING

_TERM_DAYS = 330
# an emergency that ended on a Friday, and was filed on the Tuesday after
_ENDED, _FILED = date(2025, 3, 14), date(2025, 3, 18)


def oversight_records(
    clerk: Clerk, zones: Mapping[str, gpd.GeoDataFrame], grants: list[Row]
) -> Records:
    """The rows of exemption_grant, correction_order, violation, screen and document.

    `grants`: those of applications and sites.
    """
    orders = clerk.of_wells("correction_order")
    return {
        "exemption_grant": [*_drainage(clerk), *_kept(clerk), *_by_hand(clerk), *grants],
        "correction_order": [*orders, *_running(clerk)],
        "violation": clerk.of_wells("violation"),
        "screen": _screens(clerk) + clerk.of_wells("screen"),
        "document": _documents(zones, orders),
    }


def _by_hand(clerk: Clerk) -> list[Row]:
    rows = clerk.of_wells("exemption_grant")
    return [{"subject": "well", "subject_code": row.pop("well_code"), **row} for row in rows]


def _drainage(clerk: Clerk) -> list[Row]:
    """A third of the drainage wells have an emergency, or had one and filed it in time."""
    usual = clerk.usual("exemption_grant")
    wells = usual[(usual["use"] == "dewatering") & (usual["status"] == "active")]
    wells = wells[wells["remark"].isna()]
    rows: list[Row] = []
    for code, lot in zip(wells["code"], clerk.lot(len(wells)), strict=True):
        base = {"subject": "well", "subject_code": code, "kind": "engineering_emergency"}
        number = f"示例市水函〔{clerk.on.year}〕临应{len(rows) + 10}号"
        if lot < 0.2:
            until = clerk.on + timedelta(_TERM_DAYS)
            rows.append({**base, "from_on": clerk.ago(90), "until_on": until, "document": number})
        elif lot < 0.35:
            filed = {"filing_state": "filed", "filed_on": _FILED}
            began = _ENDED - timedelta(40)
            rows.append({**base, "from_on": began, "until_on": _ENDED, **filed})
    return rows


def _kept(clerk: Clerk) -> list[Row]:
    """Wells that stand by for emergencies keep their permits though they take nothing."""
    usual = clerk.usual("exemption_grant")
    wells = usual[(usual["status"] == "emergency_only") & usual["permit_number"].notna()]
    return [
        {
            "subject": "well",
            "subject_code": code,
            "kind": "permit_kept",
            "from_on": clerk.ago(400),
            "until_on": clerk.on + timedelta(_TERM_DAYS),
            "document": f"示例市水函〔{clerk.on.year - 1}〕留证{n}号",
        }
        for n, code in enumerate(wells["code"], 1)
    ]


def _running(clerk: Clerk) -> list[Row]:
    """Orders whose term still runs, in every county: to fit a meter, to repair one."""
    usual = clerk.usual("correction_order")
    usual = usual[usual["remark"].isna() & usual["status"].isin(["active", "paused"])]
    bare = usual[(usual["meter_state"] == "none") & (usual["permit_state"] == "held")]
    faulty = usual[usual["meter_state"] == "fault"]
    rows: list[Row] = []
    for kind, wells in (("fit_meter", bare), ("repair_meter", faulty)):
        for code in wells.groupby("area_code", sort=True).head(4)["code"]:
            rows.append({
                "well_code": code,
                "kind": kind,
                "ordered_on": clerk.ago(40),
                "due_on": clerk.on + timedelta(50),
                "document": f"示例市水责改字〔{clerk.on.year}〕{len(rows) + 101:03d}号",
            })  # fmt: skip
    return rows


def _screens(clerk: Clerk) -> list[Row]:
    """One aquifer for nine wells of ten, two of like quality for the tenth."""
    usual = clerk.usual("screen")
    drawn = usual[usual["status"].isin([*PLANNED, *WORKING]) | usual["status"].isna()]
    rows: list[Row] = []
    for well, lot in zip(clerk.rows(drawn), clerk.lot(len(drawn)), strict=True):
        top = well["screen_top_m"] or round((well["depth_m"] or 120.0) * 0.55, 1)
        bottom = well["screen_bottom_m"] or round(top + 0.3 * (well["depth_m"] or 120.0), 1)
        base = {"well_code": well["code"], "quality_class": 3, "polluted": False}
        aquifer = well["aquifer"] or "碎屑岩类裂隙水"
        rows.append({**base, "top_m": top, "bottom_m": bottom, "aquifer": aquifer})
        if lot < 0.1 and well["use"] != "monitoring_test":
            upper = {"top_m": round(top * 0.4, 1), "bottom_m": round(top * 0.7, 1)}
            rows.append({**base, **upper, "aquifer": "松散岩类孔隙水"})
    return rows


def _documents(zones: Mapping[str, gpd.GeoDataFrame], orders: list[Row]) -> list[Row]:
    """Where the zones and the orders are written down."""
    found: dict[str, Row] = {}
    for frame in zones.values():
        for zone in frame.to_dict("records"):
            number = zone["instrument"]
            if number and number not in found:
                found[number] = {
                    "number": number,
                    "title": f"关于划定{zone['name']}等的批复（示例）",
                    "issuer": zone["authority"],
                    "issued_on": zone["valid_from"],
                    "place": "示例市水利局档案室",
                }
    for order in orders:
        found[order["document"]] = {
            "number": order["document"],
            "title": "责令限期改正通知书（示例）",
            "issuer": "示例市水利局",
            "issued_on": order["ordered_on"],
        }
    return list(found.values())
