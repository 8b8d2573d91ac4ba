"""Profiles: what they are made of, what they refuse, and what holds of every index."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gis_app.errors import BadInput, NotFound, Refused
from gis_app.zoning import overlay, profile
from gis_app.zoning.index import index, vulnerability
from gis_app.zoning.rating import given as given_ratings
from gis_app.zoning.rating import rate

DRASTIC, EPIK, COP = (profile.load(name) for name in ("DRASTIC-1987", "EPIK", "COP"))
OURS = overlay.load()


def one(ratings):
    return {name: np.array([value], np.float32) for name, value in ratings.items()}


def total(method, ratings):
    return float(index(method, one(ratings))[0])


def test_the_published_setting_7d6_of_ohio_has_the_index_137():
    ratings = dict(zip("DRASTIC", (7, 6, 6, 4, 10, 6, 4), strict=True))
    assert total(DRASTIC, ratings) == 137


def test_the_weights_are_5_4_3_2_1_5_3():
    assert [each.weight for each in DRASTIC.parameters] == [5, 4, 3, 2, 1, 5, 3]
    assert [each.id for each in DRASTIC.parameters] == list("DRASTIC")


def possible(method):
    found = {}
    for each in method.parameters:
        if each.classes:
            found[each.id] = st.integers(*map(int, method.rating_range))
        else:
            found[each.id] = st.sampled_from(each.ratings or each.scores)
    return st.fixed_dictionaries(found)


@given(possible(DRASTIC))
def test_no_drastic_index_is_below_23_or_above_226(ratings):
    assert DRASTIC.range == (23, 226)
    assert 23 <= total(DRASTIC, ratings) <= 226


def test_both_ends_of_the_range_are_reached():
    low = {each.id: each.span(DRASTIC.rating_range)[0] for each in DRASTIC.parameters}
    high = {each.id: each.span(DRASTIC.rating_range)[1] for each in DRASTIC.parameters}
    assert (total(DRASTIC, low), total(DRASTIC, high)) == (23, 226)


@given(possible(DRASTIC), st.sampled_from(list(DRASTIC.by_id)), st.integers(1, 9))
def test_a_higher_rating_never_makes_the_index_lower(ratings, which, more):
    higher = ratings | {which: ratings[which] + more}
    assert total(DRASTIC, higher) > total(DRASTIC, ratings)


@given(possible(DRASTIC), st.sampled_from(list(DRASTIC.by_id)))
def test_no_value_in_one_parameter_is_no_value_in_the_index(ratings, which):
    found = index(DRASTIC, one(ratings | {which: np.nan}))
    assert np.isnan(found[0])
    assert vulnerability(DRASTIC, OURS, found, one(ratings))[0] == overlay.UNKNOWN


@settings(max_examples=200)
@given(st.sampled_from([p for p in DRASTIC.parameters if p.edges]), st.floats(0, 400, width=32))
def test_ratings_are_those_of_the_table_read_row_by_row(parameter, value):
    expected = parameter.ratings[-1]
    for edge, rating in zip(parameter.edges, parameter.ratings, strict=False):
        if value <= np.float32(edge):
            expected = rating
            break
    assert rate(parameter, np.array([value], np.float32))[0] == expected


@pytest.mark.parametrize(
    ("letter", "value", "rating"),
    [("D", 1.524, 10), ("D", 1.5241, 9), ("D", 30.48, 2), ("D", 30.481, 1), ("R", 50.8, 1),
     ("R", 254.0, 8), ("R", 254.1, 9), ("T", 2, 10), ("T", 18, 3), ("C", 4.07, 1), ("C", 81.5, 10)],
)  # fmt: skip
def test_a_value_on_an_edge_takes_the_interval_below(letter, value, rating):
    assert rate(DRASTIC.by_id[letter], np.array([value], np.float32))[0] == rating


@given(possible(EPIK))
def test_epik_lies_between_9_and_34(scores):
    assert EPIK.range == (9, 34)
    assert 9 <= total(EPIK, scores) <= 34


@given(possible(EPIK), possible(EPIK))
def test_in_epik_a_lower_factor_is_never_less_vulnerable(one_, other):
    first, second = sorted((one_, other), key=lambda scores: total(EPIK, scores))
    classes = [
        int(vulnerability(EPIK, OURS, index(EPIK, one(s)), one(s))[0]) for s in (first, second)
    ]
    if total(EPIK, first) < 26 or classes[0] == classes[1]:
        assert classes[0] >= classes[1]


@pytest.mark.parametrize(
    ("scores", "factor", "wanted"),
    [({"E": 1, "P": 1, "I": 1, "K": 1}, 9, 4), ({"E": 1, "P": 4, "I": 3, "K": 1}, 18, 4),
     ({"E": 3, "P": 1, "I": 2, "K": 2}, 20, 3), ({"E": 3, "P": 4, "I": 2, "K": 3}, 25, 3),
     ({"E": 4, "P": 3, "I": 3, "K": 1}, 26, 2), ({"E": 4, "P": 4, "I": 3, "K": 2}, 29, 1),
     ({"E": 4, "P": 4, "I": 4, "K": 3}, 34, 1)],
)  # fmt: skip
def test_low_factors_are_very_vulnerable_and_only_thick_cover_is_low(scores, factor, wanted):
    found = index(EPIK, one(scores))
    assert found[0] == factor
    assert vulnerability(EPIK, OURS, found, one(scores))[0] == wanted


@pytest.mark.parametrize(
    ("value", "wanted"), [(0, 4), (0.5, 4), (0.51, 3), (1, 3), (2, 2), (4, 1), (4.1, 1), (15, 1)]
)
def test_cop_is_the_product_and_low_is_vulnerable(value, wanted):
    scores = one({"C": 0.5, "O": value * 4, "P": 0.5})
    found = index(COP, scores)
    assert found[0] == pytest.approx(value)
    assert vulnerability(COP, OURS, found, scores)[0] == wanted


def test_above_15_cop_classes_nothing():
    scores = one({"C": 1, "O": 15.1, "P": 1})
    assert vulnerability(COP, OURS, index(COP, scores), scores)[0] == overlay.UNKNOWN


def test_the_guide_of_2023_does_not_run_and_says_which_tables_it_lacks():
    with pytest.raises(Refused) as refused:
        profile.load("CN-2023").require_complete()
    for table in ("vulnerability_pore", "vulnerability_karst", "source_load", "function_value",
                  "class_limits"):  # fmt: skip
        assert table in refused.value.en
    assert "岩溶水" in refused.value.zh
    for complete in (DRASTIC, EPIK, COP):
        complete.require_complete()


def test_every_profile_says_where_its_numbers_come_from_and_whether_they_were_checked():
    for name in profile.names():
        sources = profile.load(name).sources
        assert sources
        assert all(each.title and (each.checked or each.remark_zh) for each in sources)
    assert OURS.official is False
    assert "非官方" in OURS.zh


def test_an_unknown_profile_is_refused_with_those_there_are():
    with pytest.raises(NotFound, match="EPIK"):
        profile.load("DRASTIC")


def test_a_rating_or_score_that_no_table_has_is_refused_by_name():
    with pytest.raises(BadInput, match="epikarst"):
        rate(EPIK.by_id["E"], np.array([2], np.float32))
    with pytest.raises(BadInput, match="aquifer media"):
        given_ratings(DRASTIC.by_id["A"], np.array([11], np.float32), DRASTIC)
    with pytest.raises(BadInput, match="depth to water"):
        rate(DRASTIC.by_id["D"], np.array([-3], np.float32))


def test_a_profile_of_ones_own_is_read_from_a_file_and_checked(tmp_path):
    text = (
        'id = "OWN"\nzh = "自定"\nen = "own"\ndated = 2026\ncombine = "sum"\nmore_is = "x"\n'
        '[[parameter]]\nid = "D"\nzh = "埋深"\nen = "depth"\nweight = 1\nunit = "m"\n'
    )
    (tmp_path / "own.toml").write_text(text + "edges = [1, 2]\nratings = [3, 2, 1]\n")
    assert profile.load("own.toml", tmp_path).range == (1, 3)
    (tmp_path / "own.toml").write_text(text + "edges = [2, 1]\nratings = [3, 2, 1]\n")
    with pytest.raises(BadInput, match="ascend"):
        profile.load("own.toml", tmp_path)
