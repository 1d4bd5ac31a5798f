// The place of the picture: its reserved room while plotly.js loads, the drawing, the cursor and
// the bars over it, and the note where it cannot be drawn.
import { h, setText } from "../dom.ts";
import type { PlotlyBundle } from "../plotly_bundle.ts";
import { isDark, watchTheme } from "../theme.ts";
import type { Bars } from "./bars.ts";
import { axisPx, composeFigure, NARROW_PX } from "./compose.ts";
import { Cursor } from "./cursor.ts";
import { Picture, type Frame } from "./figure.ts";
import { layFigure, type LaidRow } from "./lay.ts";
import type { TimelineState } from "./state.ts";
import type { Figure, Row, SpreadAnswer } from "./types.ts";

const CLICK_SLACK_PX = 6;

export class Stage {
  readonly element: HTMLElement;
  readonly cursor: Cursor;
  readonly #plot = h("div", { class: "l3s1-plot", "aria-hidden": "true" });
  readonly #note = h("p", { class: "l3s1-note l3s1-loading", role: "status" }, "Drawing the timeline …");
  readonly #over: HTMLElement;
  #picture: Picture | null = null;
  #drawnFor = "";
  #asked = "";
  #drawing: Promise<void> = Promise.resolve();

  constructor(
    private readonly state: TimelineState,
    private readonly bars: Bars,
    private readonly openRow: (row: Row, opener: HTMLElement, answer?: SpreadAnswer) => void,
    private readonly signal: AbortSignal,
  ) {
    this.cursor = new Cursor(state, () => this.#frame(), signal);
    this.cursor.line.append(bars.dots);
    this.#over = h("div", { class: "l3s1-over" }, bars.element, this.cursor.line);
    this.#over.hidden = true;
    const canvas = h("div", { class: "l3s1-canvas" }, this.#plot, this.#over, this.#note);
    this.element = h("div", { class: "l3s1-stage" }, this.cursor.track, canvas);
    this.#clicks(canvas);
  }

  /** Call once the element is on the page. */
  start(bundle: Promise<PlotlyBundle>, failed: () => void): void {
    const observer = new ResizeObserver(() => this.draw());
    observer.observe(this.element);
    this.signal.addEventListener("abort", () => observer.disconnect());
    watchTheme(() => this.draw(), this.signal);
    this.#reserve();
    bundle.then(
      ({ Plotly }) => {
        if (this.signal.aborted) return;
        this.#picture = new Picture(Plotly, this.#plot, this.signal);
        this.draw();
      },
      (error: unknown) => {
        if (!this.signal.aborted) this.#fail(error, failed);
      },
    );
  }

  /** Draw anew if patients, axis, width or theme ask for another figure; place the cursor. */
  draw(): void {
    const picture = this.#picture;
    const width_px = this.#plot.clientWidth;
    if (picture && width_px > 0) {
      const dark = isDark(this.element);
      const { patients, axis_kind } = this.state;
      const asked = JSON.stringify([patients, axis_kind]);
      const wanted = JSON.stringify([asked, dark, width_px]);
      if (wanted !== this.#drawnFor) {
        this.#drawnFor = wanted;
        const moving = asked !== this.#asked && !matchMedia("(prefers-reduced-motion: reduce)").matches;
        this.#asked = asked;
        this.#drawing = this.#drawing.then(() => this.#redraw(picture, this.compose(width_px, dark), moving));
        return;
      }
    }
    this.cursor.place();
  }

  /** The figure for a width and a theme, and where its rows lie. */
  compose(width_px: number, dark: boolean): { figure: Figure; rows: readonly LaidRow[] } {
    const { content, patients, axis_kind } = this.state;
    const narrow = width_px < NARROW_PX;
    const axis_px = axisPx(content.figure, width_px, narrow);
    const laid = layFigure(content, { patients, axis_kind, narrow, axis_px });
    const colours = dark ? content.dark : null;
    return { figure: composeFigure(laid, { width_px, narrow, colours }), rows: laid.rows };
  }

  async #redraw(
    picture: Picture,
    { figure, rows }: { figure: Figure; rows: readonly LaidRow[] },
    moving: boolean,
  ): Promise<void> {
    if (this.signal.aborted) return;
    this.#plot.style.minHeight = `${Number(figure.layout.height)}px`;
    await picture.draw(figure, rows, moving);
    if (this.signal.aborted) return;
    this.#note.hidden = true;
    this.#over.hidden = false;
    this.bars.lay(picture.rows);
    this.cursor.place();
  }

  #reserve(): void {
    const { height } = this.compose(this.#plot.clientWidth || NARROW_PX, false).figure.layout;
    if (typeof height === "number") this.#plot.style.minHeight = `${height}px`;
    this.cursor.place();
  }

  #fail(error: unknown, failed: () => void): void {
    const why = error instanceof Error ? error.message : String(error);
    this.#plot.style.minHeight = "";
    this.#note.classList.replace("l3s1-loading", "l3s1-failed");
    setText(
      this.#note,
      `The picture cannot be drawn: ${why}. The answers and the table below say the same; ` +
        "reload the page to try again.",
    );
    failed();
    this.cursor.place();
  }

  #frame(): Frame | null {
    return this.#over.hidden ? null : (this.#picture?.frame ?? null);
  }

  /** A click or tap on a bar opens its origin; beside the bars it moves the cursor there. */
  #clicks(canvas: HTMLElement): void {
    let down: { x: number; y: number } | null = null;
    const listen = { signal: this.signal, capture: true };
    canvas.addEventListener(
      "pointerdown",
      (event) => {
        down = event.button === 0 ? { x: event.clientX, y: event.clientY } : null;
      },
      listen,
    );
    window.addEventListener("pointercancel", () => (down = null), listen);
    window.addEventListener(
      "pointerup",
      (event) => {
        const start = down;
        down = null;
        const frame = this.#frame();
        if (!start || !frame) return;
        const far = Math.hypot(event.clientX - start.x, event.clientY - start.y);
        if (far <= CLICK_SLACK_PX) this.#clicked(start, canvas, frame);
      },
      listen,
    );
  }

  #clicked(point: { x: number; y: number }, canvas: HTMLElement, frame: Frame): void {
    const corner = canvas.getBoundingClientRect();
    const x = point.x - corner.left;
    const single = this.bars.answerAt(x, point.y - corner.top);
    if (single) {
      this.openRow(single.row, this.bars.button(single.row) ?? canvas, single.answer);
      return;
    }
    const row = this.bars.rowAt(x, point.y - corner.top, frame.left);
    const opener = row && this.bars.button(row);
    if (row && opener) {
      this.openRow(row, opener);
    } else if (x >= frame.left) {
      this.state.set({ day: this.cursor.dayAt(point.x) });
      this.state.settle();
    }
  }
}
