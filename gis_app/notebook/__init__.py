"""Maps and reports of an audit for notebooks and papers, without internet.

    from gis_app.notebook import audit_map, audit_plot, closure_report

    audit_map(audit.findings(), gis.zones("public_supply_coverage")).to_html("map.html")
    closure_report(audit.findings(), gis.wells(), gis.zones("district")).save("closures.pdf")

`audit_map` is interactive (leafmap, MapLibre), `audit_plot` static (matplotlib); both show a well
once, in the gravest class of its findings, in the colours of the web map. `closure_report` is a
workbook, a page and a PDF, by county, with its legal basis. They need the extra
`gis-app[notebook]`, which is imported only when it is called for.
"""

from gis_app.notebook.closure import ClosureReport, closure_report
from gis_app.notebook.maps import AuditMap, audit_map
from gis_app.notebook.plot import audit_plot

__all__ = ["AuditMap", "ClosureReport", "audit_map", "audit_plot", "closure_report"]
