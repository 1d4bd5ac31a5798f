// The film to be measured: its picture, the points that were placed, the lines that follow from them,
// and after comparing the true ones. Mouse, touch and keyboard do the same.
import { h, setAttributes, svg } from "../dom.ts";
import { AngleLayer, WINDOW } from "./angle_layer.ts";
import { drawKnown } from "./angles.ts";
import { fixed } from "./bones.ts";
import type { Grey } from "./film.ts";
import { measure, type Points } from "./measuring.ts";
import { middle } from "./model.ts";
import { LANDMARKS, type Film, type Landmark, type Line, type Point } from "./types.ts";

export interface FilmActions {
  /** A point was set down or moved here. */
  place(landmark: Landmark, at: Point): void;
  settled(landmark: Landmark): void;
}

/** mm that an arrow key moves the cross by. */
const STEP = { small: 0.5, large: 5 };
const ZOOM = 3;
const LOUPE_PX = 150;

export class FilmStage {
  readonly element: HTMLElement;
  readonly #canvas = h("canvas", { class: "l3s1-film-picture", "aria-hidden": "true" });
  readonly #overlay: SVGElement;
  readonly #moved = svg("g", {});
  readonly #angles = new AngleLayer();
  readonly #points = svg("g", {});
  readonly #truth = svg("g", { class: "l3s1-true" });
  readonly #cross = svg(
    "path",
    { class: "l3s1-cross", d: "M-9 0H-2M2 0H9M0 -9V-2M0 2V9" },
  );
  readonly #loupe = h("canvas", { class: "l3s1-loupe", width: LOUPE_PX * 2, height: LOUPE_PX * 2, hidden: true });
  #film: Film | null = null;
  #active: Landmark | null = null;
  #at: Point = [0, 60];
  #held: Landmark | null = null;
  #points_now: Points = {};

  constructor(
    label: string,
    private readonly actions: FilmActions,
    signal: AbortSignal,
  ) {
    this.#moved.append(this.#truth, this.#angles.lines, this.#points, this.#cross, this.#angles.labels);
    const { left, top, width, height } = WINDOW;
    this.#overlay = svg(
      "svg",
      { class: "l3s1-spine l3s1-film-lines", viewBox: `${left} ${top} ${width} ${height}`, "aria-hidden": "true" },
      this.#moved,
    );
    this.element = h(
      "div",
      { class: "l3s1-film", role: "application", tabindex: 0, "aria-label": label },
      this.#canvas,
      this.#overlay,
      this.#loupe,
    );
    this.#listen(signal);
  }

  /** Show another film; its greys were made for `WINDOW`. */
  expose(film: Film, { columns, rows, levels }: Grey): void {
    this.#film = film;
    setAttributes(this.#canvas, { width: columns, height: rows });
    const context = this.#canvas.getContext("2d");
    if (!context) return;
    const picture = context.createImageData(columns, rows);
    levels.forEach((level, place) => picture.data.set([level, level, level, 255], 4 * place));
    context.putImageData(picture, 0, 0);
    context.fillStyle = "#e8e8e8";
    context.font = `600 ${Math.round(columns / 22)}px sans-serif`;
    // the marker of the side nearest to the film, as on a left lateral
    context.fillText("L", columns * 0.9, rows * 0.07);
  }

  /** `active` is the landmark that the next click places; `truth` is drawn after comparing. */
  show(points: Points, active: Landmark | null, truth: Readonly<Record<Landmark, Point>> | null): void {
    if (!this.#film) return;
    this.#points_now = points;
    this.#active = active;
    const { hip } = this.#film.spine;
    const shift: Point = [-hip[0], -hip[1]];
    this.#moved.setAttribute("transform", `translate(${fixed(shift[0])} ${fixed(-shift[1])})`);
    this.#showLines(points, shift);
    const placed = LANDMARKS.flatMap((id) => {
      const at = points[id];
      return at ? [mark(id, at, id === active)] : [];
    });
    this.#points.replaceChildren(...placed);
    this.#truth.replaceChildren(...(truth ? trueMarks(truth, this.#film) : []));
    setAttributes(this.#cross, {
      transform: `translate(${fixed(this.#at[0])} ${fixed(-this.#at[1])})`,
    });
  }

  /** Put the cross where a point lies, to go on from there with the keys. */
  goTo(at: Point | undefined): void {
    if (at) this.#at = at;
    this.element.focus({ preventScroll: true });
  }

  #showLines(points: Points, shift: Point): void {
    const found = measure(points);
    const back = points["S1.posterior"];
    const front = points["S1.anterior"];
    const origin: Point = back && front ? middle({ posterior: back, anterior: front }) : [0, 0];
    const from = ([u, v]: Point): Point => [u - origin[0], v - origin[1]];
    const line = (bone: "L1" | "L4" | "S1"): Record<string, Line> => {
      const [posterior, anterior] = [points[`${bone}.posterior`], points[`${bone}.anterior`]];
      if (!posterior || !anterior) return {};
      return { [`${bone}.upper`]: { posterior: from(posterior), anterior: from(anterior) } };
    };
    const [near, far] = [points["hip.near"], points["hip.far"]];
    const drawn = drawKnown({
      ...(Object.fromEntries(Object.entries(found).filter(([, value]) => value !== null)) as object),
      ...(near && far && { hip: from(middle({ posterior: near, anterior: far })) }),
      plates: { ...line("L1"), ...line("L4"), ...line("S1") },
    });
    this.#angles.show(drawn);
    this.#angles.fit(this.#perPixel(), shift[0] + origin[0]);
    const place = `translate(${fixed(origin[0])} ${fixed(-origin[1])})`;
    for (const layer of [this.#angles.lines, this.#angles.labels]) layer.setAttribute("transform", place);
  }

  #perPixel(): number {
    const width = this.element.clientWidth || WINDOW.width;
    const perPixel = WINDOW.width / width;
    this.#overlay.style.setProperty("--l3s1-mm", String(perPixel));
    return perPixel;
  }

  #listen(signal: AbortSignal): void {
    const listen = { signal };
    this.element.addEventListener(
      "pointerdown",
      (event) => {
        if (event.button !== 0 || !this.#film) return;
        const at = this.#pointer(event);
        const near = this.#near(at, event.pointerType === "touch" ? 16 : 10);
        const landmark = near ?? this.#active;
        if (!landmark) return;
        this.#held = landmark;
        this.element.setPointerCapture?.(event.pointerId);
        this.element.focus({ preventScroll: true });
        // what is taken hold of beside its middle must not jump
        if (!near) this.#put(landmark, at);
        event.preventDefault();
      },
      listen,
    );
    this.element.addEventListener(
      "pointermove",
      (event) => {
        if (!this.#film) return;
        const at = this.#pointer(event);
        if (this.#held) this.#put(this.#held, at);
        if (event.pointerType === "mouse" || this.#held) this.#showLoupe(event, at);
      },
      listen,
    );
    const end = (): void => {
      setAttributes(this.#loupe, { hidden: true });
      const held = this.#held;
      this.#held = null;
      if (held) this.actions.settled(held);
    };
    this.element.addEventListener("pointerup", end, listen);
    this.element.addEventListener("pointercancel", end, listen);
    this.element.addEventListener("pointerleave", () => setAttributes(this.#loupe, { hidden: true }), listen);
    this.element.addEventListener("keydown", (event) => this.#pressed(event), listen);
  }

  #put(landmark: Landmark, at: Point): void {
    this.#at = at;
    this.actions.place(landmark, [Math.round(at[0] * 100) / 100, Math.round(at[1] * 100) / 100]);
  }

  #pressed(event: KeyboardEvent): void {
    const step = event.shiftKey ? STEP.large : STEP.small;
    const moves: Record<string, Point> = {
      ArrowUp: [0, step],
      ArrowDown: [0, -step],
      ArrowLeft: [-step, 0],
      ArrowRight: [step, 0],
    };
    const move = moves[event.key];
    if (move) {
      event.preventDefault();
      this.#at = [this.#at[0] + move[0], this.#at[1] + move[1]];
      setAttributes(this.#cross, { transform: `translate(${fixed(this.#at[0])} ${fixed(-this.#at[1])})` });
      this.element.classList.add("l3s1-by-keys");
      this.#drawLoupe(this.#at, "left");
      return;
    }
    if ((event.key === "Enter" || event.key === " ") && this.#active) {
      event.preventDefault();
      const landmark = this.#active;
      this.#put(landmark, this.#at);
      this.actions.settled(landmark);
    }
  }

  #pointer({ clientX, clientY }: PointerEvent): Point {
    const box = this.element.getBoundingClientRect();
    const scale = WINDOW.width / (box.width || WINDOW.width);
    const hip = this.#film?.spine.hip ?? [0, 0];
    return [
      WINDOW.left + (clientX - box.left) * scale + hip[0],
      -(WINDOW.top + (clientY - box.top) * scale) + hip[1],
    ];
  }

  /** The placed point within so many pixels. */
  #near(at: Point, pixels: number): Landmark | null {
    const reach = pixels * this.#perPixel();
    const found = LANDMARKS.map((id) => {
      const point = this.#points_now[id];
      return { id, distance: point ? Math.hypot(point[0] - at[0], point[1] - at[1]) : Infinity };
    }).sort((one, other) => one.distance - other.distance)[0];
    return found && found.distance <= reach ? found.id : null;
  }

  #showLoupe({ clientX }: PointerEvent, at: Point): void {
    const box = this.element.getBoundingClientRect();
    this.#drawLoupe(at, clientX - box.left < box.width / 2 ? "right" : "left");
  }

  /** Three times as large, away from the finger. */
  #drawLoupe(at: Point, side: "left" | "right"): void {
    const context = this.#loupe.getContext("2d");
    const film = this.#film;
    if (!context || !film) return;
    const pixel = this.#canvas.width / WINDOW.width;
    const x = (at[0] - film.spine.hip[0] - WINDOW.left) * pixel;
    const y = (-(at[1] - film.spine.hip[1]) - WINDOW.top) * pixel;
    const size = this.#loupe.width;
    const reach = (LOUPE_PX / ZOOM) * this.#perPixel() * pixel;
    context.fillStyle = "#000";
    context.fillRect(0, 0, size, size);
    context.drawImage(this.#canvas, x - reach / 2, y - reach / 2, reach, reach, 0, 0, size, size);
    context.strokeStyle = "#ffd75e";
    context.lineWidth = 2;
    context.beginPath();
    for (const [from, to] of [
      [0.3, 0.46],
      [0.54, 0.7],
    ] as const) {
      context.moveTo(size * from, size / 2);
      context.lineTo(size * to, size / 2);
      context.moveTo(size / 2, size * from);
      context.lineTo(size / 2, size * to);
    }
    context.stroke();
    setAttributes(this.#loupe, { hidden: false, "data-side": side });
  }
}

/** A placed point: a ring with a dot, so that what lies under it can be seen. */
function mark(id: Landmark, [u, v]: Point, active: boolean): SVGElement {
  return svg(
    "g",
    { class: "l3s1-point", "data-landmark": id, "data-active": active || null, transform: `translate(${fixed(u)} ${fixed(-v)})` },
    svg("circle", { r: 4 }),
    svg("circle", { class: "l3s1-point-dot", r: 0.7 }),
  );
}

function trueMarks(truth: Readonly<Record<Landmark, Point>>, { spine }: Film): SVGElement[] {
  const line = (from: Point, to: Point): SVGElement =>
    svg("line", { x1: fixed(from[0]), y1: fixed(-from[1]), x2: fixed(to[0]), y2: fixed(-to[1]) });
  const plates = (["L1", "L4", "S1"] as const).map((bone) =>
    line(truth[`${bone}.anterior`], truth[`${bone}.posterior`]),
  );
  const points = LANDMARKS.map((id) => svg("circle", { cx: fixed(truth[id][0]), cy: fixed(-truth[id][1]), r: 1.8 }));
  return [...plates, line([0, 0], spine.hip), ...points];
}
