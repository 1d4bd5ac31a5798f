// One of the trainer's flat pictures: a section or the view from behind, with a handle.
import { h, setAttributes, svg, uniqueId } from "../dom.ts";
import { sayStructure } from "../scene/words.ts";
import { offPaper, onPaper, shiftOf, windowOf, type PictureId } from "./geometry.ts";
import type { Behind, Level, Line, Plan, Point, Section, Shown } from "./types.ts";

/** Letters at left, top, right and bottom of a picture, with what they stand for. */
const EDGES: Readonly<Record<PictureId, readonly [string, string, string, string]>> = {
  posterior: ["L", "up", "R", "down"],
  axial: ["R", "front", "L", "back"],
  sagittal: ["front", "up", "back", "down"],
};

export interface PictureSpeech {
  title: string;
  handle: string;
  keys: string;
}

export interface PictureAsks {
  /** The plan that a drag begins with. */
  grabbed(): Plan;
  /** The handle was dragged from where it was with `plan`, mm of the picture, to another place. */
  drag(picture: PictureId, plan: Plan, from: Point, to: Point): void;
  /** An arrow key on the handle; whether it meant something. */
  key(picture: PictureId, key: string): boolean;
}

export class Picture {
  readonly element: HTMLElement;
  readonly #drawing: SVGElement;
  readonly #lines = svg("g");
  readonly #handle: SVGElement;
  readonly #grip = svg("circle", { r: 2.2, class: "l3s1-screw-grip" });
  readonly #touch = svg("circle", { r: 8, class: "l3s1-screw-touch" });
  readonly #edges: SVGElement[];
  #level: Level | null = null;
  #shift: Point = [0, 0];
  /** Where the handle is, mm of the picture. */
  #at: Point = [0, 0];
  /** How a drag began: the plan, where the handle was, and what was pointed at. */
  #held: { plan: Plan; at: Point; pointed: Point } | null = null;

  constructor(
    readonly id: PictureId,
    { title, handle, keys }: PictureSpeech,
    private readonly asks: PictureAsks,
    signal: AbortSignal,
  ) {
    const help = uniqueId("screw-keys");
    this.#handle = svg(
      "g",
      {
        class: "l3s1-screw-handle",
        tabindex: 0,
        role: "application",
        "aria-roledescription": "handle",
        "aria-label": handle,
        "aria-describedby": help,
      },
      this.#touch,
      this.#grip,
    );
    this.#edges = EDGES[id].map((text) => {
      const edge = svg("text", { class: "l3s1-screw-edge", "aria-hidden": "true" });
      edge.textContent = text;
      return edge;
    });
    this.#drawing = svg("svg", { class: "l3s1-screw-drawing", role: "group", "aria-label": title }, this.#lines, ...this.#edges, this.#handle);
    this.element = h(
      "figure",
      { class: "l3s1-screw-picture", "data-picture": id },
      this.#drawing,
      h("figcaption", {}, title),
      h("p", { id: help, class: "l3s1-hidden" }, keys),
    );
    this.#listen(signal);
  }

  show({ drawing, screw, level, hidden }: Shown): void {
    if (!drawing || !screw) {
      this.element.dataset.stale = "";
      return;
    }
    delete this.element.dataset.stale;
    this.#frame(level);
    this.#shift = shiftOf(this.id, screw.entry);
    if (this.id === "posterior") this.#showBehind(drawing.posterior);
    else this.#showSection(drawing[this.id], hidden);
    const [x, y] = onPaper(this.id, this.#at, this.#shift);
    setAttributes(this.#handle, { transform: `translate(${x.toFixed(2)} ${y.toFixed(2)})` });
  }

  /** What the handle's value is now, for a screen reader. */
  say(value: string): void {
    this.#handle.setAttribute("aria-description", value);
  }

  #showSection({ bone, screw, beside }: Section, hidden: boolean): void {
    const [a, b, c, d] = screw as readonly [Point, Point, Point, Point];
    const entry: Point = [(a[0] + d[0]) / 2, (a[1] + d[1]) / 2];
    this.#at = [(b[0] + c[0]) / 2, (b[1] + c[1]) / 2];
    const others = Object.entries(beside);
    this.#lines.replaceChildren(
      this.#path(bone, "bone"),
      ...others.map(([name, lines]) => this.#path(lines, kindOf(name), sayStructure(name))),
      hidden ? this.#path([[entry, this.#at]], "axis") : this.#path([screw], "shaft"),
      ...others.flatMap(([name, lines]) => this.#name(name, lines)),
    );
  }

  #showBehind({ bone, pedicle, reference, entry, screw }: Behind): void {
    this.#at = entry;
    this.#lines.replaceChildren(
      this.#path(bone, "bone"),
      ...(pedicle ? [this.#path([pedicle], "pedicle", "narrowest section of the pedicle")] : []),
      ...(reference ? [this.#cross(reference)] : []),
      ...(screw ? [this.#path([screw], "shaft")] : []),
    );
  }

  #path(lines: readonly Line[], kind: string, title = ""): SVGElement {
    const d = lines
      .map((line) => {
        const points = line.map((point) => onPaper(this.id, point, this.#shift).map((each) => each.toFixed(1)).join(" "));
        return `M${points.join("L")}${kind === "axis" ? "" : "Z"}`;
      })
      .join("");
    const path = svg("path", { d, class: `l3s1-screw-${kind}` });
    if (title) {
      const words = svg("title");
      words.textContent = title;
      path.append(words);
    }
    return path;
  }

  #cross(at: Point): SVGElement {
    const [x, y] = onPaper(this.id, at, this.#shift);
    return svg("path", { d: `M${x - 2} ${y}h4M${x} ${y - 2}v4`, class: "l3s1-screw-reference" });
  }

  #name(name: string, lines: readonly Line[]): SVGElement[] {
    const text = shortName(name);
    const line = lines[0];
    if (!text || !line) return [];
    const mean = (axis: 0 | 1): number => line.reduce((sum, point) => sum + point[axis], 0) / line.length;
    const [x, y] = onPaper(this.id, [mean(0), mean(1)], this.#shift);
    const words = svg("text", { x: x.toFixed(1), y: (y + 1.2).toFixed(1), class: "l3s1-screw-name" });
    words.textContent = text;
    return [words];
  }

  #frame(level: Level): void {
    if (level === this.#level) return;
    this.#level = level;
    const [x, y, width, height] = windowOf(this.id, level);
    this.#drawing.setAttribute("viewBox", `${x} ${y} ${width} ${height}`);
    const [cx, cy] = [x + width / 2, y + height / 2];
    const places: Point[] = [
      [x + 2, cy],
      [cx, y + 5],
      [x + width - 2, cy],
      [cx, y + height - 2],
    ];
    const anchors = ["start", "middle", "end", "middle"];
    this.#edges.forEach((edge, place) => {
      const [ex, ey] = places[place] as Point;
      setAttributes(edge, { x: ex, y: ey, "text-anchor": anchors[place] });
    });
  }

  #listen(signal: AbortSignal): void {
    const options = { signal };
    this.#handle.addEventListener("pointerdown", (event) => {
      event.preventDefault();
      (this.#handle as unknown as HTMLElement).focus();
      this.#handle.setPointerCapture(event.pointerId);
      const pointed = this.#pointed(event);
      this.#held = pointed && { plan: this.asks.grabbed(), at: this.#at, pointed };
    }, options);
    this.#handle.addEventListener("pointermove", (event) => {
      const now = this.#held && this.#pointed(event);
      if (!this.#held || !now) return;
      // the handle follows late, when the kernel has drawn: count from where all was as it began
      const { plan, at, pointed } = this.#held;
      this.asks.drag(this.id, plan, at, [at[0] + now[0] - pointed[0], at[1] + now[1] - pointed[1]]);
    }, options);
    for (const end of ["pointerup", "pointercancel"] as const) {
      this.#handle.addEventListener(end, () => (this.#held = null), options);
    }
    this.#handle.addEventListener("keydown", (event) => {
      if (event.altKey || event.ctrlKey || event.metaKey) return;
      if (this.asks.key(this.id, event.key)) event.preventDefault();
    }, options);
  }

  #pointed(event: PointerEvent): Point | null {
    const matrix = (this.#drawing as unknown as SVGGraphicsElement).getScreenCTM();
    if (!matrix) return null;
    const { x, y } = new DOMPoint(event.clientX, event.clientY).matrixTransform(matrix.inverse());
    return offPaper(this.id, [x, y], this.#shift);
  }
}

/** What a part beside the bone is drawn as. */
export function kindOf(name: string): "sac" | "root" | "artery" | "vein" {
  if (name === "dural_sac") return "sac";
  if (/artery|aorta/.test(name)) return "artery";
  return /vein|cava/.test(name) ? "vein" : "root";
}

/** What is written on a part: "sac", "L4"; "" where no word would fit. */
export function shortName(name: string): string {
  if (name === "dural_sac") return "sac";
  const root = /^(L\d|S\d)\.nerve_root/.exec(name);
  if (root) return root[1] as string;
  return { artery: "artery", vein: "vein", sac: "", root: "" }[kindOf(name)];
}

