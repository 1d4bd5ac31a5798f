// What all types of question share: a field takes an answer, shows one, and explains one.
import { h } from "../../dom.ts";
import type { Response } from "../types.ts";

/** Why there is no answer yet, what to do, and where. */
export interface Missing {
  missing: string;
  where: HTMLElement | null;
}

export interface Explanation {
  /** "You chose: …", said again beside the verdict. */
  given: string;
  /** What to say to this answer. */
  feedback: readonly Node[];
  /** A fold with what was not asked for, or null. */
  rest: { summary: string; body: Node } | null;
}

export interface Field {
  readonly element: HTMLElement;
  read(): Response | Missing;
  /** Show an answer; null clears it. */
  show(response: Response | null): void;
  set disabled(disabled: boolean);
  focus(): void;
  explain(response: Response): Explanation;
}

export const isMissing = (given: Response | Missing): given is Missing =>
  typeof given === "object" && !Array.isArray(given) && "missing" in given && "where" in given;

export type Verdict = "right" | "wrong" | "missed" | "other";

const SIGN: Readonly<Record<Verdict, string>> = { right: "✓", wrong: "✕", missed: "○", other: "" };

export interface Row {
  text: string;
  verdict: Verdict;
  /** The verdict in words: "right", "missed"; "" where nothing need be said. */
  says: string;
  feedback: string;
}

/** Each part of an answer with its verdict, a sign beside the word, and its feedback. */
export function explainRows(rows: readonly Row[]): HTMLElement {
  return h(
    "dl",
    { class: "l3s1-other-choices" },
    ...rows.flatMap(({ text, verdict, says, feedback }) => [
      h(
        "dt",
        { "data-verdict": verdict },
        SIGN[verdict] && h("span", { "aria-hidden": "true", class: "l3s1-row-sign" }, SIGN[verdict]),
        text,
        says && h("span", { class: "l3s1-tag" }, says),
      ),
      feedback && h("dd", {}, feedback),
    ]).filter((each): each is HTMLElement => each !== ""),
  );
}

/** "a", "a and b", "a, b and c" */
export function together(words: readonly string[]): string {
  const last = words.at(-1) ?? "";
  return words.length < 2 ? last : `${words.slice(0, -1).join(", ")} and ${last}`;
}
