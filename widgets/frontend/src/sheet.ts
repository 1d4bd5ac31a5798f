// The one panel that slides in beside (or, on a phone, over the lower part of) the page. It is
// not modal: the cursor can be moved and answers read while a source is open.
import { h, uniqueId } from "./dom.ts";

export interface SheetContent {
  heading: string;
  body: readonly Node[];
  /** The element that focus returns to; without one the focus is not moved into the sheet. */
  opener: HTMLElement | null;
}

const OPENED = "l3s1:sheet-opened";

export class Sheet {
  readonly element: HTMLElement;
  readonly #heading: HTMLElement;
  readonly #body: HTMLElement;
  #opener: HTMLElement | null = null;
  #isOpen = false;

  /** `closed` is called after the sheet was closed, by whom- or whatever. */
  constructor(
    signal: AbortSignal,
    private readonly closed: () => void,
  ) {
    const id = uniqueId("sheet");
    this.#heading = h("h3", { id, tabindex: -1, class: "l3s1-sheet-heading" });
    this.#body = h("div", { class: "l3s1-sheet-body" });
    const close = h("button", { type: "button", class: "l3s1-button l3s1-sheet-close" }, "Close");
    close.addEventListener("click", () => this.close());
    this.element = h(
      "div",
      { class: "l3s1-sheet", role: "dialog", "aria-labelledby": id, popover: "manual", hidden: true },
      h("div", { class: "l3s1-sheet-head" }, this.#heading, close),
      this.#body,
    );
    const listen = { signal, capture: true };
    document.addEventListener(
      "keydown",
      (event) => {
        if (event.key !== "Escape" || !this.#isOpen) return;
        event.stopPropagation();
        event.preventDefault();
        this.close();
      },
      listen,
    );
    document.addEventListener(
      OPENED,
      (event) => {
        if ((event as CustomEvent).detail !== this) this.close();
      },
      listen,
    );
    signal.addEventListener("abort", () => this.element.remove());
  }

  get isOpen(): boolean {
    return this.#isOpen;
  }

  open({ heading, body, opener }: SheetContent): void {
    this.#heading.textContent = heading;
    this.#body.replaceChildren(...body);
    this.#body.scrollTop = 0;
    if (opener) this.#opener = opener;
    if (!this.#isOpen) {
      this.#isOpen = true;
      this.element.hidden = false;
      if (this.element.isConnected) this.element.showPopover?.();
      document.dispatchEvent(new CustomEvent(OPENED, { detail: this }));
    }
    if (opener) this.#heading.focus({ preventScroll: true });
  }

  close(): void {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    const hadFocus = this.element.contains(document.activeElement);
    if (this.element.isConnected) this.element.hidePopover?.();
    this.element.hidden = true;
    if (hadFocus && this.#opener?.isConnected) this.#opener.focus();
    this.#opener = null;
    this.closed();
  }
}
