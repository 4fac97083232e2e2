/* A story: the text on one side scrolls, the map on the other shows the view of the step that is read. */

/** @typedef {import("../types/model.d.ts").State & { record: string | null }} StepState */
/** @typedef {Omit<StepState, "view"> & { view: StepState["view"] | null }} Step */

// The step that crosses this line, a little above the middle of the window, is the one that is read.
const LINE = { rootMargin: "-42% 0px -57% 0px" };
// On a narrow page the map covers the upper half.
const LINE_NARROW = { rootMargin: "-68% 0px -31% 0px" };
const NARROW = "(max-width: 719px)";

/**
 * Move the text and the map beside each other, and follow the text once the map is there. Called before the page is built
 * round the map.
 * @param {import("leaflet").Map} map
 */
export function story(map) {
  const article = document.getElementById("geo-story");
  const states = document.getElementById("geo-story-states");
  if (!article || !states) return;
  /** @type {{ start: Step, steps: Step[] }} */
  const views = JSON.parse(states.textContent ?? "{}");
  const layout = document.createElement("div");
  const stage = document.createElement("div");
  layout.className = "geo-story-layout";
  stage.className = "geo-story-stage";
  article.before(layout);
  layout.append(article, stage);
  stage.append(map.getContainer());
  document.documentElement.classList.add("geo-story-document");
  Promise.resolve().then(() => window.geoMap?.ready.then(() => follow(map, article, views)));
}

/**
 * @param {import("leaflet").Map} map
 * @param {HTMLElement} article
 * @param {{ start: Step, steps: Step[] }} views `start` is what the introduction shows.
 */
function follow(map, article, { start, steps }) {
  const { lat, lng } = map.getCenter();
  const whole = { lat, lng, zoom: map.getZoom() };
  const sections = [...article.querySelectorAll("section")];
  const narrow = matchMedia(NARROW);
  let shown = -1;

  /** @param {number} number Of a step; -1 for the introduction. */
  function show(number) {
    if (number === shown) return;
    shown = number;
    for (const [k, section] of sections.entries()) section.classList.toggle("geo-story-read", k === number);
    const step = steps[number] ?? start;
    // On a phone the details of a record would cover the map that the text is about.
    window.geoMap?.setState({ ...step, record: narrow.matches ? null : step.record, view: step.view ?? whole });
  }

  /** @type {IntersectionObserver | undefined} */
  let observer;
  function observe() {
    observer?.disconnect();
    observer = new IntersectionObserver(
      (entries) => {
        for (const entry of entries) {
          if (entry.isIntersecting) show(sections.indexOf(/** @type {HTMLElement} */ (entry.target)));
          else if (entry.target === sections[0] && entry.boundingClientRect.top > innerHeight / 2) show(-1);
        }
      },
      narrow.matches ? LINE_NARROW : LINE,
    );
    for (const section of sections) observer.observe(section);
  }
  narrow.addEventListener("change", observe);
  observe();
}
