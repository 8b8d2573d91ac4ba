"""Made-up names and numbers: everything named says 示例; no credit code belongs to anybody."""

from dataclasses import dataclass, field

from numpy.random import Generator
from stdnum.cn import uscc

_FRONT = "东西南北上下大小前后新古高平石白红青龙松"
_BACK = (
    "河",
    "沟",
    "坪",
    "峪",
    "庄",
    "垴",
    "岭",
    "泉",
    "坡",
    "湾",
    "寨",
    "店",
    "洼",
    "掌",
    "峰",
    "桥",
    "井",
)
_BRAND_1 = "宏鑫泰恒晋兆荣盛润嘉瑞博隆昌永万利华远德"
_BRAND_2 = "源达通丰顺和业兴康宇瑞安诚茂辉祥元发"
_SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗"
_TAIL = ("", "北", "南", "东", "西", "前", "后", "中")

# GB 11714: weights of the organisation code's check digit
_ORG_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)


def place_names(rng: Generator, count: int) -> list[str]:
    """Distinct two- or three-character place names, without 示例 or kind."""
    whole = [a + tail + b for tail in _TAIL for a in _FRONT for b in _BACK if tail != a]
    short = len([1 for a in _FRONT for b in _BACK])
    order = [*rng.permutation(short), *(short + rng.permutation(len(whole) - short))]
    return [whole[i] for i in order[:count]]


def credit_code(rng: Generator, kind: str, area_code: str) -> str:
    """A unified social credit code with valid check digits (GB 32100, GB 11714); synthetic.

    `kind` is its first two signs: 91 enterprise, 12 public institution, 54 village committee.
    """
    serial = "MA" + "".join(str(d) for d in rng.integers(0, 10, 6))
    total = sum(_value(s) * w for s, w in zip(serial, _ORG_WEIGHTS, strict=True))
    check = "0123456789X0"[11 - total % 11]
    body = f"{kind}{area_code}{serial}{check}"
    return body + uscc.calc_check_digit(body)


def _value(sign: str) -> int:
    return int(sign) if sign.isdigit() else ord(sign) - ord("A") + 10


@dataclass
class Owners:
    """Owners as they are named: the same name always has the same credit code.

    `brands` yields each business name once until all are used.
    """

    rng: Generator
    codes: dict[str, str | None] = field(default_factory=dict)
    used: int = 0
    brands: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        every = [a + b for a in _BRAND_1 for b in _BRAND_2 if a != b]
        self.brands = [every[i] for i in self.rng.permutation(len(every))]

    def brand(self) -> str:
        """The next business name."""
        self.used += 1
        return self.brands[(self.used - 1) % len(self.brands)]

    def code(self, owner: str, kind: str | None, area_code: str) -> str | None:
        """The credit code of an owner; None for households and for some that never gave it."""
        if owner not in self.codes:
            given = kind is not None and self.rng.random() > 0.06
            code = credit_code(self.rng, kind, area_code) if kind and given else None
            self.codes[owner] = code
        return self.codes[owner]

    def household(self, village: str) -> str:
        """A household, by village and a surname."""
        self.used += 1
        return (
            f"{village}农户{_SURNAMES[int(self.rng.integers(len(_SURNAMES)))]}某（{self.used:04d}）"
        )


@dataclass
class Permits:
    """Permit numbers as offices wrote them over the years; every serial is given once."""

    rng: Generator
    serials: dict[tuple[str, int], int] = field(default_factory=dict)

    def number(self, area_code: str, year: int) -> str:
        """A number: the old 取水（阳）字 form to 2013, the national form from 2014."""
        area = area_code if self.rng.random() < 0.75 else "140300"
        serial = self.serials.get((area, year), 0) + 1
        if year < 2014:
            serial = self.serials.get(("old", year), 0) + 1
            self.serials["old", year] = serial
            return f"取水（阳）字〔{year}〕第{serial:04d}号"
        self.serials[area, year] = serial
        return f"{'D' if area == area_code else 'C'}{area}G{year}-{serial:04d}"
