// The search: a combobox with a list of structures, by the ARIA pattern 'list autocomplete'.
import { h, setAttributes, setText, uniqueId } from "../dom.ts";
import type { Catalogue } from "./catalogue.ts";
import type { Structure } from "./types.ts";

export class Search {
  readonly element: HTMLElement;
  readonly #input: HTMLInputElement;
  readonly #list: HTMLElement;
  readonly #said = h("p", { class: "l3s1-hidden", role: "status" });
  #found: Structure[] = [];
  #active = -1;

  constructor(
    private readonly catalogue: Catalogue,
    private readonly chosen: (id: string) => void,
  ) {
    const id = uniqueId("search");
    const list = uniqueId("found");
    this.#input = h("input", {
      id,
      type: "text",
      class: "l3s1-search-input",
      role: "combobox",
      placeholder: "e.g. pedicle L4, lamina arcus",
      autocomplete: "off",
      spellcheck: "false",
      maxlength: 60,
      "aria-autocomplete": "list",
      "aria-expanded": "false",
      "aria-controls": list,
    });
    this.#list = h("ul", {
      id: list,
      class: "l3s1-found",
      role: "listbox",
      "aria-label": "Structures found",
      hidden: true,
    });
    this.element = h(
      "div",
      { class: "l3s1-search" },
      h("label", { for: id, class: "l3s1-field-label" }, "Find a structure, in English or Latin"),
      this.#input,
      this.#list,
      this.#said,
    );
    this.#input.addEventListener("input", () => this.#look());
    this.#input.addEventListener("keydown", (event) => this.#pressed(event));
    this.#input.addEventListener("blur", () => this.#close());
    // A press on the list must not take the focus away before the click is heard.
    this.#list.addEventListener("mousedown", (event) => event.preventDefault());
  }

  #look(): void {
    const asked = this.#input.value;
    this.#found = this.catalogue.search(asked);
    const none = asked.trim() !== "" && this.#found.length === 0;
    this.#list.replaceChildren(...this.#found.map((structure, place) => this.#option(structure, place)));
    if (none) {
      this.#list.append(
        h(
          "li",
          {
            class: "l3s1-found-none",
            role: "option",
            "aria-disabled": "true",
            "aria-selected": "false",
          },
          "Nothing in the model is called that.",
        ),
      );
    }
    this.#move(this.#found.length > 0 ? 0 : -1);
    this.#open(this.#found.length > 0 || none);
    const { length } = this.#found;
    setText(
      this.#said,
      asked.trim() === "" ? "" : `${length || "no"} structure${length === 1 ? "" : "s"}`,
    );
  }

  #option(structure: Structure, place: number): HTMLElement {
    const latin = this.catalogue.kindOf(structure.id)?.latin;
    const option = h(
      "li",
      { id: `${this.#list.id}-${place}`, role: "option", "aria-selected": "false" },
      structure.name,
      latin && h("span", { class: "l3s1-latin", lang: "la" }, latin),
    );
    option.addEventListener("click", () => this.#choose(structure));
    return option;
  }

  #pressed(event: KeyboardEvent): void {
    const last = this.#found.length - 1;
    const isOpen = !this.#list.hidden;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      if (!isOpen) this.#look();
      else if (event.key === "ArrowDown") this.#move(this.#active >= last ? 0 : this.#active + 1);
      else this.#move(this.#active <= 0 ? last : this.#active - 1);
    } else if (event.key === "Enter") {
      const structure = this.#found[this.#active];
      if (isOpen && structure) this.#choose(structure);
    } else if (event.key === "Escape") {
      if (isOpen) this.#close();
      else this.#input.value = "";
    } else {
      return;
    }
    event.preventDefault();
    event.stopPropagation();
  }

  #move(place: number): void {
    this.#active = place;
    [...this.#list.children].forEach((option, each) => {
      setAttributes(option, { "aria-selected": String(each === place) });
      if (each === place) option.scrollIntoView?.({ block: "nearest" });
    });
    setAttributes(this.#input, {
      "aria-activedescendant": place >= 0 ? `${this.#list.id}-${place}` : null,
    });
  }

  #choose(structure: Structure): void {
    this.#input.value = structure.name;
    this.#close();
    this.chosen(structure.id);
  }

  #open(shown: boolean): void {
    this.#list.hidden = !shown;
    setAttributes(this.#input, { "aria-expanded": String(shown) });
  }

  #close(): void {
    this.#open(false);
    setAttributes(this.#input, { "aria-activedescendant": null });
  }
}
