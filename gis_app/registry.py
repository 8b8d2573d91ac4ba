"""Finds layers and rules, and checks every cross-reference once, at start."""

import importlib
import importlib.util
import pkgutil
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from types import MappingProxyType, ModuleType
from typing import TypeVar

import layers as layer_files
from gis_app import registers
from gis_app import rules as rule_files
from gis_app.errors import NotFound, ReadOnly, SetupError
from gis_app.export import findings
from gis_app.law import Instrument, Known, Rule
from gis_app.layer import Collection, Layer, Ledger, Register
from gis_app.raster_layer import RasterLayer, by_order
from gis_app.rules import engine
from gis_app.rules.columns import COLUMNS
from gis_app.rules.subjects import SUBJECTS

T = TypeVar("T")


@dataclass(frozen=True, eq=False)  # one is itself, and may be the key of what is kept of it
class Registry:
    """All declarations of a deployment, by id, in drawing order and order of law."""

    layers: Mapping[str, Layer]
    rules: Mapping[str, Rule]
    instruments: Mapping[str, Instrument]
    findings: Ledger
    known: Mapping[str, Known] = field(default_factory=dict)
    registers: Mapping[str, Register] = field(default_factory=dict)
    rasters: Mapping[str, RasterLayer] = field(default_factory=dict)

    @property
    def zone_layers(self) -> list[Layer]:
        """The polygon layers in drawing order."""
        return [layer for layer in self.layers.values() if layer.geometry == "polygon"]

    def layer(self, layer_id: str) -> Layer:
        """The layer of that id. Raises `NotFound`."""
        try:
            return self.layers[layer_id]
        except KeyError:
            known = "、".join(self.layers)
            raise NotFound(
                f"没有图层“{layer_id}”。现有：{known}。",
                f"No layer {layer_id!r}. There are: {', '.join(self.layers)}.",
            ) from None

    def raster(self, layer_id: str) -> RasterLayer:
        """The raster layer of that id, name or alias. Raises `NotFound`."""
        said = layer_id.strip().lower()
        for each in self.rasters.values():
            if said in {word.lower() for word in (each.id, each.zh, each.en, *each.aliases)}:
                return each
        raise NotFound(
            f"没有栅格图层“{layer_id}”。现有：{'、'.join(self.rasters)}。",
            f"No raster layer {layer_id!r}. There are: {', '.join(self.rasters)}.",
        )

    @property
    def served(self) -> dict[str, Collection]:
        """Every collection that is served, by id: layers, registers, findings."""
        return {**self.layers, **self.registers, self.findings.id: self.findings}

    def collection(self, collection_id: str) -> Collection:
        """The served collection of that id. Raises `NotFound`."""
        found = self.served.get(collection_id)
        if collection_id in self.rasters:
            raise NotFound(
                f"“{collection_id}”是栅格图层，没有要素；数值见 /collections/{collection_id}"
                "/position，统计见 …/statistics，图见 …/map/tiles。",
                f"{collection_id!r} is a raster: it has no features. Values are at "
                f"/collections/{collection_id}/position, statistics at …/statistics, pictures at "
                "…/map/tiles.",
            )
        if found is None:
            raise NotFound(
                f"没有集合“{collection_id}”。现有：{'、'.join(self.served)}。",
                f"No collection {collection_id!r}. There are: {', '.join(self.served)}.",
            )
        return found

    def written(self, collection_id: str) -> Layer | Register:
        """The layer or register of that id. Raises `NotFound`, `ReadOnly` for findings."""
        found = self.collection(collection_id)
        if not isinstance(found, Layer | Register):
            raise ReadOnly(
                f"“{found.zh}”由审计写成，不能导入或修改；请运行审计（gis-app audit）。",
                f"{found.id!r} are written by audits alone: run one (gis-app audit).",
            )
        return found

    def instrument(self, instrument_id: str) -> Instrument:
        """The instrument of that id. Raises `NotFound`."""
        try:
            return self.instruments[instrument_id]
        except KeyError:
            raise NotFound(
                f"没有文件“{instrument_id}”。现有：{'、'.join(self.instruments)}。",
                f"No instrument {instrument_id!r}. There are: {', '.join(self.instruments)}.",
            ) from None

    def rules_on(
        self, on: date, instruments: Iterable[str] = (), subject: str | None = None
    ) -> list[Rule]:
        """The rules in force on a day, of the instruments named (none named: of all).

        `subject` takes those only that speak of that subject.
        """
        wanted = {self.instrument(i).id for i in instruments}
        return [
            as_of(rule, on)
            for rule in self.rules.values()
            if rule.in_force(on)
            and (not wanted or rule.instrument.id in wanted)
            and (subject is None or subject in rule.subjects)
        ]


def as_of(rule: Rule, on: date) -> Rule:
    """The rule with the exemptions and questions that were law on a day."""
    exemptions = tuple(e for e in rule.exemptions if e.since is None or e.since <= on)
    questions = tuple(q for q in rule.questions if q.since is None or q.since <= on)
    if (exemptions, questions) == (rule.exemptions, rule.questions):
        return rule
    return replace(rule, exemptions=exemptions, questions=questions)


def load(extra_layers: Path | None = None) -> Registry:
    """The registry of this installation, with the layer files of one more folder if given."""
    modules = [
        importlib.import_module(f"{layer_files.__name__}.{m.name}")
        for m in pkgutil.iter_modules(layer_files.__path__)
    ]
    modules += [_import_file(p) for p in sorted(extra_layers.glob("*.py"))] if extra_layers else []
    documents = [
        importlib.import_module(m.name)
        for m in pkgutil.walk_packages(rule_files.__path__, f"{rule_files.__name__}.")
    ]
    return build(
        (module.LAYER for module in modules),
        (rule for module in documents for rule in engine.rules_of(module)),
        (known for module in documents for known in engine.known_of(module)),
    )


def build(
    declared: Iterable[Layer | RasterLayer], rules: Iterable[Rule], known: Iterable[Known] = ()
) -> Registry:
    """A registry of exactly these declarations. Raises `SetupError` on a broken reference."""
    by_id, rasters = _layers(declared)
    for layer in by_id.values():
        for other in layer.overlaps:
            _known(other, by_id, f"layers/{layer.id}.py: overlaps")
    rules_by_id: dict[str, Rule] = {}
    instruments: dict[str, Instrument] = {}
    for rule in rules:
        _once(rules_by_id, rule.id, rule)
        instruments[rule.instrument.id] = rule.instrument
        _check_reads(rule, by_id)
    known_by_id: dict[str, Known] = {}
    for each in known:
        _once(known_by_id, each.id, each)
    return Registry(
        MappingProxyType(by_id),
        MappingProxyType(rules_by_id),
        MappingProxyType(instruments),
        findings.ledger({each.id: each.tier.value for each in instruments.values()}),
        MappingProxyType(known_by_id),
        MappingProxyType({register.id: register for register in registers.ALL}),
        MappingProxyType(rasters),
    )


def _layers(
    declared: Iterable[Layer | RasterLayer],
) -> tuple[dict[str, Layer], dict[str, RasterLayer]]:
    """Layers of features in drawing order, and rasters as they are listed; no id is used twice."""
    given, once = list(declared), dict[str, object]()
    for each in given:
        _once(once, each.id, each)
    features = [each for each in given if isinstance(each, Layer)]
    features.sort(key=lambda each: (each.order, each.id))
    rasters = by_order(each for each in given if isinstance(each, RasterLayer))
    return {each.id: each for each in features}, {each.id: each for each in rasters}


def _check_reads(rule: Rule, layers: Mapping[str, Layer]) -> None:
    """Every layer, grade and fact that a rule reads is there, for each of its subjects."""
    read = engine.reads(rule)
    for ask in read.asks:
        _known(ask.layer, layers, f"rule {rule.id}")
        if ask.grade is not None:
            _known(ask.grade, layers[ask.layer].grades, f"rule {rule.id}: grade")
    for name in rule.subjects:
        _known(name, SUBJECTS, f"rule {rule.id}: subject")
        for column in read.inputs:
            if column in COLUMNS:
                _known(column, dict.fromkeys(SUBJECTS[name].columns), f"rule {rule.id} ({name})")


def _import_file(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location(f"extra_layers.{path.stem}", path)
    if spec is None or spec.loader is None:
        raise SetupError(f"读不了图层文件 {path}。", f"Cannot read the layer file {path}.")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _once(known: dict[str, T], key: str, value: T) -> None:
    if key in known:
        raise SetupError(f"“{key}”声明了两次。", f"{key!r} is declared twice.")
    known[key] = value


def _known(key: str, known: Mapping[str, object], where: str) -> None:
    if key not in known:
        raise SetupError(f"{where} 指向不存在的“{key}”。", f"{where} points to no {key!r}.")
