"""The impact of a draft as the JSON that the map reads."""

from typing import Any

import shapely

from gis_app.crs import area_m2
from gis_app.flags import flag_of
from gis_app.impact import Impact, Row, Shared
from gis_app.intake.borders import Flaw
from gis_app.intake.draft import Fault
from gis_app.intake.geometry import perimeter_m
from gis_app.layer import Overlap
from gis_app.registry import Registry
from gis_app.report.told import brief

_MU_M2 = 2000 / 3  # a 亩


def answer(told: Impact, law: Registry) -> dict[str, Any]:
    """Everything there is to say of a draft; of one that cannot be law only why."""
    head = {"on": told.on.isoformat(), "problems": [_problem(each) for each in told.problems]}
    if told.problems:
        return head
    figures, gained, lost = told.figures, dict[str, int](), dict[str, int]()
    for (was, now), count in told.flags.items():
        gained[now] = gained.get(now, 0) + count
        lost[was] = lost.get(was, 0) + count
    return {
        **head,
        **_sizes(told),
        "wells": dict(told.wells),
        "findings": [dict(row) for row in told.findings],
        "flags": {"gained": gained, "lost": lost},
        "permits": figures["permits"],
        "permitted_m3": figures["permitted_m3"],
        "reported_m3": figures["reported_m3"],
        "people": None,
        "without_replacement": figures["without_replacement"],
        "known": {
            "permitted_m3": figures["permitted_m3_known"],
            "reported_m3": figures["reported_m3_known"],
            "without_replacement": figures["without_replacement_known"],
        },
        "overlaps": [_overlap(each) for each in told.overlaps],
        "gaps": [_flaw(each) for each in told.gaps],
        "slivers": [_flaw(each) for each in told.slivers],
        "unknown": list(told.unknown),
        **({} if told.moved is None else {"moved": [_moved(row, law) for row in told.moved]}),
    }


def _moved(row: Row, law: Registry) -> dict[str, Any]:
    """A finding gained or lost, with its words and its class on the map."""
    own = ("subject", "subject_code", "area_code", "change", "clause", "lon", "lat")
    flag = flag_of(row["answer"], row["verdict"])
    return {**{name: row[name] for name in own}, "flag": flag, **brief(row, law)}


def _sizes(told: Impact) -> dict[str, float]:
    size = area_m2(told.shape)
    return {
        "area_m2": size,
        "area_km2": size / 1e6,
        "area_mu": size / _MU_M2,
        "perimeter_m": perimeter_m(told.shape),
    }


def _problem(fault: Fault) -> dict[str, Any]:
    words = {"code": fault.code, "zh": fault.words.zh, "en": fault.words.en}
    return {**words, "place": None if fault.place is None else list(fault.place)}


def _overlap(each: Shared) -> dict[str, Any]:
    # what is only warned of may be: the map shows it as allowed, and says that it is doubtful
    warned = each.policy is Overlap.WARNED
    policy = Overlap.ALLOWED if warned else each.policy
    geometry = shapely.geometry.mapping(each.shape)
    return {**each.zone, "policy": policy.value, "warned": warned, "geometry": geometry}


def _flaw(each: Flaw) -> dict[str, Any]:
    return {
        "between": list(each.between),
        "area_m2": each.area_m2,
        "geometry": shapely.geometry.mapping(each.shape),
        "remedy": {"zh": each.remedy.zh, "en": each.remedy.en},
    }
