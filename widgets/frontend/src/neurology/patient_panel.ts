// 'Patients': one after the other, what the student makes of them, and what speaks for and against.
import { h, setText } from "../dom.ts";
import { button } from "../explorer/fields.ts";
import type { BodyShown, Patch } from "./body.ts";
import type { Note } from "./body_drawing.ts";
import { alarm, labelled, picker, powerScale, saidLine, sourceOf, type OpenOrigins } from "./parts.ts";
import { SpinePicture } from "./spine.ts";
import type { NeurologyState } from "./state.ts";
import type { Answer, Feedback, NeurologyTraits, Patient, PatientFinding, Said, Side } from "./types.ts";
import { capital, KINDS, sayState } from "./words.ts";

const HIGHEST_SEED = 9_999_999;

const VERDICTS: Record<Feedback["verdict"], readonly [sign: string, words: string]> = {
  right: ["✓", "Right"],
  partly: ["◐", "Partly right"],
  wrong: ["✗", "Not this one"],
};

interface Score {
  right: number;
  partly: number;
  wrong: number;
}

export class PatientPanel {
  readonly left: HTMLElement;
  readonly right: HTMLElement;
  readonly #title = h("h3", { tabindex: -1 });
  readonly #history = h("p", {});
  readonly #findings = h("div", { class: "l3s1-patient-findings" });
  readonly #imaging: SpinePicture;
  readonly #imagingWords = h("ul", { class: "l3s1-imaging-words" });
  readonly #imagingPlace: HTMLElement;
  readonly #difficulty: HTMLSelectElement;
  readonly #question = h("p", { class: "l3s1-patient-question" });
  readonly #level: HTMLSelectElement;
  readonly #zone: HTMLSelectElement;
  readonly #root: HTMLSelectElement;
  readonly #answerButton: HTMLButtonElement;
  readonly #feedback = h("div", { class: "l3s1-feedback", tabindex: -1 });
  readonly #score = h("p", { class: "l3s1-note l3s1-score" });
  readonly #wait = h("p", { class: "l3s1-note", role: "status" });
  /** The first answer to each patient counts. */
  readonly #scored = new Map<string, Feedback["verdict"]>();
  #drawn = "";
  #drawnFeedback: Feedback | null | undefined;
  #asked = false;

  constructor(
    private readonly state: NeurologyState,
    private readonly traits: NeurologyTraits,
    private readonly open: OpenOrigins,
    private readonly announce: (text: string) => void,
  ) {
    this.#imaging = new SpinePicture(traits.levels, traits.zones, null);
    this.#imagingPlace = h(
      "div",
      { class: "l3s1-imaging" },
      h("h3", {}, "The scan"),
      this.#imaging.element,
      this.#imagingWords,
    );
    this.#difficulty = picker(
      traits.difficulties.map(([id, label]) => [String(id), label] as const),
      (difficulty) => this.#meet({ difficulty: Number(difficulty) }),
    );
    this.left = h(
      "div",
      { class: "l3s1-neuro-side" },
      labelled("Difficulty", this.#difficulty),
      this.#wait,
      this.#title,
      this.#history,
      this.#findings,
      this.#imagingPlace,
    );
    const changed = (): void => this.#showButton();
    this.#level = picker(
      [["", "— level —"], ...traits.levels.map(({ id, label }) => [id, label] as const)],
      changed,
    );
    this.#zone = picker(
      [["", "— zone —"], ...traits.zones.map(({ id, label }) => [id, capital(label)] as const)],
      changed,
    );
    this.#root = picker(
      [["", "— root —"], ...traits.answers.map(([id, label]) => [id, capital(label)] as const)],
      changed,
    );
    this.#answerButton = button("Answer", () => this.#answer(), { class: "l3s1-button l3s1-primary" });
    this.right = h(
      "div",
      { class: "l3s1-neuro-side" },
      this.#question,
      labelled("Which root, or what else?", this.#root),
      labelled("Level", this.#level),
      labelled("Zone", this.#zone),
      h(
        "div",
        { class: "l3s1-actions" },
        this.#answerButton,
        button("Next patient", () => this.#next()),
      ),
      this.#feedback,
      this.#score,
    );
  }

  show(): void {
    const { seed, difficulty } = this.state.values;
    const patient = this.state.get("patient");
    const feedback = this.state.get("feedback");
    this.#difficulty.value = String(difficulty);
    const waiting = !isOf(patient, seed, difficulty);
    setText(this.#wait, waiting ? "The next patient is on the way …" : "");
    this.#wait.hidden = !waiting;
    const drawn = JSON.stringify(patient);
    if (drawn !== this.#drawn) {
      this.#drawn = drawn;
      this.#showPatient(patient);
    }
    if (feedback !== this.#drawnFeedback) this.#showFeedback(feedback);
    this.#showButton();
    setText(this.#score, this.#sayScore());
  }

  body(): BodyShown {
    const patches: Patch[] = [];
    const notes: Note[] = [];
    const said = new Map<string, string[]>();
    for (const finding of this.state.get("patient").findings) {
      const sign = this.traits.signs.find(({ id }) => id === finding.sign);
      if (!sign) continue;
      for (const side of bothOf(finding.side)) {
        const key = `${sign.where}|${side}`;
        if (sign.kind === "sensory" || sign.kind === "pain") {
          said.set(key, [...(said.get(key) ?? []), finding.text]);
          const paint = sign.kind === "sensory" ? "numb" : "pain";
          if (finding.state === "present") {
            patches.push({ paint, area: sign.where, side, strength: "core" });
          } else notes.push({ at: sign.where, side, text: "✓", tone: "absent" });
        }
        if (sign.kind === "reflex") {
          const text = finding.state === "present" ? "↓" : "✓";
          notes.push({ at: sign.where, side, text, tone: finding.state });
        }
      }
    }
    return {
      patches,
      notes,
      say: (area, side) => said.get(`${area}|${side}`)?.join(", ") ?? "nothing found",
      sides: ["left", "right"],
    };
  }

  words(): string {
    const { title, history, findings, question } = this.state.get("patient");
    const found = findings.map(({ text }) => text).join("; ");
    return `${title}. ${history} Found: ${found}. ${question}`;
  }

  #meet(change: { seed?: number; difficulty?: number }): void {
    this.#asked = true;
    this.state.choose({ ...change, answer: null });
  }

  #next(): void {
    const seed = this.state.get("seed");
    this.#meet({ seed: seed >= HIGHEST_SEED ? 1 : seed + 1 });
  }

  #answer(): void {
    const answer = this.#chosen();
    if (!answer) return;
    this.#asked = true;
    this.state.choose({ answer });
  }

  /** The answer as it stands, or null while it is not complete. */
  #chosen(): Answer | null {
    if (this.#root.value === "") return null;
    return {
      root: this.#root.value as Answer["root"],
      level: this.#level.value as Answer["level"],
      zone: this.#zone.value as Answer["zone"],
    };
  }

  #showButton(): void {
    const { seed, difficulty } = this.state.values;
    const here = isOf(this.state.get("patient"), seed, difficulty);
    this.#answerButton.disabled = !here || this.#chosen() === null;
  }

  #showPatient(patient: Patient): void {
    setText(this.#title, patient.title);
    setText(this.#history, patient.history);
    setText(this.#question, patient.question);
    this.#findings.replaceChildren(...this.#groups(patient.findings));
    this.#imagingPlace.hidden = patient.imaging.length === 0;
    this.#imaging.show({
      lesions: patient.imaging,
      hits: [],
      side: "left",
      words: patient.imaging.map(({ text }) => text).join(" "),
    });
    this.#imagingWords.replaceChildren(...patient.imaging.map(({ text }) => h("li", {}, text)));
    const { answer } = this.state.values;
    this.#root.value = answer?.root ?? "";
    this.#level.value = answer?.level ?? "";
    this.#zone.value = answer?.zone ?? "";
    if (this.#asked) this.#title.focus();
    this.#asked = false;
  }

  #groups(findings: readonly PatientFinding[]): HTMLElement[] {
    return KINDS.flatMap(([kind, title]) => {
      const rows = findings.flatMap((finding) => {
        const sign = this.traits.signs.find(({ id }) => id === finding.sign);
        if (sign?.kind !== kind) return [];
        const normal = finding.state === "absent";
        return [
          h(
            "li",
            { class: normal ? "l3s1-patient-found-normal" : "l3s1-patient-found-present" },
            h("span", {}, finding.text || `${sign.label}: ${sayState(sign, finding.state)}`),
            finding.grade !== null && !normal && powerScale(finding.grade),
          ),
        ];
      });
      if (rows.length === 0) return [];
      return [h("section", {}, h("h4", {}, title), h("ul", { class: "l3s1-patient-found" }, ...rows))];
    });
  }

  #showFeedback(feedback: Feedback | null): void {
    this.#drawnFeedback = feedback;
    this.#feedback.hidden = feedback === null;
    if (!feedback) {
      this.#feedback.replaceChildren();
      return;
    }
    const key = `${feedback.seed}|${feedback.difficulty}`;
    if (!this.#scored.has(key)) this.#scored.set(key, feedback.verdict);
    const [sign, words] = VERDICTS[feedback.verdict];
    const list = (title: string, lines: readonly Said[]): HTMLElement | null =>
      lines.length === 0
        ? null
        : h(
            "section",
            {},
            h("h4", {}, title),
            h("ul", {}, ...lines.map((line) => h("li", {}, saidLine(line, this.open)))),
          );
    const parts = [
      feedback.urgent &&
        alarm(
          feedback.urgent.title,
          h("ol", {}, ...feedback.urgent.steps.map((step) => h("li", {}, saidLine(step, this.open)))),
        ),
      h(
        "p",
        { class: `l3s1-judged l3s1-judged-${feedback.verdict}` },
        h("span", { "aria-hidden": "true" }, `${sign} `),
        words,
      ),
      h("p", {}, feedback.said),
      h(
        "p",
        { class: "l3s1-truth" },
        h("strong", {}, "What it was: "),
        feedback.truth.text,
        " ",
        ...sourceOf(feedback.truth.text, feedback.truth.facts, this.open),
      ),
      list("What fits your answer", feedback.fits),
      list("What speaks against it", feedback.against),
      list("What tells them apart", feedback.tells_apart),
      list("Also possible from the findings alone", feedback.also_possible),
    ];
    this.#feedback.replaceChildren(...parts.filter((part) => part !== null));
    const urgent = feedback.urgent ? `${feedback.urgent.title}. ` : "";
    this.announce(`${urgent}${words}. ${feedback.said} ${feedback.truth.text}`);
    if (this.#asked) this.#feedback.focus();
    this.#asked = false;
  }

  #sayScore(): string {
    const score: Score = { right: 0, partly: 0, wrong: 0 };
    for (const verdict of this.#scored.values()) score[verdict] += 1;
    const seen = this.#scored.size;
    if (seen === 0) return "No patient answered yet on this visit.";
    return `This visit: ${seen} answered, ${score.right} right, ${score.partly} partly, ${score.wrong} not.`;
  }
}

function isOf(patient: Patient, seed: number, difficulty: number): boolean {
  return patient.seed === seed && patient.difficulty === difficulty;
}

function bothOf(side: PatientFinding["side"]): readonly Side[] {
  return side === "left" || side === "right" ? [side] : ["left", "right"];
}
