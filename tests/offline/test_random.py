"""Random wells, zones and registers, blanks and near misses: files and service say the same."""

from datetime import date, timedelta

import numpy as np
import shapely
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection

from gis_app import offline
from gis_app.rules.columns import GRANTS, VIOLATIONS
from layers.well import LAYER as WELL
from tests.offline.both import LAW, differences, files, offline_says, service
from tests.world import add_well, add_zone, at, record

WELLS = 24
ZONED = [layer for layer in LAW.zone_layers if layer.id not in {"district"}]
AREAS = ["140302", "140311", "140421", "150602", "611021", "41", None]


class Dice:
    """A made register, drawn from a seed."""

    def __init__(self, conn: Connection, seed: int, on: date) -> None:
        self.rng = np.random.default_rng(seed)
        self.conn, self.on = conn, on

    def one(self, values):
        """One of some values."""
        return values[int(self.rng.integers(len(values)))]

    def often(self, value, share=0.6):
        """The value, or a blank."""
        return value if self.rng.random() < share else None

    def day(self, back=1500, ahead=500):
        """A day before or after the asked one."""
        return self.on + timedelta(days=int(self.rng.integers(-back, ahead)))

    def amount(self):
        """A volume, small or large."""
        return float(np.round(10 ** self.rng.uniform(2, 6)))

    def value(self, field):
        """A value of a field, or a blank."""
        match field.kind:
            case "choice":
                return self.often(self.one(list(field.choices)), 0.75)
            case "boolean":
                return self.often(bool(self.rng.random() < 0.5), 0.75)
            case "number":
                most = min(field.maximum or 1e6, 1e6)
                return self.often(float(np.round(self.rng.uniform(0, most), 1)))
            case "date":
                return self.often(self.day())
        return None

    def town(self):
        """Zones that overlap, share borders and change; wells near edges; what is recorded."""
        for n in range(12):
            layer = self.one(ZONED)
            east, north = self.rng.integers(-3, 3, 2) * 1000.0
            shape = shapely.box(*at(east, north), *at(east + 1000, north + self.one([1000, 2000])))
            since = self.day(3000, 200)
            until = self.often(since + timedelta(days=int(self.rng.integers(1, 4000))), 0.3)
            more = {"boundary_accuracy_m": self.one([0.0, 5.0, 50.0]), "name": f"区{n}"}
            if layer.grades:
                more["grade"] = self.often(self.one(list(layer.grades)), 0.8)
            more["area_code"] = self.often(self.one(["1403", "140302", "15"]), 0.3)
            zone = add_zone(self.conn, layer.id, shape, valid_from=since, valid_to=until, **more)
            if until is not None and self.rng.random() < 0.6:  # another version goes on from there
                later = shapely.box(*at(east, north), *at(east + 1500, north + 1500))
                add_zone(
                    self.conn, layer.id, later, zone_id=zone, version=2, valid_from=until, **more
                )
        add_zone(self.conn, "district", shapely.box(*at(-3000, -3000), *at(0, 3000)), name="区",
                 area_code="140302", boundary_accuracy_m=20.0)  # fmt: skip
        codes = [self.well(n) for n in range(WELLS)]
        for _ in range(30):
            self.recorded(self.one(codes))

    def well(self, n):
        """A well on a grid of lines that zones' borders follow, or some metres beside them."""
        own = [f for f in WELL.fields if f.kind not in {"text", "instant"}]
        drawn = {f.name: self.value(f) for f in own}
        drawn |= {
            "area_code": self.one(AREAS),
            "permit_state": self.one(["held", "none", "unknown"]),
        }
        drawn["position_accuracy_m"] = self.often(self.one([0.0, 3.0, 60.0]), 0.8)
        drawn["permit_number"] = self.often(f"P{self.rng.integers(5)}", 0.3)
        east, north = self.rng.integers(-3, 4, 2) * 1000 + self.rng.choice([0, 2, 40, 500], 2)
        add_well(self.conn, f"W{n:02}", float(east), float(north), **drawn)
        return f"W{n:02}"

    def recorded(self, code):
        """A line in some register about a well."""
        kind = self.one(["meter", "withdrawal", "grant", "permit", "order", "violation", "well"])
        first = self.day(1200, -200)
        later = first + timedelta(days=int(self.rng.integers(20, 500)))
        with self.conn.begin_nested() as saved:
            try:
                self._line(kind, code, first, later)
            except Exception as error:  # the same key twice, or an order of days
                if "psycopg" not in type(error.__cause__).__module__:
                    raise
                saved.rollback()

    def _line(self, kind, code, first, later):
        put, draw = self.conn, self.rng
        permit = f"P{draw.integers(5)}"
        lasts = self.often(later)
        if kind == "meter":
            state, until = self.one(["online", "fault", "calibration_due"]), self.often(later, 0.3)
            record(put, "meter", well_code=code, serial=f"S{draw.integers(3)}", state=state,
                   fitted_on=first, removed_on=until)  # fmt: skip
        elif kind == "withdrawal":
            volume = {"m3" if draw.random() < 0.6 else "kwh": self.amount()}
            year, ends = self.on.year - int(draw.integers(0, 3)), self.one([(6, 30), (12, 31)])
            record(put, "withdrawal", well_code=code, method=self.one(["metered", "billed"]),
                   from_on=date(year, 1, 1), to_on=date(year, *ends), **volume)  # fmt: skip
        elif kind == "grant":
            grant = self.one(list(GRANTS))
            record(put, "exemption_grant", subject="well", subject_code=code, from_on=first,
                   kind=grant, until_on=lasts, document="批复")  # fmt: skip
        elif kind == "permit":
            state = self.one(["issued", "expired", "cancelled", "applied", None])
            place = {"place_lon": 113.6, "place_lat": self.often(37.9)}
            record(put, "permit", number=permit, changed_on=self.often(first), state=state,
                   annual_m3=self.often(self.amount()), valid_to=lasts,
                   place_accuracy_m=self.one([1, 50, 9000]), **place)  # fmt: skip
            record(put, "permit_well", permit_number=permit, well_code=code)
        elif kind == "order":
            order = self.one(["fit_meter", "repair_meter", "close"])
            record(put, "correction_order", well_code=code, ordered_on=first, due_on=later,
                   kind=order)  # fmt: skip
        elif kind == "violation":
            fault = self.one(list(VIOLATIONS))
            record(put, "violation", well_code=code, found_on=first, settled_on=lasts,
                   kind=fault)  # fmt: skip


@settings(
    max_examples=4, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    seed=st.integers(0, 2**32 - 1),
    on=st.sampled_from([date(2022, 6, 1), date(2024, 2, 29), date(2025, 1, 1), date(2026, 10, 1)]),
    anywhere=st.booleans(),
)
def test_whatever_is_in_the_registers(conn, seed, on, anywhere):
    with conn.begin_nested() as saved:
        Dice(conn, seed, on).town()
        theirs = service(conn, on, anywhere=anywhere)
        mine = offline_says(offline.audit(**files(conn), on=on, anywhere=anywhere))
        assert theirs["findings"]
        assert differences(mine, theirs) == []
        saved.rollback()
