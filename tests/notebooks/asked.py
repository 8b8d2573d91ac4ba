"""What the tests ask of each notebook: a cell after its last, whose output is JSON."""

ASK = {
    "01_audit_a_county": """
import json
print(json.dumps({
    "run_id": audit.run_id,
    "findings": len(findings),
    "by_answer": findings["answer"].value_counts().to_dict(),
    "must_close": sorted(must_close["subject_code"]),
    "unknown": sorted(set(unknown["subject_code"])),
    "in_coverage": sorted(
        findings.query("rule == 'YQ-03' and answer == 'applies'")["subject_code"]
    ),
    "closures": len(closures),
    "on_map": county_map.counts,
}))
""",
    "02_a_new_zone": """
import json
print(json.dumps({
    "shape": draft.geometry.iloc[0].wkt,
    "inside": trial.wells["inside"],
    "gained": sorted(set(gained.query("rule == 'N-01' and answer == 'applies'")["subject_code"])),
    "on_map": trial_map.counts,
}))
""",
    "03_two_dates": """
import json
print(json.dumps({
    "runs": [one.run_id, other.run_id, later.run_id],
    "opened": len(changes.opened), "closed": len(changes.closed),
    "changed": len(changes.changed), "continued": changes.continued,
    "began": [each["id"] for each in changes.began],
    "zone_new": sorted(set(coming.opened.query("cause == 'zone_new'")["zone_name_after"])),
    "on_map": changes_map.counts,
}))
""",
    "05_a_messy_registry": """
import json
print(json.dumps({
    "batches": [first.batch_id, last.batch_id],
    "rows": {code: len(each) for code, each in rows.items()},
    "wells": len(raw),
    "placed": None if placed is None else len(placed),
}))
""",
    "07_pollution_priority_zones": """
import json
print(json.dumps({
    "batch_id": batch.batch_id,
    "cells": {str(code): count for code, count in done.cells.items()},
    "km2": {str(code): km2 for code, km2 in areas["km2"].items()},
    "drawn": len(drawn),
    "refusal": refusal,
    "digest": done.digest,
}))
""",
}
