// Small helpers to build DOM. Text only ever enters a page as text nodes.

type Child = Node | string | null | undefined | false;
type Attributes = Record<string, string | number | boolean | null | undefined>;

/** Create an element; `true` writes an empty attribute, null and false write none. */
export function h<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Attributes = {},
  ...children: Child[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  setAttributes(element, attributes);
  for (const child of children) if (child || child === "") element.append(child);
  return element;
}

const SVG = "http://www.w3.org/2000/svg";

/** Create an SVG element. */
export function svg(tag: string, attributes: Attributes = {}, ...children: Node[]): SVGElement {
  const element = document.createElementNS(SVG, tag) as SVGElement;
  setAttributes(element, attributes);
  element.append(...children);
  return element;
}

export function setAttributes(element: Element, attributes: Attributes): void {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) element.removeAttribute(name);
    else element.setAttribute(name, value === true ? "" : String(value));
  }
}

/** Write text only where it differs, so that live regions and selections are left alone. */
export function setText(element: Element, text: string): void {
  if (element.textContent !== text) element.textContent = text;
}

let serial = 0;

/** An id that is unique on the page, also among separately loaded copies of a module. */
export function uniqueId(stem: string): string {
  serial += 1;
  return `l3s1-${stem}-${serial}-${Math.random().toString(36).slice(2, 8)}`;
}

/** A polite live region that speaks once the text has been the same for `quiet_ms`. */
export class Announcer {
  readonly element = h("div", { class: "l3s1-hidden", role: "status", "aria-live": "polite" });
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    signal: AbortSignal,
    private readonly quiet_ms = 700,
  ) {
    signal.addEventListener("abort", () => clearTimeout(this.#timer));
  }

  say(text: string): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => setText(this.element, text), this.quiet_ms);
  }
}
