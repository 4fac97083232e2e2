/* Entry point of maps that have only layers of geo; the scripts that folium renders call the global `geo`. */

import { load, t } from "./core/i18n.js";
import { openModel } from "./core/model.js";
import { choroplethLayer } from "./layers/choropleth.js";
import { crossBorderLayer } from "./layers/cross_border.js";
import { drawMap } from "./layers/draw.js";
import { incidentsLayer } from "./layers/incidents.js";
import { baseLayer } from "./layers/land.js";
import { statisticsLayer } from "./layers/statistics.js";
import { strongholdsLayer } from "./layers/strongholds.js";
import { followState, syncLayers } from "./layers/sync.js";

globalThis.geo = Object.assign(globalThis.geo ?? {}, {
  model: openModel,
  draw: drawMap,
  t,
  i18n: { load },
  layers: {
    choropleth: choroplethLayer,
    incidents: incidentsLayer,
    strongholds: strongholdsLayer,
    cross_border: crossBorderLayer,
    statistics: statisticsLayer,
    base: baseLayer,
    follow: followState,
    sync: syncLayers,
  },
});
