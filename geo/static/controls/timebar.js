/* The time bar: one bar a year stacked by event type, and the period as a window with two handles over it. */
(function (geo) {
  "use strict";

  geo.controls ??= {};
  const LABEL_ROOM = 38; // px that a year's label needs

  geo.controls.timebar = function (model, options, actions) {
    const extent = geo.timescale.extent(model);
    const N = geo.timescale.length(extent);
    const bars = geo.timebars(model);
    const shadeBefore = geo.el("div", { class: "geo-shade geo-shade-before" });
    const shadeAfter = geo.el("div", { class: "geo-shade geo-shade-after" });
    const span = geo.el("div", { class: "geo-window" });
    const handles = { from: handle("from"), to: handle("to") };
    const axis = geo.el("div", { class: "geo-axis", "aria-hidden": "true" });
    // Time runs from left to right in every language.
    const track = geo.el("div", { class: "geo-track", dir: "ltr" }, bars.element, shadeBefore, shadeAfter, span, handles.from, handles.to);
    const period = geo.el("p", { class: "geo-period" });
    const player = geo.player(model);
    const all = geo.button("geo-all", { text: geo.t("years.all_button"), "aria-pressed": "false" }, () => choose(null));
    const undated = actions.list
      ? geo.button("geo-undated", { text: " " }, () => actions.list("undated"))
      : geo.el("span", { class: "geo-undated geo-undated-count" });
    const buttons = geo.el(
      "div",
      { class: "geo-timebar-buttons", role: "group", "aria-label": geo.t("years.buttons") },
      player.element,
      geo.button("geo-step", { icon: "previous", label: geo.t("years.previous") }, () => step(-1)),
      geo.button("geo-step", { icon: "next", label: geo.t("years.next") }, () => step(1)),
    );
    const element = geo.el(
      "section",
      { class: "geo-timebar", "aria-label": geo.t("years.region"), onkeydown: stepByKey },
      geo.el("div", { class: "geo-timebar-head" }, buttons, period),
      geo.el("div", { class: "geo-timebar-track" }, track, axis),
      geo.el("div", { class: "geo-timebar-tail" }, all, undated),
    );
    if (!model.extent) {
      for (const part of [buttons, track, axis, all]) part.hidden = true;
      track.before(geo.el("p", { class: "geo-how" }, geo.t("years.none")));
    }

    function handle(name) {
      return geo.el(
        "div",
        {
          class: `geo-handle geo-handle-${name}`,
          role: "slider",
          tabindex: "0",
          "aria-label": geo.t(`years.${name}`),
          "aria-orientation": "horizontal",
          "aria-valuemin": extent[0],
          "aria-valuemax": extent[1],
          onkeydown: (event) => key(event, name),
        },
        geo.el("span", { class: "geo-grip", "aria-hidden": "true" }),
      );
    }

    function choose(years) {
      player.stop();
      return model.set({ years }, { source: "timebar" });
    }

    function step(delta) {
      choose(geo.timescale.step(model.state.years, delta, extent));
    }

    /** Arrow keys on the bar's buttons step, as they do on its handles. */
    function stepByKey(event) {
      if (event.key !== "ArrowLeft" && event.key !== "ArrowRight") return;
      event.preventDefault();
      step(event.key === "ArrowLeft" ? -1 : 1);
    }

    function key(event, name) {
      const current = (model.state.years ?? extent)[name === "from" ? 0 : 1];
      const targets = {
        ArrowLeft: current - 1,
        ArrowDown: current - 1,
        ArrowRight: current + 1,
        ArrowUp: current + 1,
        PageDown: current - 5,
        PageUp: current + 5,
        Home: extent[0],
        End: extent[1],
      };
      if (!(event.key in targets) || event.altKey || event.ctrlKey || event.metaKey) return;
      event.preventDefault();
      event.stopPropagation();
      if (event.shiftKey) choose(geo.timescale.shift(model.state.years ?? extent, targets[event.key] - current, extent));
      else choose(geo.timescale.resize(model.state.years, name, targets[event.key], extent));
    }

    function update() {
      const [from, to] = model.state.years ?? extent;
      const left = ((from - extent[0]) / N) * 100;
      const right = ((to - extent[0] + 1) / N) * 100;
      shadeBefore.style.width = `${left}%`;
      shadeAfter.style.left = `${right}%`;
      span.style.left = handles.from.style.left = `${left}%`;
      span.style.width = `${right - left}%`;
      handles.to.style.left = `${right}%`;
      describe(handles.from, from, "aria-valuemax", to);
      describe(handles.to, to, "aria-valuemin", from);
      geo.setText(period, geo.describe.period(model.state.years));
      geo.setAttribute(all, "aria-pressed", model.state.years === null);
      const count = model.derived.totals.undated;
      undated.hidden = count === 0;
      geo.setText(undated, geo.t("years.undated", { count }));
    }

    function describe(node, year, bound, other) {
      geo.setAttribute(node, "aria-valuenow", year);
      geo.setAttribute(node, "aria-valuetext", year);
      geo.setAttribute(node, bound, other);
    }

    function layout() {
      const width = track.clientWidth;
      axis.replaceChildren(
        ...geo.timescale
          .labels(extent, width, LABEL_ROOM)
          .map((year) => geo.el("span", { style: { left: `${((year - extent[0] + 0.5) / N) * 100}%` } }, String(year))),
      );
    }

    const drag = geo.timedrag(track, model, choose);
    const observer = new ResizeObserver(layout);
    observer.observe(track);
    const stop = model.on("change", ({ changed }) => {
      if (changed.has("filters") || changed.has("theme")) bars.update();
      if (changed.has("years") || changed.has("filters")) update();
    });
    update();
    return {
      element,
      destroy() {
        stop();
        observer.disconnect();
        drag.destroy();
        player.destroy();
      },
    };
  };
})((globalThis.geo ??= {}));
