"""Every operator against answers worked out by hand, on five wells that fit in the test."""

import pytest

from gis_app.errors import BadInput
from tests.filters.asking import LAW, codes, found
from tests.store.records import record
from tests.world import add_well, at

# code, name, depth, completed, self-supplied, status, remark
WELLS = [
    ("A", "老井", 100.0, "2010-01-01", True, "active", "50% used"),
    ("B", "Straße Σίσυφος", 250.5, "2020-06-30", False, "paused", "a_b"),
    ("C", "O'Brien's", 0.0, None, None, "active", "axb"),
    ("D", "café CAFÉ", None, "2021-01-01", True, None, "c:\\d"),
    ("E", None, -3.0, "2020-07-01", False, "active", None),
]
ALL = "ABCDE"


@pytest.fixture
def wells(conn):
    """The five wells, 100 m apart on a line eastwards."""
    for n, (code, name, depth, completed, own, status, remark) in enumerate(WELLS):
        add_well(
            conn, code, n * 100, 0, name=name, depth_m=depth, completed_on=completed,
            self_supply=own, status=status, remark=remark,
        )  # fmt: skip
    return conn


TEXT = [
    # comparisons, with NULL unknown on both sides of NOT
    ("name = '老井'", "A"),
    ("name <> '老井'", "BCD"),
    ("NOT name <> '老井'", "A"),
    ("depth_m = 100", "A"),
    ("depth_m > 0", "AB"),
    ("depth_m >= 0", "ABC"),
    ("depth_m < -2.5", "E"),
    ("0 <= depth_m", "ABC"),
    ("NOT (depth_m > 0)", "CE"),
    ("depth_m <> 100", "BCE"),
    ("name = 'O''Brien''s'", "C"),
    ("name = 'x'' OR 1=1 --'", ""),
    ("\"name\" = '老井'", "A"),
    # logic
    ("depth_m > 0 AND self_supply", "A"),
    ("depth_m > 200 OR self_supply", "ABD"),
    ("depth_m = 0 OR depth_m > 0 AND self_supply = true", "AC"),
    ("NOT self_supply", "BE"),
    ("self_supply", "AD"),
    ("self_supply = false", "BE"),
    ("true", ALL),
    ("false", ""),
    ("NOT false AND status = 'active'", "ACE"),
    # NULL
    ("depth_m IS NULL", "D"),
    ("depth_m IS NOT NULL", "ABCE"),
    ("self_supply IS NULL OR status IS NULL", "CD"),
    ("geometry IS NULL", ""),
    ("geom IS NOT NULL", ALL),
    # IN, BETWEEN
    ("status IN ('paused', 'active')", "ABCE"),
    ("status NOT IN ('active')", "B"),
    ("depth_m IN (0, 50 + 50)", "AC"),
    ("name IN ('老井', '新井')", "A"),
    ("completed_on IN (DATE('2020-06-30'), DATE('2021-01-01'))", "BD"),
    ("depth_m BETWEEN -3 AND 100", "ACE"),
    ("depth_m NOT BETWEEN 0 AND 100", "BE"),
    ("code BETWEEN 'B' AND 'D'", "BCD"),
    ("completed_on BETWEEN DATE('2020-06-30') AND DATE('2020-07-01')", "BE"),
    # LIKE
    ("name LIKE '老%'", "A"),
    ("name LIKE '_井'", "A"),
    ("name NOT LIKE '%井'", "BCD"),
    ("remark LIKE '50\\% %'", "A"),
    ("remark LIKE 'a_b'", "BC"),
    ("remark LIKE 'a\\_b'", "B"),
    ("remark LIKE 'c:\\\\%'", "D"),
    ("status LIKE 'act%'", "ACE"),
    # case and accents
    ("CASEI(name) = CASEI('STRASSE ΣΊΣΥΦΟΣ')", "B"),
    ("CASEI(name) LIKE CASEI('o''bRIEN%')", "C"),
    ("ACCENTI(name) = ACCENTI('cafe CAFE')", "D"),
    ("ACCENTI(name) = 'cafe CAFE'", "D"),
    ("CASEI(ACCENTI(name)) = CASEI(ACCENTI('CAFE CAFE'))", "D"),
    ("ACCENTI(name) LIKE ACCENTI('café%')", "D"),
    ("ACCENTI(name) = ACCENTI('老井')", "A"),
    ("CASEI(name) IN (CASEI('O''BRIEN''S'), '老井')", "AC"),
    # arithmetic; what is divided by zero is unknown
    ("depth_m * 2 + 1 = 201", "A"),
    ("depth_m - 1 = -1", "C"),
    ("depth_m / 8 = 12.5", "A"),
    ("depth_m div 8 = 12", "A"),
    ("depth_m % 100 = 50.5", "B"),
    ("depth_m ^ 2 = 9", "E"),
    ("-depth_m = 3", "E"),
    ("100 / depth_m = 1", "A"),
    ("100 % depth_m = 0", "A"),
    ("100 div depth_m = 1", "A"),
    ("NOT (100 / depth_m = 1)", "BE"),
    ("uncertainty_m + depth_m IS NULL", "D"),
    # property with property
    ("depth_m = depth_m", "ABCE"),
    ("name < remark", "BC"),
    # days and instants: the day of an instant is the day in China
    ("completed_on < DATE('2020-06-30')", "A"),
    ("completed_on = TIMESTAMP('2020-06-29T16:00:00Z')", "B"),
    ("completed_on > TIMESTAMP('2020-06-30T15:59:59Z')", "DE"),
    ("completed_on > TIMESTAMP('2020-06-30T16:00:00Z')", "D"),
    ("completed_on >= TIMESTAMP('2020-07-01T00:00:00+08:00')", "DE"),
    ("T_AFTER(completed_on, DATE('2020-06-30'))", "DE"),
    ("T_BEFORE(completed_on, TIMESTAMP('2020-06-30T16:00:00Z'))", "AB"),
    ("T_DURING(completed_on, INTERVAL('2020-06-29', '2020-07-02'))", "BE"),
    ("T_INTERSECTS(completed_on, INTERVAL('2020-07-01', '..'))", "DE"),
    ("T_INTERSECTS(completed_on, INTERVAL('..', '..'))", "ABDE"),
    ("T_DISJOINT(completed_on, INTERVAL('2020-07-01', '..'))", "AB"),
    ("T_EQUALS(INTERVAL(completed_on, completed_on), DATE('2021-01-01'))", "D"),
    ("T_STARTS(completed_on, INTERVAL('2020-07-01', '2020-08-01'))", "E"),
]
A = {"property": "depth_m"}
JSON = [
    ({"op": ">", "args": [A, 0]}, "AB"),
    ({"op": "not", "args": [{"op": ">", "args": [A, 0]}]}, "CE"),
    ({"op": "and", "args": [{"property": "self_supply"}, {"op": ">", "args": [A, 0]}]}, "A"),
    ({"op": "or", "args": [True, {"op": "isNull", "args": [A]}]}, ALL),
    ({"op": "between", "args": [A, -3, {"op": "+", "args": [50, 50]}]}, "ACE"),
    ({"op": "in", "args": [{"property": "status"}, ["paused"]]}, "B"),
    ({"op": "like", "args": [{"property": "name"}, "%井"]}, "A"),
    ({"op": "=", "args": [{"property": "completed_on"}, {"date": "2020-07-01"}]}, "E"),
    (
        {"op": "t_during", "args": [{"property": "completed_on"},
                                    {"interval": ["2020-06-29", "2020-07-02"]}]},
        "BE",
    ),
    (
        {"op": "=", "args": [{"op": "casei", "args": [{"property": "name"}]},
                             {"op": "casei", "args": ["o'brien's"]}]},
        "C",
    ),
    (
        {"op": "s_intersects", "args": [{"property": "geometry"},
                                        {"bbox": [*at(-50, -50), *at(150, 50)]}]},
        "AB",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("asked", "want"), [*TEXT, *JSON])
def test_a_filter_leaves_the_wells_it_names(wells, asked, want):
    assert "".join(codes(wells, asked)) == want


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ("depth_m = 'deep'", "depth_m is a number"),
        ("name > 5", "name is text"),
        ("self_supply = 1", "self_supply is a boolean"),
        ("completed_on > '2020-01-01'", "DATE('2024-06-30')"),
        ("depth_m = name", "depth_m is a number"),
        ("depth_m + name = 1", "+ takes a number; property name is text"),
        ("CASEI(depth_m) = 'a'", "CASEI takes text"),
        ("depth_m LIKE '1%'", "LIKE takes text"),
        ("name LIKE code", "a text in single quotes"),
        ("name LIKE 'x\\'", "does not end in one backslash"),
        ("status = 'flying'", "'flying'. It takes: proposed"),
        ("status IN ('active', 'flying')", "'flying'"),
        ("owner_uscc = '1'", "There are: code, name"),
        ("nothing = 1", "no property 'nothing'"),
        ("depth_m", "depth_m is a number and no condition"),
        ("name", "no condition by itself"),
        ("1", "A condition"),
        ("'a'", "A condition"),
        ("depth_m + 1", "A condition"),
        ("(depth_m = 1) = true", "A value"),
        ("depth_m = NULL", "IS NULL"),
        ("geometry = 1", "is a place"),
        ("drop_table(name) = 1", "no operator or function 'drop_table'"),
        ("pg_sleep(5)", "no operator or function 'pg_sleep'"),
        ("A_CONTAINS(name, ('a', 'b'))", "no property is an array"),
        ("completed_on = DATE('2020-02-30')", "no date"),
        ("completed_on = DATE('20200230')", "no date"),
        ("completed_on = TIMESTAMP('noon')", "no instant"),
        ("T_AFTER(depth_m, DATE('2020-01-01'))", "T_AFTER takes a date"),
        ("T_AFTER(completed_on, INTERVAL('2021-01-01', '2020-01-01'))", "after its end"),
        ("T_AFTER(completed_on)", "takes 2 arguments, not 1"),
        ("depth_m > 1e400", "too large"),
        ("depth_m = ", "at its end"),
        ("depth_m = = 2", "character 11"),
        ("", "cannot be read"),
        ({"op": "in", "args": [{"property": "name"}, []]}, "a list of values"),
        ({"op": "and", "args": []}, "'and' takes 2+ arguments"),
        ({"op": "not", "args": [True, True]}, "takes 1 arguments"),
        ({"op": "=", "args": [{"property": "name"}, "a\x00b"]}, "NUL"),
        ({"op": 1, "args": []}, "no cql2-json"),
    ],
)
def test_a_filter_that_is_wrong_says_what_to_do(wells, asked, words):
    with pytest.raises(BadInput) as refused:
        codes(wells, asked)
    assert words in refused.value.en
    assert any("\u4e00" <= sign <= "\u9fff" for sign in refused.value.zh)


def test_what_overflows_in_the_database_is_bad_input_there(engine):
    from gis_app.store.engine import reading

    with pytest.raises(BadInput), reading(engine) as conn:
        codes(conn, "1e300 * 1e300 > 1 OR depth_m = 1")


def test_zone_attributes_are_filtered_by_their_kinds(conn):
    from tests.world import add_zone, square

    layer = LAW.layers["public_supply_coverage"]
    for n, attrs in enumerate(
        [{"capacity_m3d": 500, "can_meet_demand": True}, {"capacity_m3d": 5e4}, {}]
    ):
        add_zone(conn, layer.id, square(n * 500, 0, 400), name=f"Z{n}", attrs=attrs)

    def names(asked):
        return [each["properties"]["name"] for each in found(conn, layer, asked)]

    assert names("capacity_m3d > 1000") == ["Z1"]
    assert names("can_meet_demand") == ["Z0"]
    assert names("capacity_m3d IS NULL") == ["Z2"]
    assert names("valid_from = DATE('2020-01-01') AND version = 1") == ["Z0", "Z1", "Z2"]


def test_records_without_a_place_are_filtered_but_not_by_place(conn):
    record(conn, "permit", number="P1", state="issued", annual_m3=10)
    record(conn, "permit", number="P2", state="expired", annual_m3=20)
    permit = LAW.registers["permit"]
    (one,) = found(conn, permit, "annual_m3 > 15 AND state = 'expired'")
    assert one["properties"]["number"] == "P2"
    with pytest.raises(BadInput, match="keeps no places"):
        found(conn, permit, "S_INTERSECTS(geometry, POINT(113 37))")
