// What a figure says now: a sentence, and a table whose every row opens its origin.
import type { AnyModel, RenderProps } from "@anywidget/types";
import { chartTools, followLink, type LinkTraits } from "./chart_tools.ts";
import { Announcer, h, setText } from "./dom.ts";
import { evidenceMark, markLabels, type Evidence, type RowMark } from "./evidence.ts";

export interface Reading {
  /** What `selected` becomes when the row is opened; "" for a row without an origin, a gap. */
  id: string;
  label: string;
  /** The letter that the figure writes beside this row's mark, or "". */
  letter?: string;
  /** The row's colour in the light and in the dark theme. */
  colours?: [string, string] | null;
  evidence: Evidence;
  marks?: RowMark[];
  cells: string[];
}

export interface ReadingsTraits extends LinkTraits {
  said: string;
  caption: string;
  head: string[];
  rows: Reading[];
  /** What each level of evidence is called. */
  evidence_labels: Record<string, string>;
  selected: string;
}

const MANY = 20;
const EVENTS = ["change:said", "change:caption", "change:head", "change:rows"] as const;

export const readingsView = {
  render({ model, el }: Pick<RenderProps<ReadingsTraits>, "model" | "el">) {
    const removed = new AbortController();
    const announcer = new Announcer(removed.signal);
    const said = h("p", { class: "l3s1-readings-said" });
    const caption = h("caption", {});
    const head = h("tr", { role: "row" });
    const body = h("tbody", { role: "rowgroup" });
    // The roles are said, since a narrow page lays rows out as blocks.
    const columns = h("thead", { role: "rowgroup" }, head);
    const table = h("table", { role: "table" }, caption, columns, body);
    // A long table waits behind its caption until a reader opens it.
    const opener = h("summary", {}, "");
    const fold = h("details", {}, opener, table);
    let shape = "";

    const open = (id: string): void => {
      if (model.get("selected") === id) model.set("selected", "");
      model.set("selected", id);
      model.save_changes();
    };

    const fillRows = (rows: readonly Reading[]): void => {
      // Rows of the same kind keep their elements: focus stays where it is while numbers move.
      const newShape = JSON.stringify(rows.map(({ cells, ...rest }) => [rest, cells.length]));
      if (newShape !== shape) {
        const focused = body.contains(document.activeElement) ? document.activeElement : null;
        const kept = focused?.getAttribute("data-id");
        body.replaceChildren(...rows.map((row) => rowElement(row, model.get("evidence_labels"), open, removed.signal)));
        shape = newShape;
        if (kept) {
          const again = [...body.querySelectorAll("button")].find((each) => each.dataset.id === kept);
          again?.focus();
        }
      }
      rows.forEach((row, index) => {
        const places = body.children[index]?.querySelectorAll("td") ?? [];
        row.cells.forEach((text, place) => {
          const cell = places[place];
          if (!cell) return;
          setText(cell, text.replaceAll(" %", "\u00a0%")); // a number stays with its sign
          cell.dataset.head = model.get("head")[place + 1] ?? "";
        });
      });
    };

    const show = (): void => {
      const sentence = model.get("said");
      if (said.textContent && said.textContent !== sentence) announcer.say(sentence);
      setText(said, sentence);
      setText(caption, model.get("caption"));
      const names = model.get("head");
      if (names.length !== head.children.length) {
        head.replaceChildren(...names.map((name) => h("th", { scope: "col", role: "columnheader" }, name)));
      } else {
        names.forEach((name, index) => {
          const cell = head.children[index];
          if (cell) setText(cell, name);
        });
      }
      const rows = model.get("rows");
      fold.hidden = rows.length === 0;
      const many = rows.length > MANY;
      setText(opener, `All ${rows.length} rows of the figure`);
      opener.hidden = !many;
      if (!many) fold.open = true;
      fillRows(rows);
    };

    el.classList.add("l3s1", "l3s1-readings");
    const table_of = (): string[][] => asTable(model.get("head"), model.get("rows"), model.get("evidence_labels"));
    const shared = model as unknown as AnyModel<LinkTraits>;
    const tools = model.get("link_name") && chartTools({ model: shared, table: table_of }, el);
    el.replaceChildren(said, ...(tools ? [tools] : []), fold, announcer.element);
    if (tools) followLink(shared, removed.signal);
    show();
    for (const event of EVENTS) model.on(event, show);
    return () => {
      for (const event of EVENTS) model.off(event, show);
      removed.abort();
    };
  },
};

/** What the table says, as text; the marks and the fact of each row in columns of their own. */
export function asTable(
  head: readonly string[],
  rows: readonly Reading[],
  words_of: Readonly<Record<string, string>>,
): string[][] {
  const lines = rows.map(({ id, label, letter, evidence, marks, cells }) => [
    letter ?? "",
    label,
    ...head.slice(1).map((_, place) => cells[place] ?? ""),
    words_of[evidence] ?? evidence,
    (marks ?? []).join(" "),
    id,
  ]);
  return [["mark", ...head, "evidence", "caution", "fact"], ...lines];
}

function rowElement(
  row: Reading,
  words_of: Record<string, string>,
  open: (id: string) => void,
  signal: AbortSignal,
): HTMLElement {
  const swatch = h("span", { class: "l3s1-readings-swatch", "aria-hidden": "true" }, row.letter ?? "");
  const [light, dark] = row.colours ?? ["", ""];
  if (/^#[0-9a-f]{6}$/i.test(light) && /^#[0-9a-f]{6}$/i.test(dark)) {
    swatch.style.setProperty("--l3s1-swatch", `light-dark(${light}, ${dark})`);
  }
  const mark = evidenceMark(row.evidence, words_of[row.evidence] ?? null);
  const words = [...(row.letter || row.colours ? [swatch] : []), mark, row.label];
  const label = row.id
    ? h("button", { type: "button", class: "l3s1-readings-open", "data-id": row.id }, ...words)
    : h("span", { class: "l3s1-readings-gap" }, ...words);
  if (row.id) label.addEventListener("click", () => open(row.id), { signal });
  return h(
    "tr",
    { role: "row" },
    h("th", { scope: "row", role: "rowheader" }, label, ...markLabels(row.marks ?? [])),
    ...row.cells.map((text) => h("td", { role: "cell" }, text)),
  );
}
