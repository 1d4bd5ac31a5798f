// The lower body as a picture that can be read and asked: skin areas are buttons, what is known of
// a root or a patient is painted over them with soft edges, for maps of the skin disagree.
import { h, setAttributes, setText, svg, uniqueId } from "../dom.ts";
import { PICTURE, POINTS, VIEWS, type AreaShape, type ViewShape } from "./body_shapes.ts";
import { mirrored, smooth, type Point } from "./curve.ts";
import { PAINTS, paintClass, patternOf, type Paint } from "./paints.ts";
import type { Area, Side } from "./types.ts";

/** A patch of skin to be painted; "wide" is where maps disagree. */
export interface Patch {
  paint: Paint;
  area: string;
  side: Side;
  strength: "core" | "wide";
}

/** A word on the skin: at a reflex point or on an area. */
export interface Note {
  at: string;
  side: Side;
  text: string;
  tone: "plain" | "present" | "absent";
}

export interface BodyShown {
  patches: readonly Patch[];
  notes: readonly Note[];
  /** The state of an area in words, after its name. */
  say: (area: string, side: Side) => string;
  /** Sides that can be asked; the other is shown paler. */
  sides: readonly Side[];
}

export interface BodyActions {
  chosen(area: string, side: Side): void;
  /** The area under the pointer or the focus, or null. */
  looked(area: string | null, side: Side): void;
}

const SIDES: readonly Side[] = ["left", "right"];

interface Region {
  area: string;
  side: Side;
  element: SVGElement;
}

export class BodyPicture {
  readonly element: HTMLElement;
  readonly #areas: readonly Area[];
  readonly #regions: Region[] = [];
  readonly #layers = new Map<string, { mask: SVGElement; layer: SVGElement; drawn: string }>();
  readonly #notes = svg("g", { class: "l3s1-body-notes", "aria-hidden": "true" });
  readonly #soft: string;
  readonly #ids: Readonly<Record<Side, string>>;
  #shown: BodyShown | null = null;
  #current = 0;

  constructor(
    areas: readonly Area[],
    label: string,
    private readonly actions: BodyActions,
  ) {
    this.#areas = areas;
    this.#soft = uniqueId("soft");
    this.#ids = { left: uniqueId("half"), right: uniqueId("half") };
    const fade = uniqueId("fade");
    const shade = uniqueId("shade");
    const picture = svg(
      "svg",
      {
        class: "l3s1-body",
        viewBox: `0 0 ${PICTURE.width} ${PICTURE.height}`,
        role: "group",
        "aria-label": label,
      },
      svg(
        "defs",
        {},
        blur(this.#soft, 11),
        blur(shade, 13),
        ...PAINTS.map((paint) => patternOf(paint, this.#pattern(paint))),
        ...SIDES.map((side) => clip(this.#ids[side], side)),
        ...fadeOut(fade),
      ),
      svg("g", { mask: `url(#${fade})` }, ...VIEWS.map(skin)),
    );
    const paint = svg("g", { class: "l3s1-body-paint", mask: `url(#${fade})`, "aria-hidden": "true" });
    for (const each of PAINTS) for (const side of SIDES) paint.append(...this.#layer(each, side));
    const form = svg("g", { class: "l3s1-body-form", mask: `url(#${fade})`, "aria-hidden": "true" });
    form.append(...VIEWS.map((view) => relief(view, shade)), ...VIEWS.map(edge));
    const regions = svg("g", { class: "l3s1-body-regions" });
    for (const side of ["right", "left"] as const) {
      for (const area of areas) {
        const element = this.#region(area.id, side);
        if (element) regions.append(element);
      }
    }
    picture.append(paint, form, regions, this.#notes, ...VIEWS.flatMap(words));
    picture.addEventListener("keydown", (event) => this.#pressed(event as KeyboardEvent));
    this.element = h("div", { class: "l3s1-body-frame" }, picture);
  }

  show(shown: BodyShown): void {
    this.#shown = shown;
    for (const paint of PAINTS) for (const side of SIDES) this.#paint(paint, side, shown.patches);
    // In the midline both sides have one place, and one word.
    const notes = new Map(
      shown.notes.flatMap(note).map((each) => [`${each.dataset.at ?? ""} ${each.textContent ?? ""}`, each]),
    );
    this.#notes.replaceChildren(...notes.values());
    this.#regions.forEach((region, place) => {
      const { area, side, element } = region;
      const name = this.#areas.find(({ id }) => id === area)?.label ?? area;
      const active = shown.sides.includes(side);
      setAttributes(element, {
        "aria-label": `${name}, ${side}: ${shown.say(area, side)}`,
        "aria-disabled": active ? null : "true",
        tabindex: place === this.#current ? 0 : -1,
        class: active ? "l3s1-region" : "l3s1-region l3s1-region-off",
      });
    });
  }

  #pattern(paint: Paint): string {
    return `${this.#soft}-${paint}`;
  }

  #layer(paint: Paint, side: Side): SVGElement[] {
    const id = `${this.#ids[side]}-${paint}`;
    const holes = svg("g", { filter: `url(#${this.#soft})` });
    const mask = svg("mask", { id, maskUnits: "userSpaceOnUse", x: 0, y: 0, ...PICTURE }, holes);
    const layer = svg(
      "g",
      { "clip-path": `url(#${this.#ids[side]})`, class: paintClass(paint), display: "none" },
      svg("rect", { ...PICTURE, fill: `url(#${this.#pattern(paint)})`, mask: `url(#${id})` }),
    );
    this.#layers.set(`${paint}|${side}`, { mask: holes, layer, drawn: "" });
    return [mask, layer];
  }

  #paint(paint: Paint, side: Side, patches: readonly Patch[]): void {
    const own = this.#layers.get(`${paint}|${side}`);
    if (!own) return;
    const wanted = patches.filter((patch) => patch.paint === paint && patch.side === side);
    const drawn = wanted.map(({ area, strength }) => `${area}:${strength}`).join();
    if (own.drawn === drawn) return;
    own.drawn = drawn;
    const shapes = (strength: Patch["strength"]): SVGElement[] =>
      wanted
        .filter((patch) => patch.strength === strength)
        .flatMap(({ area }) => VIEWS.flatMap((view) => areaPaths(view, area, side)))
        .map((shape) => (setAttributes(shape, { class: `l3s1-patch-${strength}` }), shape));
    own.mask.replaceChildren(...shapes("wide"), ...shapes("core"));
    setAttributes(own.layer, { display: wanted.length > 0 ? null : "none" });
  }

  #region(area: string, side: Side): SVGElement | null {
    const shapes = VIEWS.flatMap((view) => areaPaths(view, area, side));
    if (shapes.length === 0) return null;
    const element = svg(
      "g",
      { role: "button", "data-area": area, "data-side": side },
      svg("g", { "clip-path": `url(#${this.#ids[side]})` }, ...shapes),
    );
    const place = this.#regions.push({ area, side, element }) - 1;
    element.addEventListener("click", () => this.#choose(place));
    element.addEventListener("pointerenter", () => this.actions.looked(area, side));
    element.addEventListener("pointerleave", () => this.actions.looked(null, side));
    element.addEventListener("focus", () => {
      this.#move(place, false);
      this.actions.looked(area, side);
    });
    element.addEventListener("blur", () => this.actions.looked(null, side));
    return element;
  }

  #choose(place: number): void {
    const region = this.#regions[place];
    if (!region) return;
    this.#move(place, false);
    if (this.#shown?.sides.includes(region.side)) this.actions.chosen(region.area, region.side);
  }

  #move(place: number, focus: boolean): void {
    this.#current = place;
    this.#regions.forEach(({ element }, each) => {
      setAttributes(element, { tabindex: each === place ? 0 : -1 });
    });
    if (focus) (this.#regions[place]?.element as unknown as HTMLElement | undefined)?.focus();
  }

  #pressed(event: KeyboardEvent): void {
    const last = this.#regions.length - 1;
    const here = this.#current;
    const step: Record<string, number> = {
      ArrowDown: here === last ? 0 : here + 1,
      ArrowUp: here === 0 ? last : here - 1,
      ArrowRight: (here + this.#areas.length) % (last + 1),
      ArrowLeft: (here + this.#areas.length) % (last + 1),
      Home: 0,
      End: last,
    };
    const place = step[event.key];
    if (place !== undefined) this.#move(place, true);
    else if (event.key === "Enter" || event.key === " ") this.#choose(here);
    else return;
    event.preventDefault();
  }
}

/** The paths of `area` in `view`, on the person's `side`, in the picture's frame. */
function areaPaths(view: ViewShape, area: string, side: Side): SVGElement[] {
  return view.areas
    .filter((shape) => shape.area === area)
    .map((shape) => {
      const points = onSide(view, side) ? shape.points : mirrored(shape.points);
      return svg("path", { d: smooth(points, true), transform: at(view) });
    });
}

/** Whether `side` is the half of the view that is drawn, not its mirror image. */
function onSide(view: ViewShape, side: Side): boolean {
  return view.rightIs === side;
}

function at(view: ViewShape): string {
  return `translate(${view.place[0]} ${view.place[1]})`;
}

function half(view: ViewShape, side: Side): string {
  const points = onSide(view, side) ? view.outline : mirrored(view.outline);
  if (!view.joined) return smooth(points, true);
  const last = points.at(-1) as Point;
  return `${smooth(points)}L${last[0]} ${(points[0] as Point)[1]}Z`;
}

/** The outline of both halves, open at the waist. */
function whole(view: ViewShape): string {
  if (!view.joined) return smooth(view.outline, true) + smooth(mirrored(view.outline), true);
  const other = mirrored(view.outline).reverse();
  return smooth([...view.outline, ...other.slice(1)]);
}

function blur(id: string, deviation: number): SVGElement {
  const box = { x: 0, y: 0, ...PICTURE, filterUnits: "userSpaceOnUse" };
  return svg("filter", { id, ...box }, svg("feGaussianBlur", { stdDeviation: deviation }));
}

function clip(id: string, side: Side): SVGElement {
  const halves = VIEWS.map((view) => svg("path", { d: half(view, side), transform: at(view) }));
  return svg("clipPath", { id }, ...halves);
}

/** The body ends softly at the waist. */
function fadeOut(id: string): SVGElement[] {
  const ramp = `${id}-ramp`;
  return [
    svg(
      "linearGradient",
      { id: ramp, x1: 0, y1: 0, x2: 0, y2: 1 },
      svg("stop", { offset: 0.028, "stop-color": "#fff", "stop-opacity": 0 }),
      svg("stop", { offset: 0.09, "stop-color": "#fff" }),
    ),
    svg(
      "mask",
      { id, maskUnits: "userSpaceOnUse", x: 0, y: 0, ...PICTURE },
      svg("rect", { ...PICTURE, fill: `url(#${ramp})` }),
    ),
  ];
}

function skin(view: ViewShape): SVGElement {
  return svg("path", { class: "l3s1-skin", d: whole(view), transform: at(view) });
}

function both(lines: readonly (readonly Point[])[]): string {
  return lines.map((line) => smooth(line) + smooth(mirrored(line))).join("");
}

/** Shade along the edges and in the creases, and the lines that a draughtsman leaves. */
function relief(view: ViewShape, shade: string): SVGElement {
  const id = uniqueId("skin");
  const creases = both(view.lines) + view.middle.map((line) => smooth(line)).join("");
  return svg(
    "g",
    { transform: at(view) },
    svg("clipPath", { id }, svg("path", { d: whole(view) })),
    svg(
      "g",
      { "clip-path": `url(#${id})` },
      // The filter's box is that of the picture, wherever the view stands.
      svg(
        "g",
        { transform: `translate(${-view.place[0]} ${-view.place[1]})` },
        svg(
          "g",
          { filter: `url(#${shade})` },
          svg("path", { class: "l3s1-skin-shade", d: whole(view), transform: at(view) }),
          svg("path", { class: "l3s1-skin-hollow", d: creases, transform: at(view) }),
        ),
      ),
      svg("path", { class: "l3s1-skin-line", d: creases }),
    ),
  );
}

function edge(view: ViewShape): SVGElement {
  return svg("path", { class: "l3s1-skin-edge", d: whole(view), transform: at(view) });
}

/** The view's name, and which side is which. */
function words(view: ViewShape): SVGElement[] {
  const [x, y] = view.place;
  const wide = view.joined && view.id !== "seat" ? 150 : 74;
  const top = view.id === "front" || view.id === "back" ? y + 84 : y - 26;
  const [left, right] = view.rightIs === "right" ? ["L", "R"] : ["R", "L"];
  const text = (words: string, dx: number, dy: number, anchor: string, kind: string): SVGElement => {
    const element = svg("text", {
      x: x + dx,
      y: dy,
      "text-anchor": anchor,
      class: `l3s1-body-word ${kind}`,
      "aria-hidden": "true",
    });
    element.append(words);
    return element;
  };
  return [
    text(view.title, 0, view.id === "front" || view.id === "back" ? 30 : top, "middle", "l3s1-body-title"),
    text(left, -wide - 8, top, "middle", "l3s1-body-side"),
    text(right, wide + 8, top, "middle", "l3s1-body-side"),
  ];
}

function note({ at: where, side, text, tone }: Note): SVGElement[] {
  const point = POINTS[where];
  if (point) {
    const view = VIEWS.find(({ id }) => id === point.view);
    return view ? [noteAt(view, point.at, side, text, tone, true)] : [];
  }
  return VIEWS.flatMap((view) => {
    const shapes = view.areas.filter(({ area }: AreaShape) => area === where);
    return shapes.map(({ label }) => noteAt(view, label, side, text, tone, false));
  });
}

function noteAt(
  view: ViewShape,
  [dx, dy]: Point,
  side: Side,
  text: string,
  tone: Note["tone"],
  ringed: boolean,
): SVGElement {
  const x = view.place[0] + (onSide(view, side) ? dx : -dx);
  const y = view.place[1] + dy;
  const words = svg("text", { x, y, "text-anchor": "middle", "dominant-baseline": "central" });
  setText(words, text);
  const ring = ringed ? [svg("circle", { cx: x, cy: y, r: 25 })] : [];
  return svg("g", { class: `l3s1-body-note l3s1-note-${tone}`, "data-at": `${x} ${y}` }, ...ring, words);
}
