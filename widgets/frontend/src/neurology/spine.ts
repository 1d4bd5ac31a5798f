// The column from behind and the disc as a scan shows it, with a lesion and what it hits.
import { h, setAttributes, setText, svg, uniqueId } from "../dom.ts";
import { mirrored, smooth, type Point } from "./curve.ts";
import * as shapes from "./spine_shapes.ts";
import type { Cause, Hit, Level, LevelInfo, Root, Side, Zone, ZoneInfo } from "./types.ts";

export interface Place {
  level: Level;
  zone: Zone;
  side: Side | "both";
  cause: Cause;
}

export interface SpineShown {
  lesions: readonly Place[];
  hits: readonly Hit[];
  side: Side;
  /** What is seen, in words. */
  words: string;
}

type Choose = (level: Level, zone: Zone, side: Side | null) => void;

const SIDES: readonly Side[] = ["left", "right"];

export class SpinePicture {
  readonly element: HTMLElement;
  readonly #behind: SVGElement;
  readonly #axial: SVGElement;
  readonly #lesions = svg("g", {});
  readonly #axialLesions = svg("g", {});
  readonly #roots: { root: Root; side: Side; parts: readonly SVGElement[]; label: SVGElement }[] = [];
  readonly #strands: readonly SVGElement[];
  readonly #axialParts = new Map<string, SVGElement>();
  readonly #axialTitle = svg("text", { x: 0, y: 6, class: "l3s1-column-word", "text-anchor": "middle" });
  readonly #cells: { level: Level; zone: Zone; side: Side | null; element: SVGElement }[] = [];

  constructor(
    private readonly levels: readonly LevelInfo[],
    zones: readonly ZoneInfo[],
    choose: Choose | null,
  ) {
    this.#strands = shapes.STRANDS.map((d) => svg("path", { d, class: "l3s1-strand" }));
    this.#behind = this.#drawBehind(zones, choose);
    this.#axial = this.#drawAxial();
    this.element = h(
      "figure",
      { class: "l3s1-column" },
      this.#behind as unknown as HTMLElement,
      this.#axial as unknown as HTMLElement,
    );
  }

  show({ lesions, hits, side, words }: SpineShown): void {
    setAttributes(this.#behind, { "aria-label": words });
    this.#lesions.replaceChildren(
      ...lesions.flatMap((lesion) => {
        const { at, size } = shapes.lesionAt(lesion.level, lesion.zone);
        return placed(lesion, at).map((each) => lump(lesion.cause, each, size));
      }),
    );
    for (const { root, side: own, parts, label } of this.#roots) {
      const hit = hits.find((each) => each.root === root && reaches(each, own, side));
      const kind = hit ? `l3s1-hit-${hit.certainty}` : "";
      for (const part of parts) part.classList.remove("l3s1-hit-hits", "l3s1-hit-may");
      if (hit) for (const part of parts) part.classList.add(kind);
      label.classList.toggle("l3s1-hit-label", hit !== undefined);
      setText(label, hit?.certainty === "may" ? `${root} ?` : root);
    }
    const cauda = hits.some(({ role }) => role === "cauda_equina");
    for (const strand of this.#strands) strand.classList.toggle("l3s1-hit-may", cauda);
    for (const { level, zone, side: own, element } of this.#cells) {
      const here = lesions.some(
        (each) => each.level === level && each.zone === zone && (own === null || each.side === own),
      );
      element.classList.toggle("l3s1-cell-on", here);
    }
    this.#showAxial(lesions, hits, side, cauda);
  }

  #showAxial(lesions: readonly Place[], hits: readonly Hit[], side: Side, cauda: boolean): void {
    const [first] = lesions;
    setAttributes(this.#axial, { display: first ? null : "none" });
    if (!first) return;
    const level = this.levels.find(({ id }) => id === first.level);
    setText(this.#axialTitle, `Disc ${level?.label ?? first.level}, as a scan shows it`);
    this.#axialLesions.replaceChildren(
      ...lesions
        .filter((each) => each.level === first.level)
        .flatMap((lesion) => {
          const { at, size } = shapes.axialLesion(lesion.zone);
          // A scan is seen from below: the person's right lies at the picture's left.
          return placed(lesion, at, -1).map((each) => lump(lesion.cause, each, size));
        }),
    );
    for (const [name, part] of this.#axialParts) {
      const [role, own] = name.split("|") as [Hit["role"], Side];
      const hit = hits.find((each) => each.role === role && (!own || reaches(each, own, side)));
      part.classList.toggle("l3s1-hit-hits", hit?.certainty === "hits");
      part.classList.toggle(
        "l3s1-hit-may",
        hit?.certainty === "may" || (role === "cauda_equina" && cauda),
      );
      const label = part.querySelector("text");
      const root = role === "exiting" ? level?.exiting : level?.traversing;
      if (label && root) setText(label, root);
    }
  }

  #drawBehind(zones: readonly ZoneInfo[], choose: Choose | null): SVGElement {
    const { width, height, middle } = shapes.BEHIND;
    const bones = shapes.vertebrae();
    const frame = svg("g", { transform: `translate(${middle} 0)` });
    frame.append(
      ...bones.map(({ body }) => svg("path", { d: body, class: "l3s1-column-bone" })),
      ...this.levels.map(({ id }) => svg("path", { d: shapes.disc(id), class: "l3s1-column-disc" })),
      svg("path", { d: shapes.SAC, class: "l3s1-sac" }),
      ...this.#strands,
      // The root lies behind the disc: it drapes over what presses on it.
      this.#lesions,
      ...shapes.DRAWN_ROOTS.flatMap((root) => SIDES.flatMap((side) => this.#drawRoot(root, side))),
      ...bones.flatMap(({ pedicles }) =>
        pedicles.map(([cx, cy]) => svg("ellipse", { cx, cy, rx: 13, ry: 15, class: "l3s1-pedicle" })),
      ),
      ...bones.map(({ name, at }) => text(name, at, "l3s1-column-level")),
      text("L", [-166, 16], "l3s1-body-side"),
      text("R", [166, 16], "l3s1-body-side"),
      ...this.#roots.map(({ label }) => label),
    );
    if (choose) frame.append(...this.#drawCells(zones, choose));
    return svg(
      "svg",
      { viewBox: `0 0 ${width} ${height}`, role: "img", class: "l3s1-column-behind" },
      frame,
    );
  }

  #drawRoot(root: Root, side: Side): SVGElement[] {
    const turn = side === "right" ? 1 : -1;
    const points = shapes.rootPath(root);
    const d = smooth(turn === 1 ? points : mirrored(points));
    const [x, y] = shapes.ganglion(root);
    const parts = [
      svg("path", { d, class: "l3s1-root-edge" }),
      svg("path", { d, class: "l3s1-root" }),
      svg("ellipse", {
        cx: turn * x,
        cy: y,
        rx: 9,
        ry: 5.5,
        class: "l3s1-ganglion",
        transform: `rotate(${turn * 42} ${turn * x} ${y})`,
      }),
    ];
    const [lx, ly] = shapes.rootLabel(root);
    this.#roots.push({ root, side, parts, label: text(root, [turn * lx, ly], "l3s1-root-label") });
    return parts;
  }

  #drawCells(zones: readonly ZoneInfo[], choose: Choose): SVGElement[] {
    return this.levels.flatMap(({ id, label }) =>
      zones.flatMap((zone) =>
        (zone.id === "central" ? [null] : SIDES).map((side) => {
          const [inner, outer] = shapes.ZONE_EDGES[zone.id];
          const x = side === null ? -outer : side === "right" ? inner : -outer;
          const wide = side === null ? 2 * outer : outer - inner;
          const element = svg("rect", {
            x: x + 1,
            y: shapes.discAt(id) - 29,
            width: wide - 2,
            height: 50,
            rx: 7,
            class: "l3s1-cell",
          });
          const name = svg("title", {});
          setText(name, `${label}, ${zone.label}${side ? `, ${side}` : ""}`);
          element.append(name);
          element.addEventListener("click", () => choose(id, zone.id, side));
          this.#cells.push({ level: id, zone: zone.id, side, element });
          return element;
        }),
      ),
    );
  }

  #drawAxial(): SVGElement {
    const { width, height, middle } = shapes.AXIAL;
    const sac = svg(
      "g",
      { class: "l3s1-axial-sac" },
      svg("path", { d: shapes.AXIAL_SAC, class: "l3s1-sac" }),
      ...shapes.AXIAL_STRANDS.map(([cx, cy]) =>
        svg("circle", { cx, cy, r: 2.4, class: "l3s1-strand-cut" }),
      ),
    );
    this.#axialParts.set("cauda_equina|", sac);
    const frame = svg(
      "g",
      { transform: `translate(${middle} 10)` },
      svg("path", { d: shapes.AXIAL_DISC, class: "l3s1-column-disc" }),
      svg("path", { d: shapes.AXIAL_NUCLEUS, class: "l3s1-column-nucleus" }),
      svg("path", { d: shapes.AXIAL_ARCH, class: "l3s1-column-bone" }),
      sac,
      this.#axialLesions,
    );
    for (const [role, [x, y], size] of [
      ["exiting", shapes.AXIAL_EXITING, 10],
      ["traversing", shapes.AXIAL_TRAVERSING, 8],
    ] as const) {
      for (const side of SIDES) {
        const cx = side === "left" ? x : -x;
        const away = role === "exiting" ? 26 : 0;
        const part = svg(
          "g",
          { class: "l3s1-axial-root" },
          svg("circle", { cx, cy: y, r: size }),
          text("", [cx + (cx > 0 ? away : -away), y + (role === "exiting" ? 6 : 27)], "l3s1-root-label"),
        );
        this.#axialParts.set(`${role}|${side}`, part);
        frame.append(part);
      }
    }
    frame.append(
      this.#axialTitle,
      text("R", [-160, 60], "l3s1-body-side"),
      text("L", [160, 60], "l3s1-body-side"),
    );
    return svg(
      "svg",
      {
        viewBox: `0 0 ${width} ${height}`,
        class: "l3s1-column-axial",
        id: uniqueId("axial"),
        "aria-hidden": "true",
      },
      frame,
    );
  }
}

function reaches(hit: Hit, own: Side, side: Side): boolean {
  return hit.sides === "both" || own === side;
}

/** Where a lesion of a side is drawn; `right` is the direction of the person's right. */
function placed({ zone, side }: Place, [x, y]: Point, right = 1): Point[] {
  if (zone === "central" || x === 0) return [[x, y]];
  const sides = side === "both" ? SIDES : [side];
  return sides.map((each) => [(each === "right" ? right : -right) * x, y]);
}

function lump(cause: Cause, at: Point, size: Point): SVGElement {
  return svg("path", { d: shapes.lump(cause, at, size), class: `l3s1-lesion l3s1-lesion-${cause}` });
}

function text(words: string, [x, y]: Point, kind: string): SVGElement {
  const element = svg("text", { x, y, "text-anchor": "middle", class: kind });
  setText(element, words);
  return element;
}
