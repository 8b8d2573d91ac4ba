"""A plan laid out as work: which inputs, which classes, which outputs."""

from pathlib import Path

import shapely
from rasterio.windows import Window

from gis_app.errors import GisError
from gis_app.intake.read import sha256
from gis_app.raster.burn import Burnt
from gis_app.raster.cog import Kind
from gis_app.zoning import features
from gis_app.zoning.desk import Desk, Reader
from gis_app.zoning.inputs import ask_of, every, opened
from gis_app.zoning.load import Sources, load_on
from gis_app.zoning.overlay import UNKNOWN, Overlay
from gis_app.zoning.plan import Asked, Given, Loads, Plan, Protect
from gis_app.zoning.profile import Parameter, Profile
from gis_app.zoning.rating import Floats, rate
from gis_app.zoning.steps import Output, Work

_SCORES = (1.0, 2.0, 3.0, 4.0, 5.0)
QUALITY = Parameter(id="quality", zh="水质", en="quality", weight=1, scores=_SCORES)
YIELD = Parameter(id="yield", zh="富水性", en="yield", weight=1, scores=_SCORES)
LOAD = Parameter(id="load", zh="污染源荷载", en="source load", weight=1, least=0)
_CLASSES = {n: (f"{n} 级", f"class {n}") for n in (1, 2, 3, 4)} | {
    UNKNOWN: ("不能确定", "cannot be known")
}


def arrange(desk: Desk, asked: Asked, method: Profile, rules: Overlay) -> Work:
    """The work of a plan. What is wrong with it stands in `desk.notices` (level "refuse")."""
    plan = asked.plan
    inputs = every(desk, method, plan.inputs)
    load, function = _load(desk, plan), _function(desk, plan)
    protection = _protection(desk, asked, rules)
    zoned = plan.load is not None and plan.quality is not None and plan.yields is not None
    if not zoned:
        desk.say(
            "warn", "zones", "not_zoned",
            "计划没有 load、quality、yield 三项：只算指数和脆弱性分级，"
            "不划管控类区域（不知道不等于一般区）。",
            "Without load, quality and yield in the plan only index and vulnerability are "
            "computed: no control areas, for unknown is not general.",
        )  # fmt: skip
    return Work(
        grid=desk.grid, profile=method, overlay=rules, inputs=inputs,
        inside=_inside(desk, asked), load=load, function=function, protection=protection,
        keep=plan.keep_inputs, outputs=_outputs(desk.work, plan, method, rules, zoned=zoned),
    )  # fmt: skip


def _inside(desk: Desk, asked: Asked) -> Reader:
    parts = [each for each in shapely.get_parts(desk.grid.project(asked.area)) if not each.is_empty]
    return _burnt(desk, Burnt(parts, [1.0] * len(parts)), 0)


def _burnt(desk: Desk, burnt: Burnt, blank: float) -> Reader:
    return lambda window: burnt.read(desk.grid.part(window), blank)


def _outputs(
    work: Path, plan: Plan, method: Profile, rules: Overlay, *, zoned: bool
) -> dict[str, tuple[Path, Output]]:
    kinds = {
        "index": Kind(title=f"{method.id} 指数 index", kinds=False),
        "vulnerability": Kind(title="脆弱性分级 vulnerability", kinds=True, meanings=_CLASSES),
    }
    if zoned:
        kinds |= {
            "load": Kind(title="荷载分级 load", kinds=True, meanings=_CLASSES),
            "function": Kind(title="功能价值分级 function value", kinds=True, meanings=_CLASSES),
            "zones": Kind(title=f"{plan.name} 重点区 zones", kinds=True, meanings=rules.meanings),
        }
    if plan.keep_inputs:
        for each in method.parameters:
            title, unit = f"{each.zh} {each.en}", each.unit or ""
            kinds[f"input_{each.id}"] = Kind(title=title, kinds=False, unit=unit)
    return {name: (work / f"{name}.plain.tif", Output(kind)) for name, kind in kinds.items()}


def _scored(desk: Desk, parameter: Parameter, said: Given | None) -> Reader | None:
    found = opened(desk, parameter, said) if said is not None else None
    if found is None:
        return None
    return lambda window: rate(parameter, found.values(window))


def _function(desk: Desk, plan: Plan) -> Reader | None:
    """Function value: quality score times yield score (our own structure)."""
    quality, yields = _scored(desk, QUALITY, plan.quality), _scored(desk, YIELD, plan.yields)
    if quality is None or yields is None:
        return None
    return lambda window: quality(window) * yields(window)


def _load(desk: Desk, plan: Plan) -> Reader | None:
    if not isinstance(plan.load, Loads):
        return _scored(desk, LOAD, plan.load)
    try:
        sources = _sources(desk, plan.load)
    except GisError as error:
        desk.say("refuse", "load", "unusable", error.zh, error.en)
        return None

    def load(window: Window) -> Floats:
        return load_on(sources, desk.grid.part(window))

    return load


def _sources(desk: Desk, said: Loads) -> Sources:
    ask = ask_of(desk, said, "load", said.sources)
    frame, shapes = features.opened(ask)
    x, y = features.places(shapes, desk.grid, ask)

    def column(name: str | float) -> features.Doubles:
        return features.numbers(frame, name, ask)

    load = column(said.weight) * column(said.toxicity) * column(said.likelihood)
    desk.lineage["load"] = {"file": ask.path.name, "sha256": sha256(ask.path)}
    reach = column(said.reach_m)
    if (load < 0).any() or (reach < 0).any():
        desk.say("refuse", "load", "negative", f"{ask.path.name} 中有负的荷载或影响半径。",
                 f"{ask.path.name} has a negative load or reach.")  # fmt: skip
    return Sources(x, y, reach, load * column(said.quantity))


def _protection(desk: Desk, asked: Asked, rules: Overlay) -> Reader | None:
    """Codes of protection areas by window, 0 for none; the kind that comes first holds."""
    codes = {each.id: each.code for each in rules.protection}
    order = [each.code for each in rules.protection]
    held = []
    for kind, shape in asked.registered:
        if kind in codes:
            held.append((codes[kind], desk.grid.project(shape)))
        else:
            desk.say("refuse", "registered", "kind_unknown",
                     f"在册的保护区有一处级别为“{kind or '（空）'}”，无法归类；请先补全其级别。",
                     f"A protection area on record has the grade {kind!r}, which is no kind here: "
                     "complete its grade first.")  # fmt: skip
    for said in asked.plan.protection:
        try:
            held += _areas(desk, said, codes)
        except GisError as error:
            desk.say("refuse", said.polygons, "unusable", error.zh, error.en)
    if not held:
        return None
    held.sort(key=lambda each: -order.index(each[0]))  # the later is burnt over the earlier
    shapes = [shape for _, shape in held]
    return _burnt(desk, Burnt(shapes, [float(code) for code, _ in held]), 0)


def _areas(desk: Desk, said: Protect, codes: dict[str, int]) -> list[tuple[int, shapely.Geometry]]:
    ask = ask_of(desk, said, said.polygons, said.polygons)
    frame, shapes = features.opened(ask)
    flat = features.polygons(shapes, desk.grid, ask)
    desk.lineage[f"protection {said.polygons}"] = {
        "file": ask.path.name, "sha256": sha256(ask.path)
    }  # fmt: skip
    if said.kind is not None:
        kinds = [said.kind] * len(flat)
    else:
        told = features.column(frame, str(said.column), ask)
        kinds = [said.classes.get(str(each), str(each)) for each in told]
    strange = sorted(set(kinds) - set(codes))
    if strange:
        listed = ", ".join(codes)
        desk.say(
            "refuse", said.polygons, "kind_unknown",
            f"保护区类别“{'、'.join(strange)}”不认识；有 {listed}。",
            f"No kind of protection is called {', '.join(strange)}: there are {listed}.",
        )  # fmt: skip
        return []
    return [(codes[kind], shape) for kind, shape in zip(kinds, flat, strict=True)]
