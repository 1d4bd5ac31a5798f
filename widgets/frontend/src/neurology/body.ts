// The lower body as a picture that can be read and asked: skin areas are buttons, what is known of
// a root or a patient is painted over them with soft edges, for maps of the skin disagree.
import { h, setAttributes, svg, uniqueId } from "../dom.ts";
import {
  areaPaths,
  blur,
  clip,
  drawNote,
  edge,
  fadeOut,
  relief,
  skin,
  wordsOf,
  type Note,
} from "./body_drawing.ts";
import { PICTURE, VIEWS } from "./body_shapes.ts";
import { PAINTS, paintClass, patternOf, type Paint } from "./paints.ts";
import type { Area, Side } from "./types.ts";

/** A patch of skin to be painted; "wide" is where maps disagree. */
export interface Patch {
  paint: Paint;
  area: string;
  side: Side;
  strength: "core" | "wide";
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
    picture.append(paint, form, regions, this.#notes, ...VIEWS.flatMap(wordsOf));
    picture.addEventListener("keydown", (event) => this.#pressed(event as KeyboardEvent));
    this.element = h("div", { class: "l3s1-body-frame" }, picture);
  }

  show(shown: BodyShown): void {
    this.#shown = shown;
    for (const paint of PAINTS) for (const side of SIDES) this.#paint(paint, side, shown.patches);
    // In the midline both sides have one place, and one word.
    const notes = new Map(
      shown.notes
        .flatMap(drawNote)
        .map((each) => [`${each.dataset.at ?? ""} ${each.textContent ?? ""}`, each]),
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
