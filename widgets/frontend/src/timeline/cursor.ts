// The day cursor: a slider on a track above the picture and a line down through it.
import { h, setAttributes, setText } from "../dom.ts";
import { dayToX, sayDay, snapDay, stepDay, turningDay, xToDay } from "../time_axis.ts";
import type { Frame } from "./figure.ts";
import type { TimelineState } from "./state.ts";
import { turningDays } from "./status.ts";

const HANDLE_WIDTH_PX = 116;

export class Cursor {
  readonly handle: HTMLElement;
  readonly track: HTMLElement;
  /** Lies over the picture; its parts take the pointer only on the line itself. */
  readonly line: HTMLElement;
  readonly #fallback = (): Frame => ({
    left: 12,
    width: Math.max(this.track.clientWidth - 24, 1),
    top: 0,
    height: 0,
    xRange: [0, this.#x(this.state.horizon_d)],
  });

  constructor(
    private readonly state: TimelineState,
    private readonly frame: () => Frame | null,
    signal: AbortSignal,
  ) {
    this.handle = h("div", {
      class: "l3s1-cursor-handle",
      role: "slider",
      tabindex: 0,
      "aria-label": "Day after the operation",
      "aria-orientation": "horizontal",
      "aria-valuemin": 0,
    });
    this.line = h("div", { class: "l3s1-cursor-line", "aria-hidden": "true" });
    this.track = h(
      "div",
      { class: "l3s1-track" },
      h("div", { class: "l3s1-track-rail" }),
      this.handle,
    );
    this.handle.addEventListener("keydown", (event) => this.#key(event), { signal });
    for (const part of [this.track, this.line]) this.#dragged(part, signal);
  }

  /** Show the state's day where the picture has it. */
  place(): void {
    const { day, horizon_d } = this.state;
    const words = sayDay(day);
    setText(this.handle, shortDay(day));
    setAttributes(this.handle, {
      "aria-valuemax": horizon_d,
      "aria-valuenow": Number(day.toFixed(2)),
      "aria-valuetext": words,
    });
    const { left, width, xRange } = this.frame() ?? this.#fallback();
    const at = left + ((this.#x(day) - xRange[0]) / (xRange[1] - xRange[0])) * width;
    this.line.style.transform = `translateX(${at}px)`;
    this.line.hidden = this.frame() === null;
    const half = HANDLE_WIDTH_PX / 2;
    const handleAt = Math.min(Math.max(at, half), Math.max(this.track.clientWidth - half, half));
    this.handle.style.transform = `translateX(${handleAt - half}px)`;
    this.handle.style.setProperty("--l3s1-stem", `${at - handleAt + half}px`);
    this.track.style.setProperty("--l3s1-rail-left", `${left}px`);
    this.track.style.setProperty("--l3s1-rail-width", `${width}px`);
  }

  /** The day at `clientX`, as the cursor would rest. */
  dayAt(clientX: number): number {
    const { left, width, xRange } = this.frame() ?? this.#fallback();
    const share = (clientX - this.track.getBoundingClientRect().left - left) / width;
    const x = xRange[0] + Math.min(Math.max(share, 0), 1) * (xRange[1] - xRange[0]);
    const { scale_d } = this.state.content.axis;
    return snapDay(xToDay(x, this.state.axis_kind, scale_d), this.state.horizon_d);
  }

  #x(day: number): number {
    return dayToX(day, this.state.axis_kind, this.state.content.axis.scale_d);
  }

  #key(event: KeyboardEvent): void {
    const day = this.#dayAfter(event);
    if (day === null || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    event.stopPropagation();
    this.state.set({ day });
    this.state.settleSoon();
  }

  #dayAfter({ key, shiftKey }: KeyboardEvent): number | null {
    const { day, horizon_d, patients, content } = this.state;
    const turning = (direction: 1 | -1): number =>
      turningDay(day, direction, turningDays(content.rows, patients), horizon_d);
    switch (key) {
      case "ArrowRight":
      case "ArrowUp":
        return stepDay(day, 1, horizon_d, shiftKey);
      case "ArrowLeft":
      case "ArrowDown":
        return stepDay(day, -1, horizon_d, shiftKey);
      case "PageUp":
        return turning(1);
      case "PageDown":
        return turning(-1);
      case "Home":
        return 0;
      case "End":
        return horizon_d;
      default:
        return null;
    }
  }

  #dragged(part: HTMLElement, signal: AbortSignal): void {
    let dragging = false;
    const move = (event: PointerEvent): void => this.state.set({ day: this.dayAt(event.clientX) });
    part.addEventListener(
      "pointerdown",
      (event) => {
        if (event.button !== 0) return;
        event.preventDefault();
        dragging = true;
        part.setPointerCapture(event.pointerId);
        this.handle.focus({ preventScroll: true });
        if (part === this.track) move(event);
      },
      { signal },
    );
    part.addEventListener("pointermove", (event) => dragging && move(event), { signal });
    for (const end of ["pointerup", "pointercancel"] as const) {
      part.addEventListener(
        end,
        () => {
          if (!dragging) return;
          dragging = false;
          this.state.settle();
        },
        { signal },
      );
    }
  }
}

/** The day on the handle, short enough to stand on it: "day 42", "6 hours". */
export function shortDay(day: number): string {
  return sayDay(day).replace(/ \(.*\)$/, "");
}
