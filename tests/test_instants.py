"""A field whose kind is an instant, at every door."""

from datetime import UTC, datetime

import pytest

from gis_app.errors import BadInput
from gis_app.intake.values import parser_of
from gis_app.law import legal_time
from gis_app.layer import Field
from gis_app.store import params

FIELD = Field(name="seen_at", zh="巡查时刻", en="seen at", kind="instant")
MORNING = datetime(2024, 6, 30, 0, 0, tzinfo=UTC)


def test_its_schema_is_that_of_a_date_and_time():
    assert FIELD.json_schema()["type"] == ["string", "null"]
    assert FIELD.json_schema()["format"] == "date-time"


@pytest.mark.parametrize(
    "text", ["2024-06-30T08:00:00", "2024-06-30 08:00", "2024-06-30T00:00:00Z"]
)
def test_it_is_told_by_the_clock_of_china_unless_it_says_another(text):
    assert params.value(FIELD, text) == MORNING
    assert parser_of(FIELD)(text).value == MORNING


def test_it_is_told_by_the_clock_of_china():
    assert legal_time(datetime(2024, 6, 30, 20, 5, tzinfo=UTC)) == "2024-07-01 04:05"


def test_what_is_no_instant_is_refused_and_a_blank_is_unknown():
    with pytest.raises(BadInput):
        params.value(FIELD, "noon")
    assert parser_of(FIELD)("noon").code == "bad_date"
    assert parser_of(FIELD)(" ").value is None
