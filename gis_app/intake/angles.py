"""Degrees as people write them: 113.58, 113°34′48″, 113:34:48, 113-34-48, 东经113度34.8分."""

import unicodedata
from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

_MARKS = str.maketrans(
    {"º": "°", "˚": "°", "度": "°", "′": "'", "’": "'", "‘": "'", "´": "'", "`": "'", "分": "'"}
    | {"″": '"', "”": '"', "“": '"', "秒": '"', "：": ":", "－": "-", "—": "-", "–": "-"}
)
_WORDS = (("东经", "E"), ("西经", "W"), ("北纬", "N"), ("南纬", "S"), ("''", '"'))
_NUMBER = r"(\d{1,3}(?:\.\d+)?)"
_DMS = (
    rf"^([NSEW]?)([+-]?){_NUMBER}(?:°|:|-| |D)"
    r"(?:(\d{1,2}(?:\.\d+)?)(?:'|:|-| |M)?(?:(\d{1,2}(?:\.\d+)?)\"?)?)?([NSEW]?)$"
)
_DECIMAL = r"^([NSEW])?([+-]?\d{1,3}(?:\.\d+)?)([NSEW])?$"


class Angles(NamedTuple):
    """Degrees (NaN where blank or unreadable), and which cells were DMS, and unreadable."""

    degrees: NDArray[np.float64]
    dms: NDArray[np.bool_]
    bad: NDArray[np.bool_]


def parse(texts: pd.Series) -> Angles:
    """The numbers of a coordinate column: plain numbers at once, the rest by pattern."""
    numbers = pd.to_numeric(texts, errors="coerce").to_numpy(dtype="float64", copy=True)
    numbers[~np.isfinite(numbers)] = np.nan
    odd = np.isnan(numbers) & texts.notna().to_numpy()
    dms = np.zeros(len(texts), dtype=bool)
    bad = np.zeros(len(texts), dtype=bool)
    if odd.any():
        plain = _plain(texts[odd].astype(str))
        degrees, sexagesimal = _pattern(plain)
        blank = plain.isin(["", "-", "--", "/", "NULL", "NAN", "NONE", "无"]).to_numpy()
        numbers[odd] = degrees
        dms[odd] = sexagesimal & ~np.isnan(degrees)
        bad[odd] = np.isnan(degrees) & ~blank
    return Angles(numbers, dms, bad)


def marked(text: str) -> str:
    """A text with its marks of degrees, minutes and seconds, and its digits, as a keyboard has."""
    return unicodedata.normalize("NFKC", text.translate(_MARKS))


def _plain(texts: pd.Series) -> pd.Series:
    plain = texts.map(marked)
    for word, mark in _WORDS:
        plain = plain.str.replace(word, mark, regex=False)
    plain = plain.str.strip().str.upper()
    plain = plain.str.replace(r"\s*([°'\":NSEW])\s*", r"\1", regex=True)
    return plain.str.replace(r"\s+", " ", regex=True).str.replace(",", "", regex=False)


def _pattern(plain: pd.Series) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    decimal = plain.str.extract(_DECIMAL)
    parts = plain.str.extract(_DMS)
    degree, minute, second = (_floats(parts[i]) for i in (2, 3, 4))
    sexagesimal = ~np.isnan(degree)
    too_much = (minute >= 60) | (second >= 60) | ((degree % 1 > 0) & ~np.isnan(minute))
    too_much |= (minute % 1 > 0) & ~np.isnan(second)
    total = degree + np.nan_to_num(minute) / 60 + np.nan_to_num(second) / 3600
    total[too_much] = np.nan
    negative = (parts[1] == "-") | parts[0].isin(["S", "W"]) | parts[5].isin(["S", "W"])
    total = np.where(negative.to_numpy(dtype=bool), -total, total)
    plain_decimal = _floats(decimal[1])
    minus = decimal[0].isin(["S", "W"]) | decimal[2].isin(["S", "W"])
    plain_decimal = np.where(minus.to_numpy(dtype=bool), -plain_decimal, plain_decimal)
    return np.where(np.isnan(plain_decimal), total, plain_decimal), sexagesimal


def _floats(texts: pd.Series) -> NDArray[np.float64]:
    return pd.to_numeric(texts, errors="coerce").to_numpy(dtype="float64")


def decimals(texts: pd.Series) -> NDArray[np.int64]:
    """How many digits stand after the point of a plain number; 99 where it is none."""
    found = texts.astype("str").str.strip().str.extract(r"^[+-]?\d+(?:\.(\d+?)0*)?$", expand=False)
    number = pd.to_numeric(texts, errors="coerce").notna()
    return np.where(number, found.fillna("").str.len(), 99).astype(np.int64)
