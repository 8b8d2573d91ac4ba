"""Days as options of commands."""

import pytest
from typer.testing import CliRunner

from gis_app.cli import app


@pytest.mark.parametrize("day", ["9999-12-31", "0001-01-01"])
@pytest.mark.parametrize(
    "words",
    [
        ("explain", "W", "--on"), ("audit", "--on"), ("raster", "list", "--on"),
        ("zone", "approve", "1", "1", "--from"), ("offline", "audit", "folder", "--on"),
        ("law", "set", "x", "1", "--source", "y", "--since"),
    ],
)  # fmt: skip
def test_a_day_too_far_away_is_refused_with_the_range_before_anything_is_done(words, day):
    said = CliRunner().invoke(app, [*words, day])
    assert said.exit_code == 1, said.output
    assert "1800-01-01" in said.stderr
    assert "2200-12-31" in said.stderr
