/* Entry point of whole pages, and of maps that have controls of geo. */

import { createAbout } from "./controls/about.js";
import { createCard } from "./controls/card.js";
import { createChip } from "./controls/chip.js";
import { createDetail } from "./controls/detail.js";
import { createDownloads } from "./controls/downloads.js";
import { createFilters } from "./controls/filters.js";
import { createLegend } from "./controls/legend.js";
import { createList } from "./controls/list.js";
import { createLive } from "./controls/live.js";
import { createPanel } from "./controls/panel.js";
import { createTimebar } from "./controls/timebar.js";
import "./entry_layers.js";
import { putOnMap } from "./page/on_map.js";
import { createPage } from "./page/page.js";

Object.assign(globalThis.geo, {
  page: createPage,
  onMap: putOnMap,
  controls: {
    about: createAbout,
    card: createCard,
    chip: createChip,
    detail: createDetail,
    filters: createFilters,
    legend: createLegend,
    list: createList,
    live: createLive,
    panel: createPanel,
    take: createDownloads,
    timebar: createTimebar,
  },
});
