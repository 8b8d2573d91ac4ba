"""A place as people paste it: two coordinates in one text, read as an import reads two columns."""

import re

import numpy as np
import pandas as pd

from gis_app.intake import angles, coordinates
from gis_app.intake.columns import Columns
from gis_app.intake.crosscheck import Pair

# words that say which of the two it is become letters; nothing else stands in a place
_WORDS = (("东经", "E"), ("西经", "W"), ("北纬", "N"), ("南纬", "S"), ("经度", "E"), ("纬度", "N"),
          ("东", "E"), ("西", "W"), ("北", "N"), ("南", "S"))  # fmt: skip
_PLACE = re.compile(r"[\dNSEW.,;、|:°'\"+\- ]+")
_LABEL = re.compile(r"\b[XY]\s*[=:]?\s*(?=\d)|(?<=[NSEW])\s*[=:]\s*")  # X = 4196481, 经度：113.58
_BETWEEN = re.compile(r"\s*[,;、|]\s*")
_SEAM = re.compile(r" |(?<=[NSEW])(?=.)|(?<=.)(?=[NSEW])")
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_AXIS = {"N": "north", "S": "north", "E": "east", "W": "east"}


def place(text: str) -> tuple[float, float] | None:
    """Longitude and latitude (EPSG:4490) of a text that is a place and nothing else; else None.

    Degrees or 度分秒, or Gauss–Krüger with the zone; longitude first unless letters or sizes say
    otherwise.
    """
    halves = [pair for pair in _halves(_plain(text)) if all(map(_single, pair))]
    alike = [pair for pair in halves if len({len(_NUMBER.findall(half)) for half in pair}) == 1]
    found = {spot for first, second in alike or halves if (spot := _spot(first, second))}
    return found.pop() if len(found) == 1 else None


def _plain(text: str) -> str:
    for word, letter in _WORDS:
        text = text.replace(word, letter)
    plain = " ".join(angles.marked(text).upper().split()).strip("()[] ,;、|")
    return _LABEL.sub("", plain)


def _halves(plain: str) -> list[tuple[str, str]]:
    """The ways to part a text in two: at what stands between, else at any space or letter."""
    if not _PLACE.fullmatch(plain):
        return []
    parts = _BETWEEN.split(plain)
    if len(parts) > 1:
        return [(parts[0], parts[1])] if len(parts) == 2 else []
    return [(plain[: m.start()].strip(), plain[m.end() :].strip()) for m in _SEAM.finditer(plain)]


def _single(half: str) -> bool:
    """Whether a text may be one coordinate: degrees, minutes, seconds, and a letter."""
    return 1 <= len(_NUMBER.findall(half)) <= 3 and len(_axes(half)) <= 1


def _axes(half: str) -> list[str]:
    return [_AXIS[letter] for letter in half if letter in _AXIS]


def _spot(first: str, second: str) -> tuple[float, float] | None:
    one, other = _axes(first), _axes(second)
    if one and one == other:
        return None
    x, y = (second, first) if "north" in one or "east" in other else (first, second)
    pair = Pair("x", "y", "geographic" if one or other else "either")
    found = coordinates.locate(pd.DataFrame({"x": [x], "y": [y]}), Columns((pair,)), None)
    lon, lat = float(found.lon[0]), float(found.lat[0])
    return (lon, lat) if np.isfinite([lon, lat]).all() else None
