"""Run by the Python that has QGIS: prints as JSON what QGIS makes of the layers of a file; knows nothing of geo."""

import json
import os
import sys
from typing import Any

from qgis.core import (
    Qgis,
    QgsApplication,
    QgsDateTimeRange,
    QgsExpression,
    QgsExpressionContext,
    QgsExpressionContextUtils,
    QgsFeatureRequest,
    QgsMapRendererCustomPainterJob,
    QgsMapSettings,
    QgsProject,
    QgsTemporalUtils,
    QgsVectorLayer,
    QgsVectorLayerTemporalContext,
)
from qgis.PyQt.QtCore import QDate, QDateTime, QSize, QTime
from qgis.PyQt.QtGui import QColor, QImage, QPainter


def moment(year: int) -> Any:
    return QDateTime(QDate(year, 1, 1), QTime(0, 0))


def drawn(layer: Any, years: list[int] | None) -> int:
    """Return the number of pixels that a layer colours on a white sheet."""
    settings = QgsMapSettings()
    settings.setLayers([layer])
    settings.setDestinationCrs(layer.crs())
    settings.setBackgroundColor(QColor(255, 255, 255))
    settings.setOutputSize(QSize(300, 200))
    extent = layer.extent()
    extent.grow(1)  # degrees: that of one point has no size
    settings.setExtent(extent)
    if years:
        settings.setIsTemporal(True)
        settings.setTemporalRange(QgsDateTimeRange(moment(years[0]), moment(years[1] + 1), True, False))
    image = QImage(300, 200, QImage.Format_RGB32)
    image.fill(QColor(255, 255, 255))
    painter = QPainter(image)
    job = QgsMapRendererCustomPainterJob(settings, painter)
    job.renderSynchronously()
    painter.end()
    white = QColor(255, 255, 255).rgb()
    return sum(image.pixel(x, y) != white for x in range(300) for y in range(200))


def selected(layer: Any, years: list[int]) -> list[str]:
    """Return the ids of the features that QGIS's temporal controller shows in a period."""
    context = QgsVectorLayerTemporalContext()
    context.setLayer(layer)
    period = QgsDateTimeRange(moment(years[0]), moment(years[1] + 1), True, False)
    chosen = layer.temporalProperties().createFilterString(context, period)
    return sorted(f["id"] for f in layer.getFeatures(QgsFeatureRequest().setFilterExpression(chosen)))


def tip(layer: Any) -> list[str]:
    tips = []
    for feature in layer.getFeatures():
        # A context owns its scopes.
        context = QgsExpressionContext(QgsExpressionContextUtils.globalProjectLayerScopes(layer))
        context.setFeature(feature)
        tips.append(QgsExpression.replaceExpressionText(layer.mapTipTemplate(), context))
    return tips


def about(path: str, name: str, periods: list[list[int]]) -> dict[str, Any]:
    layer = QgsVectorLayer(f"{path}|layername={name}", name, "ogr")
    QgsProject.instance().addMapLayer(layer, False)
    styled = layer.loadDefaultStyle()[1]
    labeling = layer.labeling()
    settings = labeling.settings() if labeling else None
    told: dict[str, Any] = {
        "valid": layer.isValid(),
        "styled": styled,
        "features": layer.featureCount(),
        "fields": {field.name(): [field.typeName(), field.alias()] for field in layer.fields()},
        "tips": tip(layer) if layer.mapTipTemplate() else [],
        "label": settings.fieldName if settings and layer.labelsEnabled() else None,
        "temporal": layer.temporalProperties().isActive(),
    }
    if renderer := layer.renderer():
        told["renderer"] = renderer.type()
        told["pixels"] = drawn(layer, None)
    if told["temporal"]:
        told["years"] = {f"{first}-{last}": selected(layer, [first, last]) for first, last in periods}
    return told


def main() -> None:
    path, layers, periods = sys.argv[1], json.loads(sys.argv[2]), json.loads(sys.argv[3])
    application = QgsApplication([], False)
    application.initQgis()
    told = {name: about(path, name, periods) for name in layers}
    whole = QgsTemporalUtils.calculateTemporalRangeForProject(QgsProject.instance())
    span = [end.toString("yyyy-MM-dd") for end in (whole.begin(), whole.end())]
    print(json.dumps({"version": Qgis.QGIS_VERSION, "layers": told, "span": span}), flush=True)  # noqa: T201
    # Python's end deletes what QGIS still owns.
    os._exit(0)


main()
