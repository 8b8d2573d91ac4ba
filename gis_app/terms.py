"""Controlled vocabularies that layers and registers share: code, words, spellings accepted."""

from gis_app.flags import FLAGS
from gis_app.layer import Choice

STATUS = {
    "proposed": Choice(zh="拟建", en="proposed", aliases=("计划",)),
    "approved": Choice(zh="已批准", en="approved"),
    "under_construction": Choice(zh="在建", en="under construction", aliases=("施工",)),
    "trial": Choice(zh="试运行", en="trial"),
    "active": Choice(zh="在用", en="active", aliases=("正常", "使用", "使用中", "in use")),
    "paused": Choice(zh="停用", en="paused", aliases=("暂停", "闲置", "idle")),
    "emergency_only": Choice(zh="应急备用", en="emergency only", aliases=("备用", "standby")),
    "ordered_to_close": Choice(zh="责令限期关闭", en="ordered to close"),
    "closed": Choice(zh="已关闭", en="closed", aliases=("关停",)),
    "sealed": Choice(zh="已封存", en="sealed", aliases=("封存", "封存备用", "封停")),
    "backfilled": Choice(zh="已回填", en="backfilled", aliases=("封填", "回填", "填埋")),
    "abandoned": Choice(zh="报废未封", en="abandoned, unsealed", aliases=("报废", "废弃")),
    "unfinished": Choice(zh="未建成", en="unfinished"),
    "exploration_done": Choice(zh="勘探任务完成", en="exploration done"),
    "denied": Choice(zh="不予批准", en="denied"),
    "lapsed": Choice(zh="批准已失效", en="approval lapsed"),
}

WELL_TYPE = {
    "tube_well": Choice(zh="管井", en="tube well", aliases=("机井", "机电井")),
    "dug_well": Choice(zh="大口井", en="dug well", aliases=("筒井",)),
    "radial": Choice(zh="辐射井", en="radial well"),
    "gallery": Choice(zh="集水廊道", en="infiltration gallery"),
    "collecting_pool": Choice(zh="集水池", en="collecting pool"),
    "infiltration_channel": Choice(zh="渗渠", en="infiltration channel"),
    "spring_capture": Choice(zh="泉室", en="spring capture", aliases=("泉",)),
    "injection": Choice(zh="回灌井", en="injection well", aliases=("注水井",)),
    "geothermal_pump": Choice(zh="地热取水井", en="geothermal production well"),
    "geothermal_reinject": Choice(zh="地热回灌井", en="geothermal reinjection well"),
    "monitoring": Choice(zh="监测井", en="monitoring well", aliases=("观测井", "监测孔")),
    "exploration": Choice(zh="勘探孔", en="exploration borehole", aliases=("钻孔", "勘探井")),
    "dewatering": Choice(zh="疏干排水井", en="dewatering well", aliases=("降水井",)),
    "emergency_backup": Choice(zh="应急备用井", en="emergency backup well"),
    "public_supply": Choice(zh="公共供水水源井", en="public-supply well", aliases=("水厂井",)),
    "mine_shaft": Choice(zh="矿井", en="mine shaft"),
}

USE = {
    "public_supply": Choice(zh="公共供水", en="public supply", aliases=("城镇供水", "自来水")),
    "domestic_urban": Choice(zh="城镇生活", en="urban domestic", aliases=("城镇生活用水",)),
    "domestic_rural": Choice(
        zh="农村生活", en="rural domestic", aliases=("生活", "乡村生活", "人饮", "农村生活用水")
    ),
    "industry": Choice(zh="工业", en="industry", aliases=("工业生产", "工业用水")),
    "service": Choice(zh="服务业", en="service", aliases=("三产", "商业", "服务业用水")),
    "special_service": Choice(
        zh="特种行业", en="special service", aliases=("洗浴", "洗车", "特种行业用水")
    ),
    "irrigation": Choice(
        zh="农田灌溉",
        en="irrigation",
        aliases=(
            "灌溉",
            "农业灌溉",
            "农业",
            "灌溉用水",
            "农业用水",
            "农田灌溉用水",
            "农业灌溉用水",
        ),
    ),
    "livestock": Choice(
        zh="畜牧", en="livestock", aliases=("养殖", "畜禽", "畜牧用水", "养殖用水")
    ),
    "forestry_grass": Choice(zh="林草", en="forestry and grass", aliases=("林草用水",)),
    "ecology": Choice(zh="生态", en="ecology", aliases=("生态环境", "生态用水", "生态环境用水")),
    "heating_makeup": Choice(zh="供热管网补水", en="heating make-up", aliases=("供热补水",)),
    "waterscape": Choice(zh="城市水景观", en="waterscape"),
    "water_recreation": Choice(zh="水上娱乐", en="water recreation"),
    "snowmaking": Choice(zh="人工造雪", en="snowmaking"),
    "dewatering": Choice(zh="疏干排水", en="dewatering"),
    "monitoring_test": Choice(zh="监测勘探试验", en="monitoring and test", aliases=("监测",)),
    "emergency": Choice(zh="应急", en="emergency", aliases=("应急用水",)),
}

PERMIT_STATE = {
    "held": Choice(zh="有证", en="held", aliases=("是", "已办理", "有", "yes", "true", "1")),
    "none": Choice(zh="无证", en="none", aliases=("否", "未办理", "无", "no", "false", "0")),
    "unknown": Choice(zh="不详", en="unknown", aliases=("未知", "不清楚")),
}

METER_STATE = {
    "none": Choice(zh="未安装", en="none", aliases=("否", "无", "未装", "no")),
    "online": Choice(zh="在线计量", en="online", aliases=("在线", "远传")),
    "offline": Choice(zh="离线计量", en="offline", aliases=("是", "已安装", "有", "水表", "yes")),
    "fault": Choice(zh="故障", en="fault", aliases=("损坏",)),
    "calibration_due": Choice(zh="待检定", en="calibration due"),
    "indirect_kwh": Choice(zh="以电折水", en="by electricity", aliases=("电折水",)),
    "unknown": Choice(zh="不详", en="unknown", aliases=("未知",)),
}

# Where a position came from, with the accuracy assumed when the register gives none (metres).
# Values: domain catalogue C1 (after BC gwells' acquisition codes); ours, to be overridden per well.
COORD_METHOD = {
    "rtk": (Choice(zh="RTK 测量", en="RTK", aliases=("网络RTK", "CORS")), 0.05),
    "total_station": (Choice(zh="全站仪", en="total station"), 0.1),
    "image_1m": (Choice(zh="1 米影像", en="1 m imagery", aliases=("影像",)), 3.0),
    "gnss_handheld": (Choice(zh="手持 GNSS", en="handheld GNSS", aliases=("手持GPS", "GPS")), 10.0),
    "phone": (Choice(zh="手机定位", en="phone", aliases=("手机",)), 15.0),
    "map_5k": (Choice(zh="1:5000 图", en="1:5,000 map"), 20.0),
    "map_10k": (Choice(zh="1:1 万图", en="1:10,000 map"), 30.0),
    "map_50k": (Choice(zh="1:5 万图", en="1:50,000 map"), 200.0),
    "village_centroid": (Choice(zh="村庄中心", en="village centroid"), 1000.0),
    "permit_text": (Choice(zh="许可证文字", en="permit text"), 500.0),
    "unknown": (Choice(zh="不详", en="unknown", aliases=("未知",)), 100.0),
}

EXEMPTION_KIND = {
    "engineering_emergency": Choice(zh="地下工程临时应急取（排）水", en="works emergency"),
    "public_safety_emergency": Choice(zh="公共安全临时应急取水", en="public-safety emergency"),
    "none": Choice(zh="无", en="none", aliases=("否",)),
}

INDUSTRY_CLASS = {
    "thermal_power": Choice(zh="火力发电", en="thermal power", aliases=("火电",)),
    "textile": Choice(zh="纺织", en="textile", aliases=("纺织业",)),
    "petrochemical": Choice(zh="石化", en="petrochemical", aliases=("石油化工",)),
    "chemical": Choice(zh="化工", en="chemical", aliases=("化学工业",)),
    "coal_chemical": Choice(zh="煤化工", en="coal chemical"),
    "steel": Choice(zh="钢铁", en="steel", aliases=("冶炼", "黑色冶炼")),
    "coking": Choice(zh="焦化", en="coking", aliases=("炼焦",)),
    "coal": Choice(zh="煤炭", en="coal", aliases=("采煤", "煤炭开采")),
    "paper": Choice(zh="造纸", en="paper", aliases=("造纸业",)),
    "food": Choice(zh="食品", en="food", aliases=("食品加工",)),
    "fermentation": Choice(zh="发酵", en="fermentation", aliases=("酿造",)),
    "building_materials": Choice(zh="建材", en="building materials"),
    "other": Choice(zh="其他", en="other"),
}
FILING_STATE = {
    "filed": Choice(zh="已备案", en="filed", aliases=("是", "已报送", "yes")),
    "none": Choice(zh="未备案", en="not filed", aliases=("否", "未报送", "no")),
}
AQUIFER_RENEWAL = {
    "normal": Choice(zh="可更新", en="renewable", aliases=("正常",)),
    "hard": Choice(zh="难以更新", en="hard to renew", aliases=("难更新",)),
}
AQUIFER_DEPTH = {
    "shallow": Choice(zh="浅层", en="shallow", aliases=("浅层地下水", "潜水")),
    "deep": Choice(zh="深层", en="deep", aliases=("深层地下水", "深层承压水")),
}
BUILD_TYPE = {
    "new": Choice(zh="新建", en="new"),
    "rebuild": Choice(zh="改建", en="rebuilt"),
    "expand": Choice(zh="扩建", en="expanded"),
    "existing": Choice(zh="已建", en="existing", aliases=("既有", "现有")),
}
RISK_CLASS = {
    "high": Choice(zh="高", en="high", aliases=("高风险",)),
    "medium": Choice(zh="中", en="medium", aliases=("中风险",)),
    "low": Choice(zh="低", en="low", aliases=("低风险",)),
}

# the gravest of a well's open findings, as maps and lists class it
FLAG = {
    **{key: Choice(zh=flag.zh, en=flag.en) for key, flag in FLAGS.items()},
    "unassessed": Choice(zh="未审计", en="not audited"),
}
