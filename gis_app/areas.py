"""行政区划代码 · division codes: an area is all whose code begins so."""

import re

from gis_app.errors import BadInput


def area_code(said: str, *, blank: bool = False) -> str:
    """The beginning of a division code: 2 to 12 digits, or nothing where it may be `blank`.

    Raises `BadInput` for what is none.
    """
    if blank and said == "":
        return said
    if not isinstance(said, str) or not re.fullmatch(r"[0-9]{2,12}", said):
        raise BadInput(
            f"行政区划代码是 2 至 12 位数字，如 1403 或 140302{'（可空）' if blank else ''}，"
            f"不是“{said}”。",
            f"An area code is 2 to 12 digits, like 1403 or 140302{' (or blank)' if blank else ''}, "
            f"not {said!r}.",
        )
    return said
