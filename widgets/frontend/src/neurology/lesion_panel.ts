// 'Lesion to findings': where the lesion is, and what is to be found.
import { h, setText } from "../dom.ts";
import { choice, type Field } from "../explorer/fields.ts";
import { lesionOf } from "./lesion.ts";
import { alarm, numberButton, powerScale, sourceOf, type OpenOrigins } from "./parts.ts";
import { SpinePicture } from "./spine.ts";
import type { NeurologyState } from "./state.ts";
import type { Cause, Lesion, Level, NeurologyTraits, Root, Side, Sign, Zone } from "./types.ts";
import { capital, KINDS, sayAccuracy, sayHits, short, sayWhy } from "./words.ts";

export class LesionPanel {
  /** What is chosen. */
  readonly top: HTMLElement;
  /** Where the lesion is. */
  readonly left: HTMLElement;
  /** What is to be found. */
  readonly right: HTMLElement;
  readonly #spine: SpinePicture;
  readonly #level: Field<string>;
  readonly #zone: Field<string>;
  readonly #side: Field<string>;
  readonly #cause: Field<string>;
  readonly #zoneSays = h("p", { class: "l3s1-note l3s1-zone-says" });
  readonly #hits = h("p", { class: "l3s1-hits" });
  readonly #says = h("div", { class: "l3s1-says" });
  readonly #notes = h("ul", { class: "l3s1-root-notes" });
  readonly #list = h("div", { class: "l3s1-expected" });
  #drawn = "";

  constructor(
    private readonly state: NeurologyState,
    private readonly traits: NeurologyTraits,
    private readonly open: OpenOrigins,
  ) {
    this.#spine = new SpinePicture(traits.levels, traits.zones, (level, zone, side) =>
      state.choose({ level, zone, ...(side ? { side } : {}) }),
    );
    const options = <T extends string>(of: readonly { id: T; label: string }[]) =>
      of.map(({ id, label }) => [id, short(label)] as const);
    this.#level = choice("Level", options(traits.levels), (level: Level) => state.choose({ level }));
    this.#zone = choice("Zone", options(traits.zones), (zone: Zone) => state.choose({ zone }));
    this.#side = choice("Side", SIDES, (side: Side) => state.choose({ side }));
    const causes = traits.causes.map(([id, label]) => [id, capital(label)] as const);
    this.#cause = choice("Cause", causes, (cause: Cause) => state.choose({ cause }));
    this.top = h(
      "div",
      { class: "l3s1-neuro-top" },
      this.#level.element,
      this.#zone.element,
      this.#side.element,
      this.#cause.element,
      this.#zoneSays,
    );
    this.left = h("div", { class: "l3s1-neuro-side" }, this.#spine.element, this.#notes);
    this.right = h("div", { class: "l3s1-neuro-side" }, this.#hits, this.#says, this.#list);
  }

  show(): void {
    const { level, zone, side, cause } = this.state.values;
    const lesion = lesionOf(this.traits, { level, zone, cause });
    this.#level.show(level);
    this.#zone.show(zone);
    this.#side.show(side);
    this.#cause.show(cause);
    const about = this.traits.zones.find(({ id }) => id === zone);
    setText(this.#zoneSays, about ? `${capital(about.label)}. ${about.says}` : "");
    const words = sayHits(lesion.hits, this.traits);
    this.#spine.show({ lesions: [{ level, zone, side, cause }], hits: lesion.hits, side, words });
    const drawn = `${level}|${zone}|${cause}`;
    if (drawn === this.#drawn) return;
    this.#drawn = drawn;
    setText(this.#hits, words);
    this.#says.replaceChildren(
      lesion.cauda_equina ? alarm("Can cause a cauda equina syndrome", this.#flags()) : "",
      h("p", {}, lesion.says, " ", ...sourceOf("What this lesion does", lesion.facts, this.open)),
    );
    this.#list.replaceChildren(...this.#groups(lesion));
    this.#notes.replaceChildren(...this.#notesOf(lesion));
  }

  #flags(): HTMLElement {
    const flags = this.traits.red_flags.flatMap((id) => {
      const sign = this.traits.signs.find((each) => each.id === id);
      return sign ? [sign.label] : [];
    });
    return h(
      "div",
      {},
      h("p", {}, "An emergency as soon as one of these is there:"),
      h("ul", { class: "l3s1-flags" }, ...flags.map((flag) => h("li", {}, flag))),
    );
  }

  #notesOf(lesion: Lesion): HTMLElement[] {
    const roots = this.traits.roots.filter(({ id }) => lesion.hits.some(({ root }) => root === id));
    return roots
      .filter(({ note }) => note !== "")
      .map(({ label, note, facts }) =>
        h(
          "li",
          {},
          h("strong", {}, `${label}: `),
          `${note} `,
          ...sourceOf(`What ${label} supplies`, facts, this.open),
        ),
      );
  }

  #groups(lesion: Lesion): HTMLElement[] {
    const roots = lesion.hits.map(({ root }) => root);
    return KINDS.flatMap(([kind, title]) => {
      const rows = lesion.expected.flatMap(({ sign: id, certainty, sides }) => {
        const sign = this.traits.signs.find((each) => each.id === id);
        return sign?.kind === kind ? [this.#row(sign, certainty, sides === "both", roots)] : [];
      });
      if (rows.length === 0) return [];
      return [h("section", {}, h("h3", {}, title), h("ul", { class: "l3s1-signs" }, ...rows))];
    });
  }

  #row(sign: Sign, certainty: "usual" | "possible", both: boolean, roots: readonly Root[]): HTMLElement {
    const numbers = sign.accuracy.filter(({ root }) => roots.includes(root));
    return h(
      "li",
      { class: `l3s1-sign l3s1-sign-${certainty}` },
      h(
        "div",
        { class: "l3s1-sign-head" },
        h("span", { class: "l3s1-sign-name" }, sign.label),
        h("span", { class: "l3s1-sign-certainty" }, `${certainty}${both ? ", both sides" : ""}`),
      ),
      sign.kind === "motor" && powerScale(null),
      ...(numbers.length === 0
        ? [h("p", { class: "l3s1-no-accuracy" }, "no published accuracy for this root")]
        : numbers.map((each) => {
            const study = this.traits.ranking.studies.find(({ id }) => id === each.study);
            const about = [
              h("p", {}, sign.how),
              ...sayWhy(each).map((why) => h("p", { class: "l3s1-note" }, why)),
            ];
            return h(
              "div",
              { class: "l3s1-accuracy" },
              numberButton(this.traits, sayAccuracy(each), [each.fact], sign.label, this.open, about),
              h("span", { class: "l3s1-study" }, study?.label ?? each.study),
            );
          })),
    );
  }
}

export const SIDES: readonly (readonly [Side, string])[] = [
  ["left", "Left"],
  ["right", "Right"],
];
