/* The candidate: one row a field with its value, the words it comes from, its rule, its rivals, or why it is blank. */

import { t } from "../core/i18n.js";
import { el } from "../ui/dom.js";
import { FIELDS, GROUPS, plainTitle, SUB_TYPES } from "./fields.js";
import { nameOf, shown } from "./view.js";
import { toEdtf } from "./when.js";

/** @typedef {import("../types/review.d.ts").Candidate} Candidate */
/** @typedef {import("../types/review.d.ts").Field} Field */
/** @typedef {import("../types/review.d.ts").Rival} Rival */
/** @typedef {import("../types/review.d.ts").Span} Span */
/** @typedef {import("./choices.js").Choices} Choices */
/** @typedef {HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement} Input */
/** @typedef {{ field: Field, element: HTMLElement, input: Input, why: HTMLElement, rivals: HTMLElement, fault: HTMLElement }} Row */
/** @typedef {{ type(field: string, value: string): void, rival(field: string, rival: Rival): void, restore(field: string): void, show(span: Span): void }} Actions */

/** The dates together; the four columns that it writes stand below "all fields". */
/** @type {Field} */
const DATE = { name: "date", group: "when", type: "text", key: "d", usual: true };
const HIDDEN_BY_DATE = ["date_precision", "date_kind"];

/**
 * @param {Choices} choices
 * @param {Actions} actions
 */
export function createForm(choices, actions) {
  let all = false;
  /** @type {Map<string, Row>} */
  const rows = new Map();
  /** @type {Candidate | null} */
  let current = null;
  /** @type {[string, string][]} */
  let wrong = [];
  const groups = GROUPS.map((group) => {
    const fields =
      group === "when"
        ? [DATE, ...FIELDS.filter((one) => one.group === group)]
        : FIELDS.filter((one) => one.group === group);
    const made = fields.map((field) => createRow(field, choices, actions));
    for (const row of made) rows.set(row.field.name, row);
    return el(
      "fieldset",
      { class: "rv-group", dataset: { group } },
      el("legend", { text: t(`review.group.${group}`) }),
      el("div", { class: "rv-rows" }, ...made.map((row) => row.element)),
    );
  });
  const more = el("button", {
    type: "button",
    class: "rv-button rv-more",
    "aria-expanded": "false",
    text: t("review.all_fields"),
  });
  more.addEventListener("click", () => {
    all = !all;
    more.setAttribute("aria-expanded", String(all));
    update(current, wrong);
  });
  const element = el("form", { class: "rv-form", onsubmit: (event) => event.preventDefault() }, ...groups, more);

  /**
   * @param {Candidate | null} candidate
   * @param {[string, string][]} [faults]
   */
  function update(candidate, faults = []) {
    current = candidate;
    wrong = faults;
    if (!candidate) return;
    const values = choices.values(candidate);
    for (const row of rows.values()) {
      const { field } = row;
      const value = field.name === "date" ? toEdtf(values) : (values[field.name] ?? null);
      const ofKind = !field.kinds || field.kinds.includes(String(values.kind));
      const fault = faults.find(([name]) => name === field.name || (field.name === "date" && name === "date_start"));
      const usual = field.usual && !HIDDEN_BY_DATE.includes(field.name);
      const said = value !== null && value !== false && !["when", "where"].includes(field.group);
      row.element.hidden = !(all || fault || (ofKind && (usual || said)) || (said && !ofKind));
      put(row.input, value === null ? "" : String(value));
      const mended = field.name === "date" ? "date_start" : field.name;
      row.element.classList.toggle("rv-mended", mended in choices.of(candidate.id).values);
      row.element.classList.toggle("rv-empty", value === null || value === "");
      row.why.replaceChildren(...why(candidate, field, value));
      row.rivals.replaceChildren(...(candidate.rivals[mended] ?? []).map((rival) => rivalButton(field, rival)));
      row.fault.textContent = fault ? t(fault[1]) : "";
      row.input.setAttribute("aria-invalid", String(!!fault));
    }
    const title = rows.get("title")?.input;
    if (title instanceof HTMLInputElement) title.placeholder = plainTitle(values);
    for (const group of groups)
      group.hidden = ![...group.querySelectorAll(".rv-field")].some(
        (row) => !(/** @type {HTMLElement} */ (row).hidden),
      );
  }

  /**
   * @param {Candidate} candidate
   * @param {Field} field
   * @param {unknown} value
   */
  function why(candidate, field, value) {
    const choice = choices.of(candidate.id);
    const names = field.name === "date" ? ["date_start", "date_end", "date_precision", "date_kind"] : [field.name];
    const name = names.find((one) => choices.evidence(candidate, one)) ?? names[0];
    const span = choices.evidence(candidate, name);
    const mended = name in choice.values;
    /** @type {import("../types/page.d.ts").Child[]} */
    const parts = [];
    if (value !== null && value !== "" && span) {
      const words = span.text ?? "";
      parts.push(
        el("button", {
          type: "button",
          class: "rv-quote",
          title: t("review.show_words"),
          text: `“${words}”`,
          onclick: () => actions.show(span),
        }),
        ` ${span.rule ?? ""}`,
      );
    } else if (value !== null && value !== "" && mended) parts.push(t("review.no_words"));
    else if (value === null || value === "") {
      const reason = names.map((one) => candidate.blank[one]).find(Boolean);
      parts.push(reason ? t("review.blank", { reason }) : "");
    }
    const sure = names.map((one) => candidate.confidence[one]).find((one) => one !== undefined);
    if (sure !== undefined && !mended && value !== null && value !== "")
      parts.push(el("span", { class: "rv-sure", text: t("review.sure", { percent: Math.round(sure * 100) }) }));
    if (mended) {
      const before = field.name === "date" ? toEdtf(candidate.values) : shown(candidate.values[name]);
      parts.push(
        el("button", {
          type: "button",
          class: "rv-restore",
          text: t("review.was", { value: before || t("review.nothing") }),
          title: t("review.restore"),
          onclick: () => actions.restore(field.name),
        }),
      );
    }
    return parts.filter((part) => part !== "").map((part) => (part instanceof Node ? part : String(part)));
  }

  /** @param {Field} field @param {Rival} rival */
  function rivalButton(field, rival) {
    const said = rival.text ? ` “${rival.text}”` : "";
    return el("button", {
      type: "button",
      class: "rv-rival",
      text: `${shown(rival.value) || t("review.nothing")}${said}`,
      title: rival.rule ?? "",
      onclick: () => actions.rival(field.name, rival),
    });
  }

  return {
    element,
    update,
    /** @param {string} field Focus its input, and select what stands there. */
    focus(field) {
      const row = rows.get(field === "date_start" ? "date" : field);
      if (!row) return;
      row.element.hidden = false;
      const group = row.element.closest("fieldset");
      if (group) group.hidden = false;
      row.input.focus();
      if (!(row.input instanceof HTMLSelectElement)) row.input.select();
    },
  };
}

/**
 * @param {Field} field
 * @param {Choices} choices
 * @param {Actions} actions
 * @returns {Row}
 */
function createRow(field, choices, actions) {
  const id = `rv-field-${field.name}`;
  const input = createInput(field, id, choices);
  input.addEventListener("change", () => actions.type(field.name, input.value));
  const why = el("p", { class: "rv-why", id: `${id}-why` });
  const rivals = el("div", {
    class: "rv-rivals",
    role: "group",
    "aria-label": t("review.rivals", { field: nameOf(field.name) }),
  });
  const fault = el("p", { class: "rv-fault", id: `${id}-fault` });
  input.setAttribute("aria-describedby", `${why.id} ${fault.id}`);
  const label = el(
    "label",
    { for: id, text: nameOf(field.name) },
    field.key ? el("kbd", { text: field.key.toUpperCase() }) : null,
  );
  const element = el(
    "div",
    { class: field.half ? "rv-field rv-half" : "rv-field", dataset: { field: field.name, type: field.type } },
    label,
    input,
    fault,
    why,
    rivals,
  );
  return { field, element, input, why, rivals, fault };
}

/**
 * @param {Field} field
 * @param {string} id
 * @param {Choices} choices
 * @returns {Input}
 */
function createInput(field, id, choices) {
  const common = { id, name: field.name, autocomplete: "off" };
  if (field.type === "long") return el("textarea", { ...common, rows: 2 });
  if (field.type === "flag")
    return select(common, [
      ["false", t("review.no")],
      ["true", t("review.yes")],
    ]);
  if (field.type === "word") return select(common, optionsOf(field.name, choices));
  const numeric = field.type === "count" || field.type === "number";
  return el("input", { ...common, type: "text", inputmode: numeric ? "numeric" : "text" });
}

/**
 * @param {string} field
 * @param {Choices} choices
 * @returns {[string, string][]}
 */
function optionsOf(field, { data }) {
  /** @type {[string, string]} */
  const none = ["", ""];
  if (field === "sub_event_type")
    return [
      none,
      ...Object.values(SUB_TYPES)
        .flat()
        .map((one) => /** @type {[string, string]} */ ([one, one])),
    ];
  if (field === "admin1_code")
    return [
      none,
      ...data.map.areas
        .map(
          (area) =>
            /** @type {[string, string]} */ ([
              area.code,
              `${area.country} ${area.name}${area.until ? ` (${area.until.slice(0, 4)})` : ""}`,
            ]),
        )
        .filter(([code], i, list) => list.findIndex(([other]) => other === code) === i)
        .sort((a, b) => (a[1] < b[1] ? -1 : 1)),
    ];
  return [none, ...(data.words[field] ?? []).map((one) => /** @type {[string, string]} */ ([one, one]))];
}

/**
 * @param {Record<string, string>} attributes
 * @param {[string, string][]} options
 */
function select(attributes, options) {
  return el("select", attributes, ...options.map(([value, text]) => el("option", { value, text: text || "\u2013" })));
}

/**
 * @param {Input} input
 * @param {string} value A word that is not on offer is offered.
 */
function put(input, value) {
  if (input instanceof HTMLSelectElement && value && ![...input.options].some((one) => one.value === value))
    input.append(el("option", { value, text: value }));
  if (input.value !== value) input.value = value;
}
