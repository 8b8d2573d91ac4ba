"""山西省泉域水资源保护条例: nothing can be cited yet, so nothing fires and there is no case."""

from tests.law.engines import Case

CASES: dict[str, list[Case]] = {}
