"""The clerk's desk: what those who fill the registers of the sample city share."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import cast

import numpy as np
import pandas as pd
from numpy.random import Generator
from numpy.typing import NDArray

from gis_app.demo.placing import Deeds, Row

Records = dict[str, list[Row]]
Numbers = NDArray[np.float64]
SAID = "示例数据，由程序生成"


@dataclass(frozen=True)
class Clerk:
    """The wells (columns of their layer, `lon`, `lat`; None is unknown), and what is unusual.

    `on`: the day up to which registers are kept. `deeds`: rows of wells placed by hand, by code.
    """

    rng: Generator
    on: date
    wells: pd.DataFrame
    deeds: Mapping[str, Deeds]

    def rows(self, wells: pd.DataFrame) -> list[Row]:
        """The wells as rows."""
        return cast(list[Row], wells.to_dict("records"))

    def usual(self, register: str) -> pd.DataFrame:
        """The wells of which this register says nothing unusual."""
        own = [code for code, deeds in self.deeds.items() if register in deeds]
        return self.wells[~self.wells["code"].isin(own)]

    def unusual(self, register: str) -> Iterator[tuple[Row, Row]]:
        """Each row by hand of this register, after its well."""
        by_code = self.wells[self.wells["code"].isin(list(self.deeds))].set_index(
            "code", drop=False
        )
        for code, deeds in self.deeds.items():
            for row in deeds.get(register, ()):
                yield cast(Row, dict(by_code.loc[code])), row

    def of_wells(self, register: str) -> list[Row]:
        """The rows by hand of a register about wells."""
        return [{"well_code": well["code"], **row} for well, row in self.unusual(register)]

    def lot(self, count: int) -> Numbers:
        """So many numbers from 0 to 1."""
        return self.rng.random(count)

    def ago(self, days: float) -> date:
        """The day so many days before."""
        return self.on - timedelta(int(days))
