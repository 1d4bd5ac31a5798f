// What is selected: name, Latin, what it is, why a surgeon cares, sourced numbers, near misses.
import { h } from "../dom.ts";
import type { Catalogue } from "./catalogue.ts";
import { button, originButton, sourceButton } from "./fields.ts";
import { capital } from "./tree.ts";
import type { Kind, NumberRow, Structure } from "./types.ts";

export interface DetailActions {
  select(id: string): void;
  /** Move the camera to where the structure is seen best. */
  lookAt(structure: Structure): void;
  openOrigins(heading: string, facts: readonly string[], opener: HTMLElement): void;
}

export class Details {
  readonly element: HTMLElement;
  #shown: string | null = null;

  constructor(
    private readonly catalogue: Catalogue,
    private readonly actions: DetailActions,
  ) {
    this.element = h("section", {
      class: "l3s1-details",
      tabindex: 0,
      role: "region",
      "aria-label": "About the selected structure",
    });
  }

  show(id: string): void {
    if (id === this.#shown) return;
    this.#shown = id;
    const structure = this.catalogue.structures.get(id);
    const kind = this.catalogue.kindOf(id);
    this.element.replaceChildren(
      ...(structure && kind ? this.#about(structure, kind) : [this.#nothing()]),
    );
    this.element.scrollTop = 0;
  }

  #nothing(): HTMLElement {
    return h(
      "p",
      { class: "l3s1-note" },
      "Nothing is selected. Click the model, search, or go through the tree.",
    );
  }

  #about(structure: Structure, kind: Kind): Node[] {
    const look = button("Show me where", () => this.actions.lookAt(structure));
    return [
      h("h3", {}, capital(structure.name)),
      h(
        "p",
        { class: "l3s1-latin" },
        kind.latin ? h("span", { lang: "la" }, kind.latin) : "no term in the Terminologia Anatomica",
      ),
      h("p", {}, kind.what),
      h("h4", {}, "Why a fusion surgeon cares"),
      h("p", {}, kind.surgeon, kind.facts.length > 0 && " ", this.#sources(kind)),
      h("div", { class: "l3s1-actions" }, look),
      ...this.#numbers(structure, kind),
      ...(kind.levels_differ ? [h("h4", {}, "From L3 to S1"), h("p", {}, kind.levels_differ)] : []),
      ...this.#misses(structure, kind),
      ...this.#siblings(structure),
    ];
  }

  #sources(kind: Kind): HTMLElement | null {
    if (kind.facts.length === 0) return null;
    return sourceButton("Sources", (opener) =>
      this.actions.openOrigins(capital(kind.name), kind.facts, opener),
    );
  }

  #numbers(structure: Structure, kind: Kind): Node[] {
    if (kind.numbers.length === 0) return [];
    const rows = kind.numbers.map((row) => this.#row(row, structure));
    return [h("h4", {}, "Numbers"), h("ul", { class: "l3s1-numbers" }, ...rows)];
  }

  #row(row: NumberRow, { level }: Structure): HTMLElement {
    const open = (opener: HTMLElement): void => this.actions.openOrigins(row.label, [row.fact], opener);
    return h(
      "li",
      {},
      originButton(row.label, row.evidence, row.evidence_label, row.marks, open),
      h(
        "ul",
        { class: "l3s1-number-values" },
        ...row.values.map(({ text, where }) =>
          where !== null && where === level
            ? h("li", { class: "l3s1-here" }, h("strong", {}, text))
            : h("li", {}, text),
        ),
      ),
    );
  }

  #misses(structure: Structure, kind: Kind): Node[] {
    const items = kind.confused_with.flatMap(({ kind: other, tell_apart }) => {
      const found = this.catalogue.nearest(other, structure);
      const name = this.catalogue.kinds.get(other)?.name;
      if (!name) return [];
      const term = found ? this.#jump(capital(name), found) : h("span", {}, capital(name));
      return [h("li", {}, term, ": ", tell_apart)];
    });
    return items.length > 0
      ? [h("h4", {}, "Easily mistaken for"), h("ul", { class: "l3s1-misses" }, ...items)]
      : [];
  }

  #siblings(structure: Structure): Node[] {
    const others = this.catalogue.siblings(structure);
    if (others.length === 0) return [];
    const links = others.map((each) => this.#jump(each.place || capital(each.name), each));
    return [h("h4", {}, "The same elsewhere"), h("div", { class: "l3s1-siblings" }, ...links)];
  }

  #jump(words: string, to: Structure): HTMLElement {
    const element = h("button", { type: "button", class: "l3s1-jump", title: to.name }, words);
    element.addEventListener("click", () => this.actions.select(to.id));
    return element;
  }
}
