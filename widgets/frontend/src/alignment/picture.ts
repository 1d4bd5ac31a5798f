// The lateral picture: bones, angles as a radiologist draws them, and what can be taken hold of. The hip
// axis stays where it is, since a person stands on it; while it is dragged itself, the sacrum stays.
import { setAttributes, svg } from "../dom.ts";
import { AngleLayer, WINDOW } from "./angle_layer.ts";
import { drawAngles, heading, type AngleId } from "./angles.ts";
import { drawBones, fixed, type DrawnBones } from "./bones.ts";
import type { LateralBones } from "./lateral.ts";
import { middle } from "./model.ts";
import {
  SEGMENTS,
  VERTEBRAE,
  type Body,
  type Plate,
  type Point,
  type Segment,
  type Spine,
  type StateValues,
} from "./types.ts";

/** What can be dragged: the pelvis by its sacrum, the plate of S1, the hip axis, a vertebra's plate. */
export type Handle = "pelvis" | "slope" | "hip" | `segment-${0 | 1 | 2 | 3 | 4}`;

export interface Grip {
  id: Handle;
  label: string;
  /** What an arrow key changes it by is a degree; the value, its limits and its words. */
  value: number;
  low: number;
  high: number;
  said: string;
}

export interface PictureActions {
  /** Turn what the handle holds to `value` degrees. */
  turn(handle: Handle, value: number): void;
  /** The hip axis was dragged to here, in the frame of the S1 plate's middle. */
  moveHip(to: Point): void;
  settled(): void;
}

/** What is drawn beside the spine itself. */
export interface Beside {
  /** Another state, as an outline. */
  before?: Spine | null;
  cages?: StateValues["cages"];
}

const HANDLE_PX = 22;
const GLIDE_MS = 300;
const STEP = { small: 1, large: 5 };

export class SpinePicture {
  readonly element: SVGElement;
  readonly #drawn: DrawnBones;
  readonly #moved = svg("g", { class: "l3s1-moved" });
  readonly #angles = new AngleLayer();
  readonly #cages = svg("path", { class: "l3s1-cage" });
  /** Drawn twice, so that it is seen on bone and on the page. */
  readonly #ghosts = ["l3s1-ghost-under", "l3s1-ghost"].map((name) =>
    svg("path", { class: name, "aria-hidden": "true" }),
  );
  readonly #handles: ReadonlyMap<Handle, SVGElement>;
  #spine: Spine | null = null;
  #grips: readonly Grip[] = [];
  /** Where the S1 plate is held on the picture while the hip axis is dragged. */
  #held: Point | null = null;
  #perPixel = 0.6;

  constructor(
    body: Body,
    bones: LateralBones,
    description: string,
    private readonly actions: PictureActions | null,
    signal: AbortSignal,
  ) {
    this.#drawn = drawBones(body, bones, true);
    const handles: Handle[] = ["hip", "pelvis", "slope", ...SEGMENTS.map((_, place) => `segment-${place}` as Handle)];
    this.#handles = new Map(actions ? handles.map((id) => [id, this.#handle(id, signal)]) : []);
    this.#moved.append(
      this.#drawn.sacrum,
      this.#drawn.pelvis,
      this.#drawn.discs,
      this.#cages,
      this.#drawn.vertebrae,
      ...this.#ghosts,
      this.#angles.lines,
      this.#angles.labels,
      ...this.#handles.values(),
    );
    const { left, top, width, height } = WINDOW;
    this.element = svg(
      "svg",
      {
        class: "l3s1-spine",
        viewBox: `${left} ${top} ${width} ${height}`,
        role: "group",
        "aria-label": description,
      },
      this.#moved,
    );
    if (typeof ResizeObserver !== "undefined") {
      const watcher = new ResizeObserver(() => this.#fit());
      watcher.observe(this.element);
      signal.addEventListener("abort", () => watcher.disconnect());
    }
  }

  show(
    spine: Spine,
    hidden: ReadonlySet<AngleId>,
    sva: number | null,
    grips: readonly Grip[],
    { before = null, cages = {} }: Beside = {},
  ): void {
    this.#spine = spine;
    this.#grips = grips;
    this.#drawn.show(spine);
    const [u] = this.#shift();
    this.#moveTo();
    this.#angles.show(drawAngles(spine, sva).filter(({ id }) => !hidden.has(id)));
    this.#angles.fit(this.#perPixel, u);
    this.#showGhost(spine, before);
    setAttributes(this.#cages, { d: SEGMENTS.map((each) => (cages[each] === undefined ? "" : cagePath(each, spine))).join("") });
    for (const [id, handle] of this.#handles) {
      setAttributes(handle, { hidden: !grips.some((grip) => grip.id === id) });
    }
    for (const grip of grips) this.#place(grip);
  }

  /** The bodies of another state as quadrilaterals, on the same hip axis. */
  #showGhost(spine: Spine, before: Spine | null): void {
    const moved = before && [spine.hip[0] - before.hip[0], spine.hip[1] - before.hip[1]];
    const at = ([u, v]: Point): string => `${fixed(u + (moved?.[0] ?? 0))} ${fixed(-v - (moved?.[1] ?? 0))}`;
    const bodies = before
      ? VERTEBRAE.map((id) => {
          const [upper, lower] = [before.plates[`${id}.upper`], before.plates[`${id}.lower`]];
          const corners = [upper.anterior, upper.posterior, lower.posterior, lower.anterior];
          return `M${corners.map(at).join("L")}Z`;
        })
      : [];
    const { anterior, posterior } = (before ?? spine).plates["S1.upper"];
    const d = before ? `${bodies.join("")}M${at(anterior)}L${at(posterior)}` : "";
    for (const ghost of this.#ghosts) setAttributes(ghost, { d });
  }

  /** Where the middle of the S1 plate lies on the picture. */
  #shift(): Point {
    const [u, v] = this.#spine?.hip ?? [0, 0];
    return this.#held ?? [-u, -v];
  }

  #moveTo(): void {
    const [u, v] = this.#shift();
    this.#moved.setAttribute("transform", `translate(${fixed(u)} ${fixed(-v)})`);
  }

  #fit(): void {
    const width = this.element.clientWidth || this.element.getBoundingClientRect().width;
    if (width === 0) return;
    this.#perPixel = WINDOW.width / width;
    this.element.style.setProperty("--l3s1-mm", String(this.#perPixel));
    for (const handle of this.#handles.values()) {
      setAttributes(handle.querySelector(".l3s1-grip-reach") as Element, { r: HANDLE_PX * this.#perPixel });
      setAttributes(handle.querySelector(".l3s1-grip-dot") as Element, { r: 7 * this.#perPixel });
    }
    if (this.#spine) this.#angles.fit(this.#perPixel, this.#shift()[0]);
  }

  // ------------------------------------------------------------------ handles

  #handle(id: Handle, signal: AbortSignal): SVGElement {
    const element = svg(
      "g",
      { class: "l3s1-grip", role: "slider", tabindex: 0, "data-handle": id },
      svg("circle", { class: "l3s1-grip-reach", r: 13 }),
      svg("circle", { class: "l3s1-grip-dot", r: 4 }),
    );
    let dragging: number | null = null;
    element.addEventListener(
      "pointerdown",
      (event) => {
        if (event.button !== 0 || dragging !== null) return;
        dragging = event.pointerId;
        element.setPointerCapture?.(event.pointerId);
        element.classList.add("l3s1-grip-held");
        if (id === "hip" && this.#spine) this.#held = [-this.#spine.hip[0], -this.#spine.hip[1]];
        this.#begin(id, this.#at(event));
        element.focus({ preventScroll: true });
        event.preventDefault();
      },
      { signal },
    );
    element.addEventListener(
      "pointermove",
      (event) => {
        if (event.pointerId === dragging) this.#drag(id, this.#at(event));
      },
      { signal },
    );
    const end = (event: PointerEvent): void => {
      if (event.pointerId !== dragging) return;
      dragging = null;
      element.classList.remove("l3s1-grip-held");
      if (this.#held) {
        this.#held = null;
        // the hip axis goes back to its place, with a glide where motion is welcome
        this.#moved.classList.add("l3s1-gliding");
        this.#moveTo();
        this.#angles.fit(this.#perPixel, this.#shift()[0]);
        setTimeout(() => this.#moved.classList.remove("l3s1-gliding"), GLIDE_MS);
      }
      this.actions?.settled();
    };
    for (const name of ["pointerup", "pointercancel"] as const) {
      element.addEventListener(name, end, { signal });
    }
    element.addEventListener("keydown", (event) => this.#pressed(id, event), { signal });
    element.addEventListener("keyup", () => this.actions?.settled(), { signal });
    return element;
  }

  #pressed(id: Handle, event: KeyboardEvent): void {
    const grip = this.#grips.find((each) => each.id === id);
    if (!grip) return;
    const step = event.shiftKey ? STEP.large : STEP.small;
    const to: Record<string, number> = {
      ArrowUp: grip.value + step,
      ArrowRight: grip.value + step,
      ArrowDown: grip.value - step,
      ArrowLeft: grip.value - step,
      PageUp: grip.value + STEP.large,
      PageDown: grip.value - STEP.large,
      Home: grip.low,
      End: grip.high,
    };
    const value = to[event.key];
    if (value === undefined) return;
    event.preventDefault();
    this.actions?.turn(id, value);
  }

  /** A pointer's place in the model's frame, mm. */
  #at({ clientX, clientY }: PointerEvent): Point {
    const box = this.element.getBoundingClientRect();
    const scale = WINDOW.width / (box.width || WINDOW.width);
    const [u, v] = this.#shift();
    const x = WINDOW.left + (clientX - box.left) * scale;
    const y = WINDOW.top + (clientY - box.top) * scale;
    return [x - u, -y - v];
  }

  #from: { value: number; heading: number; hip: Point; at: Point } | null = null;

  /** Remember where a drag began, in a frame that the drag does not move. */
  #begin(id: Handle, at: Point): void {
    const grip = this.#grips.find((each) => each.id === id);
    const spine = this.#spine;
    if (!grip || !spine) return;
    const pivot = this.#pivot(id, spine);
    this.#from = { value: grip.value, heading: heading(pivot, at), hip: spine.hip, at };
  }

  #drag(id: Handle, at: Point): void {
    const { actions } = this;
    const spine = this.#spine;
    const from = this.#from;
    if (!actions || !spine || !from) return;
    if (id === "hip") {
      actions.moveHip([from.hip[0] + at[0] - from.at[0], from.hip[1] + at[1] - from.at[1]]);
      return;
    }
    let turned = heading(this.#pivot(id, spine), at) - from.heading;
    turned -= 360 * Math.round(turned / 360);
    // turning backward on the screen: more lordosis and more tilt, but less slope
    const value = id === "slope" ? from.value + turned : from.value - turned;
    actions.turn(id, value);
  }

  /** What a handle turns about. */
  #pivot(id: Handle, spine: Spine): Point {
    if (id === "pelvis") return spine.hip;
    if (id === "slope" || id === "hip") return [0, 0];
    const place = Number(id.slice(-1));
    return middle(spine.plates[place === 4 ? "S1.upper" : (`L${place + 2}.upper` as Plate)]);
  }

  #place(grip: Grip): void {
    const element = this.#handles.get(grip.id);
    const spine = this.#spine;
    if (!element || !spine) return;
    const [u, v] = handlePoint(grip.id, spine);
    setAttributes(element, {
      transform: `translate(${fixed(u)} ${fixed(-v)})`,
      "aria-label": grip.label,
      "aria-valuemin": fixed(grip.low),
      "aria-valuemax": fixed(grip.high),
      "aria-valuenow": fixed(grip.value),
      "aria-valuetext": grip.said,
    });
  }
}

function handlePoint(id: Handle, spine: Spine): Point {
  if (id === "hip") return spine.hip;
  if (id === "pelvis") return [0, 0];
  if (id === "slope") return spine.plates["S1.upper"].posterior;
  return spine.plates[`${VERTEBRAE[Number(id.slice(-1))] ?? "L1"}.upper`].anterior;
}

/** A cage between the plates of a disc, from a little behind the front to a little before the back. */
function cagePath(segment: Segment, { plates }: Spine): string {
  const place = SEGMENTS.indexOf(segment);
  const upper = plates[`${VERTEBRAE[place] ?? "L1"}.lower`];
  const lower = plates[place === 4 ? "S1.upper" : (`L${place + 2}.upper` as Plate)];
  const on = ({ anterior, posterior }: typeof upper, share: number): string => {
    const [u, v] = [0, 1].map((axis) => (anterior[axis] ?? 0) + share * ((posterior[axis] ?? 0) - (anterior[axis] ?? 0)));
    return `${fixed(u ?? 0)} ${fixed(-(v ?? 0))}`;
  };
  return `M${on(upper, 0.1)}L${on(upper, 0.86)}L${on(lower, 0.86)}L${on(lower, 0.1)}Z`;
}
