// The modes as tabs, by the ARIA pattern; the scene is in none of the panels: all share it.
import { h, setAttributes, uniqueId } from "../dom.ts";

export class Tabs<T extends string> {
  readonly element: HTMLElement;
  readonly panels: readonly HTMLElement[];
  readonly #tabs: readonly HTMLElement[];

  constructor(
    private readonly modes: readonly (readonly [T, string])[],
    contents: Readonly<Record<T, readonly HTMLElement[]>>,
    private readonly chosen: (mode: T) => void,
  ) {
    const ids = modes.map(() => uniqueId("tab"));
    const panels = modes.map(() => uniqueId("panel"));
    this.#tabs = modes.map(([mode, label], place) => {
      const tab = h(
        "button",
        {
          type: "button",
          role: "tab",
          id: ids[place],
          class: "l3s1-tab",
          "aria-controls": panels[place],
          "data-mode": mode,
        },
        label,
      );
      tab.addEventListener("click", () => chosen(mode));
      return tab;
    });
    this.panels = modes.map(([mode], place) =>
      h(
        "div",
        {
          role: "tabpanel",
          id: panels[place],
          class: "l3s1-panel",
          "aria-labelledby": ids[place],
          "data-panel": mode,
        },
        ...contents[mode],
      ),
    );
    this.element = h(
      "div",
      { class: "l3s1-tabs", role: "tablist", "aria-label": "What to do" },
      ...this.#tabs,
    );
    this.element.addEventListener("keydown", (event) => this.#pressed(event));
  }

  show(mode: T): void {
    this.modes.forEach(([each], place) => {
      const selected = each === mode;
      setAttributes(this.#tabs[place] as HTMLElement, {
        "aria-selected": String(selected),
        tabindex: selected ? 0 : -1,
      });
      (this.panels[place] as HTMLElement).hidden = !selected;
    });
  }

  #pressed(event: KeyboardEvent): void {
    const last = this.modes.length - 1;
    const at = this.#tabs.indexOf(event.target as HTMLElement);
    const to: Record<string, number> = {
      ArrowRight: at === last ? 0 : at + 1,
      ArrowLeft: at === 0 ? last : at - 1,
      Home: 0,
      End: last,
    };
    const place = to[event.key];
    const mode = this.modes[place ?? -1]?.[0];
    if (place === undefined || at === -1 || mode === undefined) return;
    event.preventDefault();
    this.chosen(mode);
    this.#tabs[place]?.focus();
  }
}
