// What an answer is worth. The rules are those of l3s1.assessment.scoring, which describes them; both
// are tested with tests/fixtures/item_scores.json.
import type { Item, Response, Score } from "./types.ts";

const WHOLE: Score = { correct: true, share: 1 };
const NONE: Score = { correct: false, share: 0 };

/** Throws an Error where `response` is none that the item can be answered with. */
export function score(item: Item, response: unknown): Score {
  if (!isResponse(item, response)) throw new Error(`this is no answer to ${item.id}`);
  switch (item.type) {
    case "single_best_answer":
      return response === item.key ? WHOLE : NONE;
    case "multiple_response":
      return scoreChoices(item.keys, response as readonly string[]);
    case "numeric":
      return isNear(response as number, item.answer, item.tolerance) ? WHOLE : NONE;
    case "ordering":
      return scoreOrder(
        item.entries.map(({ id }) => id),
        response as readonly string[],
      );
    case "matching":
    case "extended_matching":
      return scorePairs(item.prompts, response as Readonly<Record<string, string>>);
    case "label_picture":
      return scorePairs(item.marks, response as Readonly<Record<string, string>>);
    case "find_in_3d":
      return item.find.structures.includes(response as string) ? WHOLE : NONE;
  }
}

/** Whether `response` is a whole answer to the item as it is now: stored ones may be of an older one. */
export function isResponse(item: Item, response: unknown): response is Response {
  const ids = (list: readonly { id: string }[]): string[] => list.map(({ id }) => id);
  switch (item.type) {
    case "single_best_answer":
      return typeof response === "string" && ids(item.choices).includes(response);
    case "multiple_response":
      return isListOf(response, ids(item.choices)) && response.length > 0;
    case "numeric":
      return typeof response === "number" && Number.isFinite(response);
    case "ordering":
      return isListOf(response, ids(item.entries)) && response.length === item.entries.length;
    case "matching":
      return isPairing(response, ids(item.prompts), ids(item.choices), true);
    case "extended_matching":
      return isPairing(response, ids(item.prompts), ids(item.choices), false);
    case "label_picture":
      return isPairing(response, ids(item.marks), ids(item.choices), true);
    case "find_in_3d":
      return typeof response === "string" && response !== "";
  }
}

/** Whether `given` lies within the tolerance, its ends included, whatever binary fractions do to it. */
export function isNear(given: number, answer: number, tolerance: number): boolean {
  return Math.abs(given - answer) <= tolerance + 1e-9 * Math.max(1, Math.abs(answer));
}

function scoreChoices(keys: readonly string[], chosen: readonly string[]): Score {
  const right = chosen.filter((id) => keys.includes(id)).length;
  const points = right - (chosen.length - right);
  return { correct: points === keys.length, share: Math.max(0, points / keys.length) };
}

function scoreOrder(right: readonly string[], given: readonly string[]): Score {
  const places = given.map((id) => right.indexOf(id));
  let [pairs, inOrder] = [0, 0];
  places.forEach((place, at) => {
    for (const later of places.slice(at + 1)) {
      pairs += 1;
      if (place < later) inOrder += 1;
    }
  });
  return { correct: inOrder === pairs, share: Math.max(0, (2 * inOrder) / pairs - 1) };
}

function scorePairs(
  asked: readonly { id: string; key: string }[],
  given: Readonly<Record<string, string>>,
): Score {
  const right = asked.filter(({ id, key }) => given[id] === key).length;
  return { correct: right === asked.length, share: right / asked.length };
}

function isListOf(value: unknown, ids: readonly string[]): value is readonly string[] {
  return (
    Array.isArray(value) &&
    new Set(value).size === value.length &&
    value.every((each) => typeof each === "string" && ids.includes(each))
  );
}

function isPairing(
  value: unknown,
  asked: readonly string[],
  choices: readonly string[],
  once: boolean,
): boolean {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
  const entries = Object.entries(value);
  const given = entries.map(([, choice]) => choice);
  return (
    entries.length === asked.length &&
    entries.every(([id, choice]) => asked.includes(id) && choices.includes(choice)) &&
    (!once || new Set(given).size === given.length)
  );
}
