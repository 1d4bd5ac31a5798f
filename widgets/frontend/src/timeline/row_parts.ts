// The small parts that answers, table and summary share: a row's name, an effect with its sign.
import { h } from "../dom.ts";
import { evidenceMark } from "../evidence.ts";
import type { Letter, RowEffect } from "./choices.ts";
import type { TimelineState } from "./state.ts";
import type { EffectKind, Row } from "./types.ts";

export type OpenRow = (row: Row, opener: HTMLElement) => void;

/** The row's name with its evidence mark; opens its origin. */
export function rowButton(row: Row, open: OpenRow, marked = true): HTMLButtonElement {
  const mark = marked && evidenceMark(row.evidence, `evidence: ${row.evidence_label}`);
  const button = h("button", { type: "button", class: "l3s1-row-button" }, mark, row.label);
  button.addEventListener("click", () => open(row, button));
  return button;
}

/** The sign of an effect with its words: never by colour or shape alone. */
export function effectMark(kind: EffectKind, { content }: TimelineState): HTMLElement {
  const { sign, words } = content.kinds[kind];
  return h(
    "span",
    { class: "l3s1-effect-mark", "data-kind": kind },
    h("span", { "aria-hidden": "true" }, `${sign} `),
    words,
  );
}

export function letterMark(letter: Letter): HTMLElement {
  return h("span", { class: "l3s1-letter", "data-letter": letter }, letter);
}

/** An effect as a line: sign, whose choice it is, what the source says. */
export function effectLine(effect: RowEffect, letter: Letter, state: TimelineState): HTMLElement {
  return h(
    "p",
    { class: "l3s1-effect" },
    letter && letterMark(letter),
    effectMark(effect.kind, state),
    h("span", { class: "l3s1-effect-choice" }, ` ${effect.choice.label}, ${effect.option_label}: `),
    effect.says,
  );
}
