// 'Findings to roots': what was examined, and how far it moves each root.
import { h, setAttributes, setText, uniqueId } from "../dom.ts";
import { button, choice, type Field } from "../explorer/fields.ts";
import { Bar } from "./bar.ts";
import type { BodyShown, Patch } from "./body.ts";
import type { Note } from "./body_drawing.ts";
import { SIDES } from "./lesion_panel.ts";
import { labelled, numberButton, picker, saidLine, type OpenOrigins } from "./parts.ts";
import { movesOf, percent, rankRoots, type Findings, type Move } from "./ranking.ts";
import type { NeurologyState } from "./state.ts";
import type { FindingState, NeurologyTraits, RankedRoot, Root, Said, Side, Sign } from "./types.ts";
import { KINDS, sayAccuracy, sayState, sayWhy, whyUnused } from "./words.ts";

type Marked = "numb" | "pain";

interface SignRow {
  sign: Sign;
  buttons: readonly (readonly [FindingState, HTMLElement])[];
}

/** The kinds whose lists are open at first: few signs, and those with published numbers. */
const OPEN_FIRST = new Set(["motor", "reflex", "tension"]);

export class FindingsPanel {
  /** Whose leg, what a click marks, and which numbers are used. */
  readonly top: HTMLElement;
  /** What was examined. */
  readonly left: HTMLElement;
  /** Roots by how probable they are. */
  readonly right: HTMLElement;
  readonly #rows: SignRow[] = [];
  readonly #counts = new Map<string, HTMLElement>();
  readonly #side: Field<string>;
  readonly #mark: Field<string>;
  readonly #prior: HTMLSelectElement;
  readonly #study: HTMLSelectElement;
  /** Where the ranking starts and whose ratios it takes, each with its source. */
  readonly #basis = h("div", { class: "l3s1-basis" });
  #based = "";
  readonly #bars = new Map<Root, Bar>();
  readonly #chart = h("ol", { class: "l3s1-ranking" });
  readonly #moves = h("ul", { class: "l3s1-moves" });
  /** The ranking in one line, kept in sight where the bars are far away. */
  readonly #line = h("p", { class: "l3s1-rank-line", "aria-hidden": "true" });
  readonly #clear: HTMLButtonElement;
  #marked: Marked = "numb";
  #drawn = "";

  constructor(
    private readonly state: NeurologyState,
    private readonly traits: NeurologyTraits,
    private readonly open: OpenOrigins,
    remark: () => void,
  ) {
    this.#side = choice("Side with the trouble", SIDES, (side: Side) => state.choose({ side }));
    this.#mark = choice(
      "A click on the body marks",
      [
        ["numb", "Numbness"],
        ["pain", "Pain"],
      ],
      (marked: Marked) => {
        this.#marked = marked;
        remark();
      },
    );
    this.#clear = button("Clear all", () => state.choose({ findings: {} }), {
      class: "l3s1-button l3s1-small",
    });
    this.#prior = picker(
      traits.ranking.priors.map(({ id, label }) => [id, label] as const),
      (prior) => state.choose({ prior }),
    );
    this.#study = picker(
      traits.ranking.studies.map(({ id, label }) => [id, label] as const),
      (study) => state.choose({ study }),
    );
    this.top = h(
      "div",
      { class: "l3s1-neuro-top" },
      this.#side.element,
      this.#mark.element,
      labelled("Start from", this.#prior),
      labelled("Numbers of", this.#study),
    );
    this.left = h(
      "div",
      { class: "l3s1-neuro-side" },
      h("div", { class: "l3s1-sign-lists" }, ...KINDS.map(([kind, title]) => this.#list(kind, title))),
      h("div", { class: "l3s1-actions" }, this.#clear),
      this.#line,
    );
    for (const root of traits.ranking.roots) this.#bars.set(root, new Bar(this.#name(root)));
    this.right = h(
      "div",
      { class: "l3s1-neuro-side" },
      h("h3", {}, "Which root?"),
      this.#chart,
      this.#basis,
      h("h3", {}, "What each sign alone does"),
      this.#moves,
      h("p", { class: "l3s1-note" }, traits.ranking.assumption),
    );
  }

  /** A click on an area: present, absent, not examined. */
  chosen(area: string): void {
    const sign = this.#signOf(area);
    if (!sign) return;
    const now = this.state.get("findings")[sign.id];
    this.#set(sign.id, now === undefined ? "present" : now === "present" ? "absent" : undefined);
  }

  show(): void {
    const { findings, side, prior, study } = this.state.values;
    this.#side.show(side);
    this.#mark.show(this.#marked);
    this.#prior.value = prior;
    this.#study.value = study;
    this.#showBasis(prior, study);
    const none = Object.keys(findings).length === 0;
    this.#clear.disabled = none;
    for (const { sign, buttons } of this.#rows) {
      for (const [each, element] of buttons) {
        setAttributes(element, { "aria-pressed": String(findings[sign.id] === each) });
      }
    }
    for (const [kind, element] of this.#counts) {
      const own = this.traits.signs.filter((sign) => sign.kind === kind && findings[sign.id]);
      setText(element, own.length > 0 ? `${own.length} given` : "");
    }
    const ranked = rankRoots(this.traits, findings, prior, study);
    this.#showBars(ranked);
    const line = ranked.map(({ root, probability }) => `${this.#name(root)} ${percent(probability)}`);
    setText(this.#line, line.join(" · "));
    const drawn = JSON.stringify([findings, prior, study]);
    if (drawn === this.#drawn) return;
    this.#drawn = drawn;
    this.#moves.replaceChildren(...this.#moveRows(findings, prior, study));
  }

  body(): BodyShown {
    const { findings, side } = this.state.values;
    const patches: Patch[] = [];
    const notes: Note[] = [];
    for (const sign of this.traits.signs) {
      const found = findings[sign.id];
      if (!found) continue;
      if (sign.kind === "sensory" || sign.kind === "pain") {
        const paint = sign.kind === "sensory" ? "numb" : "pain";
        if (found === "present") patches.push({ paint, area: sign.where, side, strength: "core" });
        else notes.push({ at: sign.where, side, text: "✓", tone: "absent" });
      }
      if (sign.kind === "reflex") {
        notes.push({ at: sign.where, side, text: found === "present" ? "↓" : "✓", tone: found });
      }
    }
    const say = (area: string, where: Side): string => {
      if (where !== side) return "the other leg";
      const own = this.traits.signs.filter(
        ({ kind, where: at }) => at === area && (kind === "sensory" || kind === "pain"),
      );
      const said = own.map(
        (sign) => `${sign.kind === "pain" ? "pain" : "numbness"} ${sayState(sign, findings[sign.id])}`,
      );
      return said.join(", ") || "nothing to mark here";
    };
    return { patches, notes, say, sides: [side] };
  }

  /** The ranking in a sentence. */
  words(): string {
    const { findings, prior, study } = this.state.values;
    const ranked = rankRoots(this.traits, findings, prior, study);
    const said = ranked.map((each) => `${this.#name(each.root)} ${percent(each.probability)}`);
    const count = Object.keys(findings).length;
    const given =
      count === 0 ? "Nothing is given yet" : count === 1 ? "One finding" : `${count} findings`;
    return `${given}: ${said.join(", ")}.`;
  }

  #list(kind: Sign["kind"], title: string): HTMLElement {
    const signs = this.traits.signs.filter((sign) => sign.kind === kind);
    const count = h("span", { class: "l3s1-note l3s1-count" });
    this.#counts.set(kind, count);
    return h(
      "details",
      { open: OPEN_FIRST.has(kind), hidden: signs.length === 0 },
      h("summary", {}, title, " ", count),
      h("ul", { class: "l3s1-signs" }, ...signs.map((sign) => this.#row(sign))),
    );
  }

  #row(sign: Sign): HTMLElement {
    const label = uniqueId("sign");
    const buttons = (["present", "absent"] as const).map((each) => {
      const id = uniqueId("state");
      const element = button(
        each === "present" ? "present" : sign.absent_label,
        () => this.#set(sign.id, element.getAttribute("aria-pressed") === "true" ? undefined : each),
        {
          id,
          class: `l3s1-button l3s1-tick l3s1-tick-${each}`,
          "aria-labelledby": `${label} ${id}`,
          title: sign.how,
        },
      );
      return [each, element] as const;
    });
    this.#rows.push({ sign, buttons });
    return h(
      "li",
      { class: "l3s1-sign l3s1-sign-row", "data-sign": sign.id },
      h(
        "span",
        { class: "l3s1-sign-name" },
        h("span", { id: label }, sign.label),
        sign.accuracy.length === 0 && h("small", { class: "l3s1-no-accuracy" }, "no published accuracy"),
      ),
      h("span", { class: "l3s1-ticks" }, ...buttons.map(([, element]) => element)),
    );
  }

  #set(sign: string, found: FindingState | undefined): void {
    const { [sign]: _, ...findings } = this.state.get("findings");
    this.state.choose({ findings: found === undefined ? findings : { ...findings, [sign]: found } });
  }

  #signOf(area: string): Sign | undefined {
    const kind = this.#marked === "numb" ? "sensory" : "pain";
    return this.traits.signs.find((sign) => sign.kind === kind && sign.where === area);
  }

  #name(root: Root): string {
    return this.traits.roots.find(({ id }) => id === root)?.label ?? root;
  }

  #showBasis(prior: string, study: string): void {
    const based = `${prior}|${study}`;
    if (based === this.#based) return;
    this.#based = based;
    const { priors, studies } = this.traits.ranking;
    const [start, used] = [
      priors.find(({ id }) => id === prior),
      studies.find(({ id }) => id === study),
    ];
    const lines: Said[] = [
      { text: start ? `Starts from: ${start.label}.` : "", facts: start?.facts ?? [] },
      { text: used?.says ?? "", facts: used?.facts ?? [] },
    ];
    this.#basis.replaceChildren(
      ...lines.map((line) => h("p", { class: "l3s1-note" }, saidLine(line, this.open))),
    );
  }

  #showBars(ranked: readonly RankedRoot[]): void {
    const before = [...this.#chart.children];
    const after = ranked.flatMap((each) => {
      const bar = this.#bars.get(each.root);
      bar?.show(each);
      return bar ? [bar.element] : [];
    });
    if (after.some((element, place) => before[place] !== element) || before.length !== after.length) {
      this.#chart.replaceChildren(...after);
    }
  }

  #moveRows(findings: Findings, prior: string, study: string): HTMLElement[] {
    const given = this.traits.signs.filter(({ id }) => findings[id]);
    if (given.length === 0) {
      return [h("li", { class: "l3s1-note" }, "Tick a finding in the lists or on the body.")];
    }
    return given.map((sign) => {
      const found = findings[sign.id] as FindingState;
      const moves = movesOf(this.traits, sign.id, found, prior, study);
      const name = h("strong", {}, `${sign.label}: ${sayState(sign, found)}`);
      const [far] = moves;
      if (!far)
        return h(
          "li",
          {},
          name,
          h("p", { class: "l3s1-no-accuracy" }, this.#whySilent(sign, found, study)),
        );
      const used = sign.accuracy.filter((each) => each.study === study);
      return h(
        "li",
        {},
        name,
        h("p", {}, sayMove(far, this.#name(far.root)), moves.length > 1 && ` ${this.#rest(moves)}`),
        ...used.map((each) =>
          h(
            "div",
            { class: "l3s1-accuracy" },
            numberButton(this.traits, sayAccuracy(each), [each.fact], sign.label, this.open, [
              h("p", {}, sign.how),
              ...sayWhy(each).map((why) => h("p", { class: "l3s1-note" }, why)),
            ]),
          ),
        ),
      );
    });
  }

  #rest(moves: readonly Move[]): string {
    const rest = moves.slice(1);
    return `${rest.map(({ root, from, to }) => `${this.#name(root)}: ${percent(from)} to ${percent(to)}`).join("; ")}.`;
  }

  #whySilent(sign: Sign, found: FindingState, study: string): string {
    const still = "does not move the ranking.";
    if (sign.accuracy.length === 0) return `No published accuracy: ${still}`;
    const own = sign.accuracy.filter((each) => each.study === study && each[found]);
    if (own.length === 0) return `No accuracy for this finding in this study: ${still}`;
    const [why] = own.flatMap((each) => whyUnused(each, found) ?? []);
    return `${why ?? "Its numbers can’t be multiplied."} It ${still}`;
  }
}

/** "This sign alone moves L5 from 33 % to 41 %." */
export function sayMove({ root, from, to, limit }: Move, name: string): string {
  const shown = name || root;
  if (percent(from) === percent(to)) return `This sign alone leaves ${shown} at ${percent(from)}.`;
  const far = limit ? (to > from ? "at most " : "no lower than ") : "";
  return `This sign alone moves ${shown} from ${percent(from)} to ${far}${percent(to)}.`;
}
