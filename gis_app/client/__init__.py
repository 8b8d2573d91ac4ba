"""The analysts' wing: the service as GeoDataFrames.

    from gis_app.client import Client

    gis = Client("http://127.0.0.1:8000")
    audit = gis.audit(area="140302")
    gis.export(audit.findings(answer="applies"), "closures.xlsx")

Light: HTTP and pandas, no server package. Frames are in EPSG:4490 (CGCS2000), units stand in the
column names, what you hand in is never changed, and every error says the way out.
"""

from gis_app.client.audits import AuditResult
from gis_app.client.client import Client
from gis_app.client.imports import ImportPreview
from gis_app.client.verdict import Verdict

__all__ = ["AuditResult", "Client", "ImportPreview", "Verdict"]
