"""What each thing placed by hand is there to show: code → rule → answer; nothing = no finding.

Worked out by hand from the words of the law and from what the registers say of it (its remark).
"""

A, I, E = "applies", "indeterminate", "exempt"  # noqa: E741

# whether a permit is held, and until when, nobody has said
UNDATED = {"N-23": I, "N-24": I}
# a well without permit and with a reason to need none
NO_NEED = {"N-21": E, "YQ-08": E}
# the same where it is a 自备井 in the county listed as of the Yellow River basin
BASIN = {"N-21-YR": E, "YQ-02": E, **NO_NEED}
UNLICENSED = {"N-21": A, "YQ-08": A}
BY_POWER = {"N-17": E, "N-17-WPR": E, "N-51": E}
NEW_BY_POWER = {"N-16": I, "N-17-WPR": E, "N-51": E}
# at work or shut, nobody has said
NO_STATUS = {"N-28": I, "N-48": I, "YQ-10": I}

NUMBERED = {
    "示例宾馆自备井": {"YQ-03": A},
    "示例水厂1号水源井": {},
    "示例商场自备井": {"YQ-03": A},
    "示例城区应急备用井": {"YQ-03": E},
    "示例印染厂旧井": {"YQ-03": A, "N-28": A},
    "示例酒厂封存井": {},
    "示例老厂自备井": {},
    "示例东湾机械厂自备井": {},
    "示例园区自备井": {},
    "示例机械厂自备井": {"YQ-03": I},
    "示例面粉厂自备井": {"YQ-03": I},
    "示例洗浴中心井": {"YQ-03": I},
    "示例职工医院井": {"YQ-03": I, **NO_STATUS},
    "示例铸造厂自备井": {"YQ-03": I},
    "示例化工厂自备井": {"YQ-02": A, **UNLICENSED},
    "示例砖厂自备井": {"YQ-02": I, "N-21": I, "YQ-08": I, "N-22": I, "N-27": I, **UNDATED},
    "示例农户家用井": {"YQ-02": I, "N-21": I, "YQ-08": I, "N-17": I, "N-17-WPR": I},
    "示例焦化厂监测井": {"YQ-02": E, **NO_NEED},
    "示例铝厂自备井": {},
    "示例水峪村旧机井": {},
    "示例水峪村替代井": {"YQ-01": A},
    "示例岭后村替代井": {},
    "示例地下水新监测井": {"YQ-01": I, **NO_NEED},
    "示例果品厂拟建井": {"YQ-01": A},
    "示例下湾村机井": {"YQ-01": I},
    "示例河滩村新机井": {"YQ-01": I},
    "示例东沟村饮水井": {"N-01": A},
    "示例超采区监测孔": {"N-01": E, **NO_NEED},
    "示例隧道疏干井": {"N-01": E},
    "示例抢险取水井": {"N-01": I, "N-04": A, "N-48": A},
    "示例消防取水井": {"N-01": I},
    "示例西沟村机井": {"N-01": I, **NO_STATUS},
    "示例泉头村封存井": {},
    "示例水泥厂自备井": {"N-03": A},
    "示例陶瓷厂自备井": {"N-03": A},
    "示例造纸厂自备井": {"N-03": A},
    "示例坡头村新机井": {"N-03": A},
    "示例限采区监测井": {"N-03": E, **NO_NEED},
    "示例玻璃厂自备井": {"N-01": I, "N-03": I},
}

WELLS = {
    "SL-OK-1": {},
    "SL-N16-1": {"N-16": A, "N-17-WPR": A, "YQ-08": A},
    "SL-N16-2": {"N-16": E, "N-17-WPR": E, **NO_NEED},
    "SL-N16-3": NEW_BY_POWER,
    "SL-N17-1": {"N-17": A, "N-17-WPR": A, "YQ-08": A},
    "SL-N17-2": {"N-17": A, "N-17-WPR": A, "YQ-08": A},
    "SL-N17-3": {"N-17": E, "N-17-WPR": E, **NO_NEED},
    "SL-N17-4": {**BY_POWER, "N-18": A},  # one of a village's wells, which take much together
    "SL-N18-1": {"N-18": A},
    "SL-N18-2": {"N-18": I},
    "SL-N19-1": {"N-18": A, "N-19": A, "N-19-YR": A},
    "SL-N19-2": {"N-18": A, "N-19": I, "N-19-YR": I},
    "SL-N20-1": {"N-20": A, "N-20-WPR": A},
    "SL-N20YR-1": {"N-20": A, "N-20-WPR": A, "N-20-YR": A},
    "SL-N51-1": {"N-51": A, "N-17": A, "N-17-WPR": A, "YQ-08": A},
    "SL-N51-2": BY_POWER,
    "SL-N51-3": {"N-51": I, "N-17": I, "N-17-WPR": I, "YQ-08": I},
    "SL-YQ07-1": {"YQ-07": A},
    "SL-YQ07-2": {},
    "SL-N21-1": {"N-21-YR": A, "YQ-02": A, **UNLICENSED},
    "SL-N21-2": BASIN,
    "SL-N21-3": BASIN,
    "SL-N21-4": BASIN,
    "SL-N21-5": BASIN,
    "SL-N21-6": BASIN,
    "SL-N21-7": {"N-21": I, "N-21-YR": I, "YQ-02": I, "YQ-08": I},
    "SL-N21-8": {"YQ-02": A},
    "SL-YQ02-1": {"YQ-02": E},
    "SL-N22-1": {"N-22": A, "N-22-YR": A},
    "SL-N22-2": {"N-22": A},
    "SL-N22-3": {"N-22": A},
    "SL-N22-4": {"N-22": A},
    "SL-N22-5": {"N-22": A},
    "SL-N22-6": {"N-22": I},
    "SL-N23-1": {"N-23": A},
    "SL-N23-2": {"N-23": E},
    "SL-N24-1": {"N-24": A},
    "SL-N24-2": {},
    "SL-N25-1": {"N-25": A},
    "SL-N25-2": {"N-25": E},
    "SL-N26-1": {"N-26": A},
    "SL-N27-1": {"N-27": A},
    "SL-N30-1": {"N-30": A, **NO_NEED},
    "SL-N30-2": {"N-30": A, **NO_NEED},
    "SL-YQ08-1": {"YQ-08": A},
    "SL-YQ08-2": {"YQ-08": A},
    "SL-YQ08-3": {"YQ-08": A},
    "SL-YQ09-1": {"YQ-09": A, **UNLICENSED},
    "SL-YQ09-2": {"YQ-09": E, **NO_NEED},
    "SL-YQ09-3": {"YQ-09": E, **NO_NEED},
    "SL-YQ09-4": {"YQ-09": I, "N-21": I, "YQ-08": I},
    "SL-YQ09-5": {"YQ-09": E, **NO_NEED},
    "SL-YQ09-6": {"YQ-09": E, **NO_NEED},
    "SL-YQ09-7": {"YQ-09": E, **NO_NEED},
    "SL-N01-1": {"N-01": E},
    "SL-N04-1": {"N-04": A, "N-01": A},
    "SL-N04-2": {"N-04": E, "N-01": E},
    "SL-N04-3": {"N-04": E, "N-01": E},
    "SL-N04-4": {"N-04": E, "N-01": E, **NO_NEED},
    "SL-N04-5": {"N-04": E, "N-03": A},
    "SL-N05-1": {"N-05": A},
    "SL-N05-2": {"N-05": A},
    "SL-N05-3": {"N-05": I},
    "SL-N05-4": {"N-05": I},
    "SL-N05-5": {"N-05": I, **BY_POWER},
    "SL-N05-6": {"N-05": E},
    "SL-N05-7": {"N-05": E},
    "SL-N05-8": {"N-05": E, **NO_NEED},
    "SL-N35-1": {"N-35": A},
    "SL-N35-2": {"N-35": A},
    "SL-N35-3": {},
    "SL-N44-1": {"N-44": A, **NEW_BY_POWER},
    "SL-N44-2": BY_POWER,
    "SL-N45-1": {"N-45": A, "N-18": A, **BY_POWER},
    "SL-N45-2": BY_POWER,
    "SL-N43-1": NO_NEED,
    "SL-N43-2": NO_NEED,
    "SL-N28-1": {"N-28": A},
    "SL-N28-2": {"N-28": A},
    "SL-N29-1": {"N-28": A, "N-29": A},
    "SL-N37-1": {"N-37": A},
    "SL-N37-2": {"N-37": A},
    "SL-N37-3": {},
    "SL-N48-1": {"N-48": A},
    "SL-N48-2": {"N-48": E},
    "SL-YQ06-1": {"YQ-06": A},
    "SL-YQ06-2": {"YQ-06": E},
    "SL-YQ10-1": {"YQ-10": A, **NO_NEED},
    "SL-YQ10-2": {"YQ-10": A, "N-28": A},
}

APPLICATIONS = {
    "SL-SQ-1": {},
    "SL-SQ-2": {},
    "SL-N02-1": {"N-01": A, "N-02": A, "YQ-04": A},
    "SL-N06-1": {"N-06": A, "YQ-04": A},
    "SL-N06-2": {"N-06": A, "YQ-04": A},
    "SL-N06-3": {"N-06": I, "YQ-04": I},
    "SL-N07-1": {"N-03": A, "N-07": A, "YQ-04": A},
    "SL-N07-2": {"N-03": I, "N-07": I, "YQ-04": I},
    "SL-N07-3": {"N-03": E, "N-07": E},
    "SL-N07-4": {"N-03": E, "N-07": E},
    "SL-N07-5": {"N-03": E, "N-07": E},
    "SL-N08-1": {"N-08": A, "YQ-04": A},
    "SL-N09-1": {"N-09": A},
    "SL-N09-2": {"N-09": I},
    "SL-N10-1": {"N-10": A, "YQ-04": A},
    "SL-N11-1": {"N-11": A},
    "SL-N12-1": {"N-12": A},
    "SL-N44A-1": {"N-44-A": A},
    "SL-N44A-2": {"N-44-A": I},
    "SL-N46-1": {"N-46": A},
    "SL-N46-2": {"N-46": E},
    "SL-N47-1": {"N-47": A},
    "SL-N47-2": {"N-47": E},
    "SL-N47-3": {"N-47": I},
    "SL-N49-1": {"N-49": A},
    "SL-N50-1": {"N-50": A, "N-09": I},
    "SL-N52-1": {"N-52": A},
    "SL-YQ01-1": {"YQ-01": A},
    "SL-YQ04-1": {"N-08-STD": A, "YQ-04": A},
    "SL-YQ05-1": {"YQ-05": A},
}

SITES = {
    "SL-CD-1": {},
    "SL-CD-2": {},
    "SL-CD-3": {},
    "SL-N31-1": {"N-31": A},
    "SL-N31-2": {"N-31": A},
    "SL-N32-1": {"N-32": A},
    "SL-N32-2": {"N-32": I},
    "SL-N33-1": {"N-33": A},
    "SL-N34-1": {"N-34": A},
    "SL-N36-1": {"N-36": A},
    "SL-N36-2": {"N-36": E},
    "SL-N38-1": {"N-38": A},
    "SL-N38-2": {"N-38": A},
    "SL-N39-1": {"N-39": A},
    "SL-N40-1": {"N-40": A},
    "SL-N41-1": {"N-41": A},
    "SL-N41-2": {},
    "SL-N42-1": {"N-42": A},
    "SL-N42-2": {"N-42": I},
    "SL-N43-1": {"N-43": A},
    "SL-N43-2": {"N-43": E},
    "SL-N50-2": {"N-50": A},
    "SL-N50-3": {"N-50": I},
}

# by name; the others show nothing
UNITS = {
    "示例平定县第三管理单元": {"N-15": A},
    "示例平定县第四管理单元": {"N-53": A},
    "示例郊区第二管理单元": {"N-53": I},
}
ZONES = {
    "示例城区岩溶水严重超采区": {"N-13": A},
    "示例城区岩溶水一般超采区": {"N-13": A},
    "示例平定裂隙水一般超采区": {"N-13": A},
    "示例盂县孔隙水一般超采区": {"N-13": A},
    "示例采空区地面沉降严重区": {"N-14": A},
}
FILES = {"示例排污口踏勘.kml": {"N-54": A}, "示例地热项目.shp": {"N-54": E}}

# which of the rules that speak of the whole state or of Yangquan the city cannot carry: none
NOT_CARRIED = {
    "长治市的文件": {f"CZ-0{n}" for n in range(1, 8)},
    "内蒙古自治区的条例": {f"IM-0{n}" for n in range(1, 4)},
    "晋城市的文件": {f"JC-{n:02d}" for n in range(1, 13)} | {"JC-01-A"},
    "鄂尔多斯市的文件": {f"ORD-0{n}" for n in range(1, 9)},
    "咸阳市的文件": {f"XY-0{n}" for n in range(1, 5)},
}
# exemptions that nothing in the city can have
NO_LIMIT_SET = "家庭生活等少量取水的省定限额未录入（household_small_take_m3）：只能是不能确定"
NOT_EXEMPT = {
    (rule, "WPR4-2"): NO_LIMIT_SET
    for rule in ("N-16", "N-17", "N-17-WPR", "N-21", "N-21-YR", "YQ-02", "YQ-08", "YQ-09")
}
