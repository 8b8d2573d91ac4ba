"""Run by QGIS's own Python: read a collection, filter it, draw it and its tiles. Prints JSON.

Arguments: URL of the service, path of a PNG, west, south, east, north.
"""

import json
import os
import sys

from qgis.core import (
    QgsApplication,
    QgsCoordinateReferenceSystem,
    QgsFeatureRequest,
    QgsMapRendererParallelJob,
    QgsMapSettings,
    QgsRectangle,
    QgsVectorLayer,
    QgsVectorTileLayer,
)
from qgis.PyQt.QtCore import QSize
from qgis.PyQt.QtGui import QColor

url, picture, *edges = sys.argv[1:]
QgsApplication.setPrefixPath("/usr", True)
app = QgsApplication([], False)
app.initQgis()

wells = QgsVectorLayer(f"url='{url}' typename='well'", "wells", "OAPIF")
zones = QgsVectorLayer(f"url='{url}' typename='public_supply_coverage'", "zones", "OAPIF")
tiles = QgsVectorTileLayer(
    "type=xyz&zmin=10&zmax=16&url="
    + f"{url}/collections/well/tiles/WebMercatorQuad/{{z}}/{{y}}/{{x}}".replace("&", "%26"),
    "tiles",
)
box = QgsRectangle(*map(float, edges))
boxed = [f["code"] for f in wells.getFeatures(QgsFeatureRequest().setFilterRect(box))]
asked = QgsFeatureRequest().setFilterExpression("\"use\" = 'industry'")
industry = [f["code"] for f in wells.getFeatures(asked)]

settings = QgsMapSettings()
settings.setLayers([wells, zones])
settings.setDestinationCrs(QgsCoordinateReferenceSystem("EPSG:4326"))
settings.setExtent(box)
settings.setOutputSize(QSize(600, 600))
settings.setBackgroundColor(QColor("white"))
job = QgsMapRendererParallelJob(settings)
job.start()
job.waitForFinished()
image = job.renderedImage()
image.save(picture)
told = {
    "valid": [wells.isValid(), zones.isValid(), tiles.isValid()],
    "wells": wells.featureCount(),
    "fields": [f.name() for f in wells.fields()],
    "boxed": sorted(boxed),
    "industry": len(industry),
    "crs": wells.crs().authid(),
}
print(json.dumps(told), flush=True)
os._exit(0)  # QGIS ends in a crash when its layers outlive the application
