// The place of the picture: its reserved room while plotly.js loads, the drawing, the cursor and
// the bars over it, and the note where it cannot be drawn.
import { h, setText } from "../dom.ts";
import type { PlotlyBundle } from "../plotly_bundle.ts";
import { isDark, watchTheme } from "../theme.ts";
import type { Bars } from "./bars.ts";
import { composeFigure, NARROW_PX } from "./compose.ts";
import { Cursor } from "./cursor.ts";
import { Picture, type Frame } from "./figure.ts";
import type { TimelineState } from "./state.ts";
import { forApproach } from "./status.ts";
import type { Figure, Row, Trace } from "./types.ts";

/** The trace with the time of each row added to what hovering over it says. */
function sayWhen(trace: Trace, when: ReadonlyMap<string, string | undefined>): Trace {
  const ids = trace.customdata as string[] | undefined;
  const texts = trace.hovertext as string[] | undefined;
  if (!ids || !texts) return trace;
  return { ...trace, hovertext: ids.map((id, place) => `${texts[place]}<br>${when.get(id) ?? ""}`) };
}

const CLICK_SLACK_PX = 6;

export class Stage {
  readonly element: HTMLElement;
  readonly cursor: Cursor;
  readonly #plot = h("div", { class: "l3s1-plot", "aria-hidden": "true" });
  readonly #note = h("p", { class: "l3s1-note l3s1-loading", role: "status" }, "Drawing the timeline …");
  readonly #over: HTMLElement;
  #picture: Picture | null = null;
  #drawnFor = "";
  #drawing: Promise<void> = Promise.resolve();

  constructor(
    private readonly state: TimelineState,
    private readonly bars: Bars,
    private readonly openRow: (row: Row, opener: HTMLElement) => void,
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

  /** Draw anew if approach, axis, width or theme ask for another figure; place the cursor. */
  draw(): void {
    const picture = this.#picture;
    const width_px = this.#plot.clientWidth;
    if (picture && width_px > 0) {
      const dark = isDark(this.element);
      const { approach, axis_kind } = this.state;
      const wanted = JSON.stringify([approach, axis_kind, dark, width_px]);
      if (wanted !== this.#drawnFor) {
        this.#drawnFor = wanted;
        const figure = this.#compose(width_px, dark);
        this.#drawing = this.#drawing.then(() => this.#redraw(picture, figure));
        return;
      }
    }
    this.cursor.place();
  }

  /** Draw the figure that Python has exchanged. */
  redraw(): void {
    this.#drawnFor = "";
    this.draw();
  }

  async #redraw(picture: Picture, figure: Figure): Promise<void> {
    if (this.signal.aborted) return;
    this.#plot.style.minHeight = `${Number(figure.layout.height)}px`;
    await picture.draw(figure);
    if (this.signal.aborted) return;
    this.#note.hidden = true;
    this.#over.hidden = false;
    this.bars.lay(picture.rows);
    this.cursor.place();
  }

  #compose(width_px: number, dark: boolean): Figure {
    const { model, approach, axis_kind } = this.state;
    const patch = model.get("views")[`${approach}|${axis_kind}`];
    const figure = composeFigure(model.get("figure"), patch, {
      width_px,
      narrow: width_px < NARROW_PX,
      colours: dark ? model.get("dark") : null,
    });
    const when = new Map(model.get("rows").map((row) => [row.id, forApproach(row.when, approach)]));
    return { ...figure, data: figure.data.map((trace) => sayWhen(trace, when)) };
  }

  #reserve(): void {
    const { height } = this.#compose(this.#plot.clientWidth || NARROW_PX, false).layout;
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
