/* The page: its regions round the map, and window.geoMap for scripts, embeds and tests. */
(function (geo) {
  "use strict";

  const NARROW = 720; // px of page width below which the right column becomes a sheet
  const MEDIUM = 1040; // px below which the time bar needs the width under the right column, too

  const SHORT = 540; // px of page height below which the title card would cover the map

  /** Build the interface round a Leaflet map and set window.geoMap; `options` as docs/design.md lists them. */
  geo.page = function (map, model, options = {}) {
    geo.i18n.load(options.strings);
    const embed = options.embed || new URLSearchParams(location.search).get("embed") === "1";
    const frame = geo.pageFrame(map, options, embed);
    let live = null;
    const ready = Promise.resolve(model.ready).then(() => {
      live = start(map, model, options, frame, embed);
      return live.painted;
    });
    window.geoMap = {
      ready: ready.then(() => undefined),
      getState: () => (live ? live.getState() : structuredClone(model.state)),
      setState: (partial) => ready.then(() => live.setState(partial)),
      summary: () => (live ? summary(model) : null),
    };
    return {
      ready,
      destroy() {
        live?.destroy();
        frame.destroy();
        delete window.geoMap;
      },
    };
  };

  function summary(model) {
    const { incidents, strongholds, statistics, unplaced, undated, fatalities, provinces } = model.derived.totals;
    return structuredClone({ incidents, strongholds, statistics, unplaced, undated, fatalities, provinces });
  }

  function start(map, model, options, frame, embed) {
    const parts = [];
    const add = (region, part) => {
      parts.push(part);
      region.append(part.element);
      return part;
    };
    const theme = geo.pageTheme(frame.root, model, options);
    const share = geo.pageState(map, model, options, embed);
    const actions = { about: () => about.open(), list: (group) => list.open(group), share };
    const detail = add(frame.main, geo.controls.detail(model, options, { map, header: frame.header }));
    const list = embed ? null : add(frame.main, geo.controls.list(model, options, actions));
    const about = geo.controls.about(options);
    frame.root.append(about.element);
    if (!embed) add(frame.header, geo.controls.card(model, options, actions));
    add(frame.footer, geo.controls.timebar(model, options, { ...actions, list: embed ? null : actions.list }));
    if (embed) add(frame.main, geo.controls.chip(model, options, actions));
    else add(frame.aside, geo.controls.panel(model, options, { ...actions, map }));
    add(frame.root, geo.controls.live(model));
    frame.skip.addEventListener("click", (event) => {
      event.preventDefault(); // the fragment of the address is the state
      list.open();
    });
    const outer = [
      theme,
      geo.layers.sync(model, map),
      share,
      about,
      geo.pageMap(map, model, options, frame, embed, actions),
      geo.pageHost(map, model, share, embed),
      geo.pagePrint(map, model, options, frame, theme),
    ];
    const escape = ({ key }) => {
      if (key !== "Escape") return;
      if (model.selection || model.provinceSelected) detail.close();
      else list?.close();
    };
    frame.root.addEventListener("keydown", escape);
    const painted = share.restore();

    return {
      painted,
      getState: share.getState,
      setState: share.setState,
      destroy() {
        for (const part of [...parts, ...outer].reverse()) part.destroy();
      },
    };
  }

  /** The landmarks, round the element that folium gave the map. */
  geo.pageFrame = function (map, options, embed) {
    const container = map.getContainer();
    const main = geo.el("main", { class: "geo-main", "aria-label": geo.t("map.region") });
    const header = geo.el("header", { class: "geo-header" });
    const aside = geo.el("aside", { class: "geo-aside", "aria-label": geo.t("panel.region") });
    const footer = geo.el("footer", { class: "geo-footer" });
    const root = geo.el("div", { class: embed ? "geo-page geo-embed" : "geo-page", lang: geo.i18n.language(), dir: geo.i18n.direction() });
    container.before(root);
    const holder = geo.el("div", { class: "geo-map" }, container);
    main.append(holder);
    const skip = geo.el("a", { class: "geo-skip", href: "#geo-list" }, geo.t("map.skip"));
    if (embed) main.prepend(geo.el("h1", { class: "geo-visually-hidden", dir: "auto" }, options.title || geo.t("title")));
    root.append(...(embed ? [main, footer] : [skip, header, main, aside, footer]));
    document.documentElement.classList.add("geo-document");
    if (!document.documentElement.lang) document.documentElement.lang = geo.i18n.language();

    function fit() {
      root.classList.toggle("geo-narrow", root.clientWidth < NARROW);
      root.classList.toggle("geo-medium", root.clientWidth >= NARROW && root.clientWidth < MEDIUM);
      root.classList.toggle("geo-short", root.clientHeight < SHORT);
      map.invalidateSize({ animate: false });
    }
    const observer = new ResizeObserver(fit);
    observer.observe(root);
    observer.observe(holder);
    fit();
    return {
      root,
      skip,
      header,
      main,
      aside,
      footer,
      holder,
      destroy() {
        observer.disconnect();
        root.replaceWith(container);
        document.documentElement.classList.remove("geo-document");
      },
    };
  };
})((globalThis.geo ??= {}));
