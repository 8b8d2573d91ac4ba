"""The plan of a run: which files give which parameter, in a TOML or JSON file a person writes."""

import json
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator
from shapely.geometry.base import BaseGeometry

from gis_app.errors import BadInput, NotFound

Positive = Annotated[float, Field(gt=0)]
FORMS = ("raster", "polygons", "points", "constant", "slope_of", "dem")


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Given(_Strict):
    """Where the values of one parameter come from: exactly one of `FORMS`.

    `raster`: a GeoTIFF. `polygons`: a file of areas whose `column` is the value or its class.
    `points`: places with values in `column` (coordinates in `x`, `y` of a table), interpolated.
    `constant`: one value everywhere, an assumption. `slope_of`: the slope of heights. `dem` with
    `water`: heights less the water table. `classes`: what the file's values are called here.
    `as_rating`: the values are ratings already.
    """

    raster: str | None = None
    polygons: str | None = None
    points: str | None = None
    constant: float | str | None = None
    slope_of: str | None = None
    dem: str | None = None
    water: "Given | None" = None
    unit: str | None = None
    crs: str | None = None
    layer: str | None = None
    column: str | None = None
    x: str | None = None
    y: str | None = None
    encoding: str | None = None
    classes: dict[str, str | float] = Field(default_factory=dict)
    as_rating: bool = False

    @property
    def form(self) -> str:
        """Which of `FORMS` it is."""
        return next(name for name in FORMS if getattr(self, name) is not None)

    @model_validator(mode="after")
    def _one_form(self) -> Self:
        said = [name for name in FORMS if getattr(self, name) is not None]
        if len(said) != 1:
            raise ValueError(f"须恰好写一项 / exactly one of: {', '.join(FORMS)}")
        if (self.water is not None) != (self.dem is not None):
            raise ValueError("dem 与 water 须一起写 / dem and water go together")
        if self.form in {"polygons", "points"} and self.column is None:
            raise ValueError("须写 column（取值的列）/ say which column")
        return self


class Loads(_Strict):
    """Pollution sources: a file of points with the columns of w, T, L, Q and their reach.

    A column that is a number in the plan is the same for all sources.
    """

    sources: str
    toxicity: str | float = "toxicity"
    likelihood: str | float = "likelihood"
    quantity: str | float = "quantity"
    weight: str | float = 1.0
    reach_m: str | float = "reach_m"
    x: str | None = None
    y: str | None = None
    crs: str | None = None
    layer: str | None = None
    encoding: str | None = None


class Protect(_Strict):
    """Areas that override: a file of polygons, all of one `kind` or told apart by `column`."""

    polygons: str
    kind: str | None = None
    column: str | None = None
    classes: dict[str, str] = Field(default_factory=dict)
    crs: str | None = None
    layer: str | None = None
    encoding: str | None = None

    @model_validator(mode="after")
    def _told(self) -> Self:
        if (self.kind is None) == (self.column is None):
            raise ValueError("kind 与 column 须写其一 / kind or column")
        return self


class Plan(_Strict):
    """A run: its name, method, area and inputs. Files are named relative to the plan's folder.

    `min_area_m2`: smaller patches join their largest neighbour. `smooth_cells`: how far a border
    may leave the cells' edges, in cells. `registered`: protection areas of the register count too.
    """

    name: Annotated[str, Field(min_length=1, max_length=80)]
    profile: str
    overlay: str | None = None
    area: str | None = None
    area_file: str | None = None
    area_crs: str | None = None
    cell_m: Positive = 30
    inputs: dict[str, Given]
    load: Loads | Given | None = None
    quality: Given | None = None
    yields: Given | None = Field(default=None, alias="yield")
    protection: tuple[Protect, ...] = ()
    registered: bool = False
    min_area_m2: Annotated[float, Field(ge=0)] = 50_000
    smooth_cells: Annotated[float, Field(ge=0, le=5)] = 1.5
    keep_inputs: bool = False
    workers: Annotated[int, Field(ge=0)] = 0

    @property
    def parameters(self) -> dict[str, Any]:
        """Everything that decides the result, for the lineage: not how many hands work on it."""
        return self.model_dump(mode="json", by_alias=True, exclude={"workers"}, exclude_none=True)


@dataclass(frozen=True)
class Asked:
    """A plan with what it needs: its folder, its area (EPSG:4490), protection areas from
    elsewhere as (kind, shape in EPSG:4490), and the division that its zones are of.
    """

    plan: Plan
    folder: Path
    area: BaseGeometry
    registered: Sequence[tuple[str, BaseGeometry]] = ()
    area_code: str | None = None


def read(path: Path, **changes: Any) -> Plan:
    """The plan of a .toml or .json file; `changes` replace what it says where not None.

    Raises `NotFound`, and `BadInput` naming each place that is wrong.
    """
    if not path.is_file():
        raise NotFound(f"没有计划文件 {path}。", f"There is no plan {path}.")
    try:
        raw = path.read_text(encoding="utf-8-sig")
        told = json.loads(raw) if path.suffix == ".json" else tomllib.loads(raw)
    except (ValueError, UnicodeDecodeError) as error:
        raise BadInput(
            f"计划文件 {path.name} 读不懂：{error}。", f"The plan {path.name} is no TOML: {error}."
        ) from error
    return of(told | {k: v for k, v in changes.items() if v is not None})


def of(told: dict[str, Any]) -> Plan:
    """The plan of a table. Raises `BadInput` naming each place that is wrong."""
    try:
        return Plan.model_validate(told)
    except ValidationError as wrong:
        faults = [
            {"where": ".".join(str(part) for part in each["loc"]), "what": each["msg"]}
            for each in wrong.errors()
        ]
        zh = "；".join(f"{each['where']}：{each['what']}" for each in faults[:5])
        raise BadInput(f"计划有误：{zh}。", f"The plan is wrong: {zh}.", faults) from wrong
