/* Play: the period moves on by a year at a time to the end of the data. */
(function (geo) {
  "use strict";

  const PAUSE_MS = 1100; // long enough to read the map of one year

  geo.player = function (model) {
    const extent = geo.timescale.extent(model);
    let timer = null;
    const play = geo.icon("play");
    const pause = geo.icon("pause");
    const element = geo.button("geo-play", { label: geo.t("years.play") }, () => (timer === null ? start() : stop()));
    element.append(play);

    function show(playing) {
      const name = geo.t(playing ? "years.pause" : "years.play");
      element.replaceChildren(playing ? pause : play);
      element.setAttribute("aria-label", name);
      element.title = name;
    }

    function start() {
      const { years } = model.state;
      const atEnd = years && years[1] === extent[1];
      const first = atEnd ? geo.timescale.shift(years, -Infinity, extent) : geo.timescale.step(years, 1, extent);
      show(true);
      go(first);
    }

    async function go(years) {
      timer = setTimeout(next, PAUSE_MS);
      await model.set({ years }, { source: "player" });
    }

    function next() {
      const { years } = model.state;
      if (!years || years[1] === extent[1]) stop();
      else go(geo.timescale.shift(years, 1, extent));
    }

    function stop() {
      if (timer === null) return;
      clearTimeout(timer);
      timer = null;
      show(false);
    }

    return { element, stop, playing: () => timer !== null, destroy: stop };
  };
})((globalThis.geo ??= {}));
