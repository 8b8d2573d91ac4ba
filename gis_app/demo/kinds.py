"""What kinds of wells the register holds, in what shares, and what each kind's rows look like.

Shares and medians are ours: chosen to look like a northern karst city whose bureau does its work,
so that most wells are lawful; taken from no register.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

Weights = Mapping[str, float]

IN_USE: Weights = {
    "active": 0.87,
    "paused": 0.06,
    "sealed": 0.04,
    "backfilled": 0.02,
    "abandoned": 0.008,
    "closed": 0.002,
}
FALLOW: Weights = {
    "active": 0.77,
    "paused": 0.1,
    "backfilled": 0.08,
    "sealed": 0.04,
    "abandoned": 0.01,
}
TUBE: Weights = {"tube_well": 0.95, "dug_well": 0.05}
METERED: Weights = {
    "online": 0.5,
    "offline": 0.42,
    "fault": 0.02,
    "calibration_due": 0.03,
    "none": 0.03,
}
BY_POWER: Weights = {"indirect_kwh": 0.8, "offline": 0.15, "none": 0.035, "unknown": 0.015}
UNMETERED: Weights = {"none": 0.75, "offline": 0.22, "unknown": 0.03}
SURVEYED: Weights = {
    "rtk": 0.42,
    "gnss_handheld": 0.3,
    "image_1m": 0.1,
    "total_station": 0.06,
    "phone": 0.06,
    "": 0.06,
}
WALKED: Weights = {
    "gnss_handheld": 0.44,
    "rtk": 0.14,
    "phone": 0.13,
    "map_10k": 0.06,
    "map_50k": 0.05,
    "village_centroid": 0.05,
    "permit_text": 0.02,
    "image_1m": 0.03,
    "unknown": 0.02,
    "": 0.06,
}


@dataclass(frozen=True, kw_only=True)
class Kind:
    """One kind of well: where it stands, whose it is, and the odds of its fields.

    `self_supply`, `held` and `no_permit` are probabilities (what is left of the last two is
    "unknown"); `annual_m3` is median and log-sigma; `deep` is the odds of a karst well, `shallow`
    of one in loose deposits; `trades` are (name, industry) pairs.
    """

    share: float
    place: str
    owner: str
    use: str
    suffix: str
    per_site: float = 1.3
    types: Weights = field(default_factory=lambda: TUBE)
    status: Weights = field(default_factory=lambda: IN_USE)
    self_supply: float = 0.0
    held: float = 0.5
    no_permit: float = 0.3
    annual_m3: tuple[float, float] = (20_000, 0.8)
    deep: float = 0.4
    shallow: float = 0.2
    meter: Weights = field(default_factory=lambda: METERED)
    position: Weights = field(default_factory=lambda: WALKED)
    trades: tuple[tuple[str, str | None], ...] = (("", None),)


INDUSTRY = (
    ("煤业", "煤炭开采和洗选业"),
    ("化工", "化学原料和化学制品制造业"),
    ("耐火材料", "非金属矿物制品业"),
    ("铝业", "有色金属冶炼和压延加工业"),
    ("机械", "通用设备制造业"),
    ("食品", "食品制造业"),
    ("建材", "非金属矿物制品业"),
    ("热电", "电力、热力生产和供应业"),
    ("纺织", "纺织业"),
)
SERVICE = (("宾馆", "住宿业"), ("商贸", "零售业"), ("餐饮", "餐饮业"), ("物流", "道路运输业"))
SPECIAL = (
    ("洗浴", "洗浴服务"),
    ("汽车服务", "洗车服务"),
    ("洗涤", "洗染服务"),
    ("游泳馆", "体育场馆管理"),
)
HOMES = (("小区物业", "物业管理"), ("中学", "教育"), ("医院", "卫生"), ("职工宿舍", "物业管理"))

KINDS: tuple[Kind, ...] = (
    Kind(share=0.385, place="field", owner="village", use="irrigation", suffix="机井", per_site=2.6,
         status=FALLOW, self_supply=0.01, held=0.91, no_permit=0.06, annual_m3=(16_000, 0.6),
         deep=0.1, shallow=0.55, meter=BY_POWER),
    Kind(share=0.045, place="field", owner="household", use="irrigation", suffix="浇地井",
         status=FALLOW, self_supply=0.02, held=0.84, no_permit=0.1, annual_m3=(4000, 0.6), deep=0.0,
         shallow=0.9, meter=BY_POWER, types={"tube_well": 0.6, "dug_well": 0.4}),
    Kind(share=0.165, place="village", owner="village", use="domestic_rural", suffix="饮水井",
         held=0.93, no_permit=0.04, annual_m3=(22_000, 0.6), deep=0.45,
         types={"tube_well": 0.9, "dug_well": 0.07, "spring_capture": 0.03}),
    Kind(share=0.04, place="village", owner="household", use="domestic_rural", suffix="家用井",
         self_supply=0.02, held=0.0, no_permit=0.92, annual_m3=(160, 0.5), deep=0.0, shallow=0.85,
         meter=UNMETERED, types={"dug_well": 0.55, "tube_well": 0.45}),
    Kind(share=0.085, place="park", owner="firm", use="industry", suffix="自备井", per_site=2.1,
         self_supply=0.97, held=0.93, no_permit=0.035, annual_m3=(72_000, 0.8), deep=0.62,
         position=SURVEYED, trades=INDUSTRY),
    Kind(share=0.035, place="urban", owner="firm", use="industry", suffix="自备井", per_site=1.6,
         self_supply=0.97, held=0.91, no_permit=0.05, annual_m3=(48_000, 0.8), deep=0.66,
         position=SURVEYED, trades=INDUSTRY),
    Kind(share=0.038, place="urban", owner="firm", use="service", suffix="自备井", self_supply=0.96,
         held=0.89, no_permit=0.06, annual_m3=(14_000, 0.7), position=SURVEYED, trades=SERVICE),
    Kind(share=0.024, place="urban", owner="firm", use="special_service", suffix="自备井",
         self_supply=0.96, held=0.86, no_permit=0.09, annual_m3=(11_000, 0.6), trades=SPECIAL),
    Kind(share=0.042, place="urban", owner="institution", use="domestic_urban", suffix="自备井",
         self_supply=0.9, held=0.91, no_permit=0.05, annual_m3=(30_000, 0.7), deep=0.6,
         position=SURVEYED, trades=HOMES),
    Kind(share=0.038, place="village", owner="firm", use="livestock", suffix="养殖井",
         self_supply=0.9, held=0.92, no_permit=0.05, annual_m3=(7000, 0.7), deep=0.1, shallow=0.4,
         trades=(("牧业", "畜牧业"), ("禽业", "畜牧业"))),
    Kind(share=0.013, place="well_field", owner="waterworks", use="public_supply", suffix="水源井",
         per_site=9, types={"public_supply": 1.0}, held=0.97, no_permit=0.01, deep=0.85,
         annual_m3=(620_000, 0.4), position=SURVEYED, meter={"online": 0.96, "fault": 0.04}),
    Kind(share=0.012, place="seat", owner="waterworks", use="public_supply", suffix="集中供水井",
         per_site=2, types={"public_supply": 1.0}, held=0.96, no_permit=0.02, deep=0.6,
         annual_m3=(160_000, 0.5), meter=METERED),
    Kind(share=0.03, place="anywhere", owner="bureau", use="monitoring_test", suffix="监测井",
         types={"monitoring": 0.92, "exploration": 0.08}, held=0.0, no_permit=0.98,
         annual_m3=(60, 0.5), position=SURVEYED, status={"active": 0.97, "backfilled": 0.03}),
    Kind(share=0.006, place="park", owner="firm", use="monitoring_test", suffix="监测井",
         types={"monitoring": 1.0}, self_supply=0.6, held=0.0, no_permit=0.97, annual_m3=(40, 0.4),
         position=SURVEYED, status={"active": 1.0}, trades=INDUSTRY[:2]),
    Kind(share=0.007, place="urban", owner="firm", use="heating_makeup", suffix="补水井",
         self_supply=0.9, held=0.93, no_permit=0.04, annual_m3=(60_000, 0.6), deep=0.7,
         trades=(("热力", "电力、热力生产和供应业"),)),
    Kind(share=0.012, place="anywhere", owner="institution", use="forestry_grass", suffix="绿化井",
         self_supply=0.5, held=0.9, no_permit=0.06, annual_m3=(9000, 0.6),
         trades=(("林场", "林业"), ("公园", "公共设施管理业"))),
    Kind(share=0.012, place="mine", owner="firm", use="dewatering", suffix="疏干井", per_site=3.0,
         types={"dewatering": 0.7, "mine_shaft": 0.3}, self_supply=0.5, held=0.92, no_permit=0.03,
         annual_m3=(160_000, 0.6), deep=0.8, meter={"online": 0.97, "calibration_due": 0.03},
         trades=(("煤业", "煤炭开采和洗选业"),)),
    Kind(share=0.006, place="urban", owner="waterworks", use="emergency", suffix="应急备用井",
         types={"emergency_backup": 1.0}, held=0.95, no_permit=0.02, self_supply=0.2, deep=0.8,
         status={"emergency_only": 0.85, "paused": 0.15}, annual_m3=(2000, 0.6), position=SURVEYED),
    Kind(share=0.005, place="urban", owner="firm", use="service", suffix="地热井", self_supply=0.9,
         types={"geothermal_pump": 0.6, "geothermal_reinject": 0.4}, held=0.92, no_permit=0.04,
         annual_m3=(40_000, 0.5), deep=1.0, trades=(("热泵", "热力生产和供应"),)),
)  # fmt: skip
