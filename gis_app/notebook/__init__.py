"""Maps of an audit for notebooks and papers, without internet.

    from gis_app.notebook import audit_map, audit_plot

    audit_map(audit.findings(), gis.zones("public_supply_coverage")).to_html("map.html")

`audit_map` is interactive (leafmap, MapLibre), `audit_plot` static (matplotlib); both show a well
once, in the gravest class of its findings, in the colours of the web map. They need the extra
`gis-app[notebook]`, and are imported only when called.
"""

from gis_app.notebook.maps import AuditMap, audit_map
from gis_app.notebook.plot import audit_plot

__all__ = ["AuditMap", "audit_map", "audit_plot"]
