// The tree of structures by the ARIA pattern: groups, kinds, and each level and side.
import { h, setAttributes, setText, uniqueId } from "../dom.ts";
import type { Catalogue, TreeGroup, TreeKind } from "./catalogue.ts";
import type { ExplorerState } from "./state.ts";

interface Item {
  /** A group's, a kind's or a structure's id, with what it is, so that all differ. */
  key: string;
  /** What it stands for in the catalogue. */
  id: string;
  label: string;
  element: HTMLElement;
  parent: Item | null;
  children: Item[];
}

export class Tree {
  readonly element: HTMLElement;
  readonly #items = new Map<string, Item>();
  readonly #tree: HTMLElement;
  readonly #hide: HTMLButtonElement;
  readonly #isolate: HTMLButtonElement;
  readonly #all: HTMLButtonElement;
  readonly #subject = h("span", { class: "l3s1-tree-subject" });
  readonly #roots: Item[];
  #active: Item;
  #selected = "";

  constructor(
    private readonly state: ExplorerState,
    private readonly catalogue: Catalogue,
    private readonly chosen: (id: string) => void,
  ) {
    const label = uniqueId("tree");
    const keys = uniqueId("tree-keys");
    this.#tree = h("ul", {
      class: "l3s1-tree",
      role: "tree",
      "aria-labelledby": label,
      "aria-describedby": keys,
    });
    this.#roots = catalogue.tree.map((group) => this.#group(group));
    this.#tree.append(...this.#roots.map(({ element }) => element));
    this.#active = this.#roots[0] as Item;
    setAttributes(this.#active.element, { tabindex: 0 });
    this.#tree.addEventListener("keydown", (event) => this.#pressed(event));
    this.#tree.addEventListener("click", (event) => this.#clicked(event));
    this.#hide = this.#action("Hide", () => this.#toggleHidden());
    this.#isolate = this.#action("Show only this", () => this.#toggleIsolated());
    this.#all = this.#action("Show all", () => state.choose({ hidden: [], isolated: [] }));
    this.element = h(
      "div",
      { class: "l3s1-tree-box" },
      h("div", { id: label, class: "l3s1-field-label" }, "All structures"),
      this.#tree,
      h("p", { id: keys, class: "l3s1-hidden" }, "H hides or shows, I shows only this."),
      h(
        "div",
        { class: "l3s1-tree-actions", role: "group", "aria-label": "Show and hide" },
        this.#subject,
        this.#hide,
        this.#isolate,
        this.#all,
      ),
    );
  }

  show(): void {
    const { structure, hidden, isolated } = this.state.values;
    if (structure !== this.#selected) {
      this.#selected = structure;
      const item = this.#items.get(`structure ${structure}`);
      if (item) this.#reveal(item);
    }
    for (const item of this.#items.values()) {
      const members = this.catalogue.members(item.id);
      const gone = members.length > 0 && members.every((each) => this.#isHidden(each, hidden, isolated));
      item.element.classList.toggle("l3s1-gone", gone);
      const selected = item.id === structure;
      setAttributes(item.element, { "aria-selected": String(selected) });
    }
    this.#showActions();
  }

  #isHidden(id: string, hidden: readonly string[], isolated: readonly string[]): boolean {
    const part = this.catalogue.structures.get(id)?.part ?? id;
    if (hidden.includes(id) || hidden.includes(part)) return true;
    return isolated.length > 0 && !isolated.includes(id) && !isolated.includes(part);
  }

  #showActions(): void {
    const { hidden, isolated } = this.state.values;
    const members = this.catalogue.members(this.#active?.id ?? "");
    const isHidden = members.length > 0 && members.every((each) => hidden.includes(each));
    const isAlone = isolated.length > 0 && members.every((each) => isolated.includes(each));
    setText(this.#subject, this.#active?.label ?? "");
    setText(this.#hide, isHidden ? "Show" : "Hide");
    setAttributes(this.#isolate, { "aria-pressed": String(isAlone) });
    setAttributes(this.#all, { disabled: hidden.length === 0 && isolated.length === 0 });
  }

  #group(group: TreeGroup): Item {
    const item = this.#item("group", group.id, group.label, null);
    const single = group.kinds.length === 1;
    item.children = single
      ? this.#structures(group.kinds[0] as TreeKind, item)
      : group.kinds.map((entry) => this.#kind(entry, item));
    return this.#nest(item);
  }

  #kind(entry: TreeKind, parent: Item): Item {
    const [only] = entry.structures;
    if (entry.structures.length === 1 && only) {
      return this.#item("structure", only.id, capital(only.name), parent);
    }
    const item = this.#item("kind", entry.kind.id, capital(entry.kind.name), parent);
    item.children = this.#structures(entry, item);
    return this.#nest(item);
  }

  #structures({ structures }: TreeKind, parent: Item): Item[] {
    return structures.map((each) =>
      this.#item("structure", each.id, each.place || capital(each.name), parent),
    );
  }

  #item(what: string, id: string, label: string, parent: Item | null): Item {
    const element = h(
      "li",
      { role: "treeitem", "data-key": `${what} ${id}`, "aria-selected": "false", tabindex: -1 },
      h("span", { class: "l3s1-tree-row" }, label),
    );
    const item: Item = { key: `${what} ${id}`, id, label, element, parent, children: [] };
    this.#items.set(item.key, item);
    return item;
  }

  #nest(item: Item): Item {
    const { element, children } = item;
    setAttributes(element, { "aria-expanded": "false" });
    element.append(h("ul", { role: "group", hidden: true }, ...children.map((each) => each.element)));
    return item;
  }

  #expand(item: Item, open: boolean): void {
    if (item.children.length === 0) return;
    setAttributes(item.element, { "aria-expanded": String(open) });
    const list = item.element.querySelector<HTMLElement>(":scope > ul");
    if (list) list.hidden = !open;
  }

  #reveal(item: Item): void {
    for (let at = item.parent; at; at = at.parent) this.#expand(at, true);
    this.#activate(item, false);
    const top = item.element.offsetTop - this.#tree.offsetTop;
    const { scrollTop, clientHeight } = this.#tree;
    if (top < scrollTop || top > scrollTop + clientHeight - 40)
      this.#tree.scrollTop = top - clientHeight / 2;
  }

  #activate(item: Item, focus: boolean): void {
    setAttributes(this.#active.element, { tabindex: -1 });
    this.#active = item;
    setAttributes(item.element, { tabindex: 0 });
    if (focus) item.element.focus();
    this.#showActions();
  }

  #clicked(event: MouseEvent): void {
    const found = (event.target as Element).closest<HTMLElement>("[role=treeitem]");
    const item = this.#items.get(found?.dataset.key ?? "");
    if (!item) return;
    this.#activate(item, true);
    if (item.children.length > 0) this.#expand(item, !isExpanded(item));
    else this.#choose(item);
  }

  #choose(item: Item): void {
    if (item.children.length === 0) this.chosen(item.id);
  }

  #pressed(event: KeyboardEvent): void {
    const item = this.#active;
    const rows = this.#visible();
    const at = rows.indexOf(item);
    const go = (to: Item | null | undefined): void => {
      if (to) this.#activate(to, true);
    };
    const moves: Record<string, () => void> = {
      ArrowDown: () => go(rows[at + 1]),
      ArrowUp: () => go(rows[at - 1]),
      Home: () => go(rows[0]),
      End: () => go(rows.at(-1)),
      ArrowRight: () => (isExpanded(item) ? go(item.children[0]) : this.#expand(item, true)),
      ArrowLeft: () => (isExpanded(item) ? this.#expand(item, false) : go(item.parent)),
      Enter: () =>
        item.children.length > 0 ? this.#expand(item, !isExpanded(item)) : this.#choose(item),
      " ": () => moves.Enter?.(),
      "*": () => {
        for (const each of item.parent?.children ?? this.#roots) this.#expand(each, true);
      },
      h: () => this.#toggleHidden(),
      i: () => this.#toggleIsolated(),
    };
    const move = moves[event.key];
    if (!move || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    event.stopPropagation();
    move();
  }

  #visible(items: readonly Item[] = this.#roots): Item[] {
    return items.flatMap((item) => [item, ...(isExpanded(item) ? this.#visible(item.children) : [])]);
  }

  #action(label: string, pressed: () => void): HTMLButtonElement {
    const element = h("button", { type: "button", class: "l3s1-quiet" }, label);
    element.addEventListener("click", pressed);
    return element;
  }

  #toggleHidden(): void {
    const members = this.catalogue.members(this.#active.id);
    const hidden = this.state.get("hidden");
    const all = members.every((each) => hidden.includes(each));
    const next = all
      ? hidden.filter((each) => !members.includes(each))
      : [...new Set([...hidden, ...members])];
    this.state.choose({ hidden: next });
  }

  #toggleIsolated(): void {
    const members = this.catalogue.members(this.#active.id);
    const isolated = this.state.get("isolated");
    const alone = isolated.length > 0 && members.every((each) => isolated.includes(each));
    const rest = isolated.filter((each) => !members.includes(each));
    this.state.choose({ isolated: alone ? rest : members });
  }
}

function isExpanded(item: Item): boolean {
  return item.element.getAttribute("aria-expanded") === "true";
}

export function capital(words: string): string {
  return `${words.slice(0, 1).toUpperCase()}${words.slice(1)}`;
}
