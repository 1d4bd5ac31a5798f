// Questions of every type: asked, answered badly, answered, explained.
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { readNumber, sayNumber } from "../src/assessment/fields/numeric.ts";
import type { FieldModel } from "../src/assessment/fields/make.ts";
import { numberPlaces } from "../src/assessment/marked_picture.ts";
import { arranged, disordered, shuffled } from "../src/assessment/order.ts";
import { askQuestion, type AskOptions } from "../src/assessment/question.ts";
import type { Answer, Item, ItemType } from "../src/assessment/types.ts";
import { WebGlMissing } from "../src/scene/types.ts";
import { Sheet } from "../src/sheet.ts";
import { FakeScene, opening } from "./fake_scene.ts";
import { FICTIONAL_FIND, ITEMS_OF_ALL_TYPES } from "./fixtures/questions.ts";
import { MockModel } from "./mock_model.ts";
import { one, openPage, until } from "./page.ts";

let removed = new AbortController();

/** Everything is near the reader. */
class Near {
  constructor(private readonly seen: (entries: object[]) => void) {}
  observe(): void {
    this.seen([{ isIntersecting: true }]);
  }
  disconnect(): void {}
}

beforeEach(() => {
  Object.assign(globalThis, { IntersectionObserver: Near });
  removed.abort();
  removed = new AbortController();
  openPage();
});

const item = <T extends ItemType>(type: T): Extract<Item, { type: T }> =>
  ITEMS_OF_ALL_TYPES.find((each) => each.type === type) as Extract<Item, { type: T }>;

function ask(asked: Item, more: Partial<AskOptions> = {}) {
  const given: Answer[] = [];
  const traits = { _engine_file: "e.js", _pack_file: "p.bin", _pictures: { "posterior-light": "view.webp" } };
  const question = askQuestion(asked, {
    title: "Question 1 of 1",
    model: new MockModel(traits).any as unknown as FieldModel,
    origins: () => document.createElement("p"),
    sheet: new Sheet(removed.signal, () => undefined),
    removed: removed.signal,
    onAnswer: (answer) => void given.push(answer),
    ...more,
  });
  document.body.append(question.element);
  const box = question.element;
  const commit = (): void => one<HTMLButtonElement>(box, "button[type=submit]").click();
  const hint = (): string => one(box, ".l3s1-question-hint").textContent ?? "";
  const verdict = (): string => one(box, ".l3s1-verdict").textContent ?? "";
  return { question, box, given, commit, hint, verdict };
}

function pick(box: Element, choices: string[]): void {
  [...box.querySelectorAll<HTMLSelectElement>(".l3s1-pair select")].forEach((list, at) => {
    list.value = choices[at] ?? "";
    list.dispatchEvent(new Event("change", { bubbles: true }));
  });
}

test("several choices: what applies, what was missed and what does not apply is said", () => {
  const { box, given, commit, hint, verdict } = ask(item("multiple_response"));
  commit();
  assert.equal(hint(), "Tick all that apply, at least one.");
  for (const value of ["a", "b"]) one<HTMLInputElement>(box, `input[value=${value}]`).checked = true;
  commit();
  assert.deepEqual(given, [{ response: ["a", "b"], certainty: null }]);
  assert.match(verdict(), /Not quite.*1 of 2 that apply, and 1 that does not/);
  assert.match(verdict(), /Choice aapplies, chosen.*Choice bchosen, does not apply.*Choice capplies, not chosen/);
  assert.match(one(box, ".l3s1-rest").textContent ?? "", /Why not the others.*Choice d/);
});

test("a part of what applies is partly right", () => {
  const { box, commit, verdict } = ask(item("multiple_response"));
  one<HTMLInputElement>(box, "input[value=c]").checked = true;
  commit();
  assert.match(verdict(), /Partly right/);
});

test("a number: point or comma, and words are refused with what to do", () => {
  const { box, given, commit, hint, verdict } = ask(item("numeric"));
  const input = one<HTMLInputElement>(box, ".l3s1-number");
  input.value = "a dozen";
  commit();
  assert.equal(hint(), "“a dozen” is not a number. Type it in figures, for example 12.5 or 12,5; the unit (%) is already there.");
  assert.equal(input.getAttribute("aria-invalid"), "true");
  assert.equal(document.activeElement, input);
  input.value = "12,2";
  commit();
  assert.deepEqual(given[0]?.response, 12.2);
  assert.match(verdict(), /Correct.*You answered 12.2 %. The answer is 12.5 %; within 0.5 % of it counts as right.*So it is/);
});

test("a number that is too high or too low has feedback of its own", () => {
  for (const [typed, says] of [["13.1", /Fewer of them hum/], ["1", /More of them hum/]] as const) {
    const { box, commit, verdict } = ask(item("numeric"));
    one<HTMLInputElement>(box, ".l3s1-number").value = typed;
    commit();
    assert.match(verdict(), says);
  }
});

test("numbers are read as people type them", () => {
  const read = (typed: string): number | string => readNumber(typed, "%");
  assert.deepEqual(["12.5", " 12,5 ", "12,5 %", "1 200", "−3", "+4", ".5"].map(read), [12.5, 12.5, 12.5, 1200, -3, 4, 0.5]);
  assert.match(String(read("")), /Type a number first/);
  assert.match(String(read("1.2.3")), /more than one point or comma/);
  assert.match(String(read("1,200")), /could be two numbers. Type 1200 or 1.200/);
  for (const typed of ["12 mm", "e5", "--3", "5e3", "Infinity", "0x10"]) assert.match(String(read(typed)), /not a number/, typed);
  assert.match(String(read("9".repeat(400))), /Type fewer figures/);
  assert.equal(sayNumber(0.1 + 0.2), "0.3");
  assert.equal(sayNumber(-3), "−3");
});

test("an order: buttons move entries, focus stays with them, the place is announced", async () => {
  const { box, given, commit, hint, verdict } = ask(item("ordering"));
  const texts = (): (string | null)[] => [...box.querySelectorAll(".l3s1-ordering-text")].map((each) => each.textContent);
  const right = ["Choice a", "Choice b", "Choice c", "Choice d"];
  assert.notDeepEqual(texts(), right);
  commit();
  assert.match(hint(), /Put the entries in order first/);
  const press = (label: string): HTMLButtonElement => {
    const button = one<HTMLButtonElement>(box, `[aria-label="${label}"]`);
    button.focus();
    button.click();
    return button;
  };
  while (texts()[0] !== "Choice a") press("Move up: Choice a");
  assert.equal(document.activeElement, one(box, '[aria-label="Move down: Choice a"]'), "the other button, at the end");
  await until(() => box.textContent?.includes("Choice a: now 1 of 4") ?? false, "the place is announced");
  for (const [at, text] of right.entries()) while (texts().indexOf(text) > at) press(`Move up: ${text}`);
  assert.deepEqual(texts(), right);
  commit();
  assert.deepEqual(given[0]?.response, ["a", "b", "c", "d"]);
  assert.match(verdict(), /Correct.*4 of 4 stand in their place/);
  assert.equal(box.querySelectorAll(".l3s1-move:not(:disabled)").length, 0);
});

test("an entry can be dragged to its place", () => {
  const { box, commit, given } = ask(item("ordering"));
  const entries = (): HTMLElement[] => [...box.querySelectorAll<HTMLElement>(".l3s1-ordering-entry")];
  for (const each of entries()) {
    each.getBoundingClientRect = () => ({ top: 50 * entries().indexOf(each), height: 50 }) as DOMRect;
  }
  const [first] = entries();
  const handle = one(first as HTMLElement, ".l3s1-handle");
  handle.setPointerCapture = () => undefined;
  const event = (type: string, clientY: number): void =>
    void handle.dispatchEvent(new PointerEvent(type, { clientY, button: 0, pointerId: 1, bubbles: true, cancelable: true }));
  event("pointerdown", 10);
  event("pointermove", 130);
  event("pointerup", 130);
  assert.equal(entries().indexOf(first as HTMLElement), 2);
  event("pointermove", 10);
  assert.equal(entries().indexOf(first as HTMLElement), 2, "let go");
  commit();
  assert.equal(given.length, 1);
});

test("matching: each prompt has its list, and a choice serves once", () => {
  const { box, given, commit, hint, verdict } = ask(item("matching"));
  assert.match(box.textContent ?? "", /Each choice may be used once/);
  commit();
  assert.equal(hint(), "Choose for every entry first.");
  pick(box, ["1", "1"]);
  commit();
  assert.match(hint(), /“Option 1” is chosen twice; each may be used once/);
  pick(box, ["1", "3"]);
  commit();
  assert.deepEqual(given[0]?.response, { a: "1", b: "3" });
  assert.match(verdict(), /Partly right.*1 of 2 right.*Choice a → Option 1right.*Choice b → Option 2you chose “Option 3”/);
});

test("extended matching: a choice may serve again, and the theme is said", () => {
  const { box, given, commit } = ask(item("extended_matching"));
  assert.match(box.textContent ?? "", /Choices: made-up causes. A choice may be used more than once/);
  pick(box, ["2", "2"]);
  commit();
  assert.deepEqual(given[0]?.response, { a: "2", b: "2" });
});

test("a picture's marks have a list each, and their places in words", () => {
  const { box, given, commit, verdict } = ask(item("label_picture"));
  const image = one(box, ".l3s1-marked");
  assert.equal(image.getAttribute("role"), "img");
  assert.equal(image.getAttribute("aria-label"), "A made-up spine, seen from behind");
  assert.deepEqual([...image.querySelectorAll("text")].map((each) => each.textContent), ["1", "2"]);
  assert.match(one(box, ".l3s1-places").textContent ?? "", /Mark 1: wood, left/);
  pick(box, ["b", "a"]);
  commit();
  assert.deepEqual(given[0]?.response, { "1": "b", "2": "a" });
  assert.match(verdict(), /Correct.*Mark 1 → Option bright/);
});

test("numbers stand beside the picture in order of height, apart from one another", () => {
  const places = numberPlaces([[100, 150], [120, 140], [90, 145], [300, 10], [310, 295]]);
  assert.deepEqual(places.map(([x]) => x < 200), [true, true, true, false, false]);
  const left = places.slice(0, 3).map(([, y]) => y);
  assert.ok((left[1] ?? 0) < (left[2] ?? 0) && (left[2] ?? 0) < (left[0] ?? 0));
  const sorted = [...left].sort((one_, other) => one_ - other);
  for (const [at, y] of sorted.slice(1).entries()) assert.ok(y - (sorted[at] ?? 0) >= 31);
  for (const [, y] of places) assert.ok(y >= 13 && y <= 287);
  const crowd = numberPlaces(Array.from({ length: 8 }, (_, at) => [20 + 10 * at, 150]));
  assert.equal(crowd.filter(([x]) => x < 200).length, 5, "three find no room there");
});

test("to be found: a click in the model answers, near misses have their own feedback", async () => {
  const scene = new FakeScene();
  Object.assign(scene, { parts: [{ name: "B4", tissue: "wood", layer: "x", structures: ["B4.knob.left", "B4.knob.right"] }] });
  const { box, given, commit, hint, verdict } = ask(FICTIONAL_FIND, { openScene: opening(scene) });
  commit();
  assert.match(hint(), /Mark a structure first/);
  one<HTMLButtonElement>(box, ".l3s1-find-stage > button").click();
  await until(() => box.textContent?.includes("Click or tap the structure") ?? false, "the model is there");
  assert.deepEqual([scene.state.view, scene.state.peeled, scene.state.tips], ["posterior", 2, false]);
  scene.pick("B4.knob.right");
  assert.match(one(box, ".l3s1-find-said").textContent ?? "", /Marked: wood, to the right\./);
  assert.equal(one<HTMLInputElement>(box, 'input[value="B4.knob.right"]').checked, true);
  assert.deepEqual(scene.state.highlight, ["B4.knob.right"]);
  commit();
  assert.deepEqual(given[0]?.response, "B4.knob.right");
  assert.match(verdict(), /Not quite.*You marked: right knob of B4.*That is the right knob/);
  assert.deepEqual(Object.keys(scene.state.colour), ["B4.knob.right"]);
  one<HTMLButtonElement>(box, ".l3s1-rest button").click();
  await until(() => "B4.knob.left" in scene.state.colour, "what is right is shown");
});

test("to be found: one model at a time, and it goes when the question goes", async () => {
  const [one_, other] = [new FakeScene(), new FakeScene()];
  const first = ask(FICTIONAL_FIND, { openScene: opening(one_) });
  const second = ask({ ...FICTIONAL_FIND, id: "another" }, { openScene: opening(other) });
  const open = (box: Element): void => one<HTMLButtonElement>(box, ".l3s1-find-stage > button").click();
  open(first.box);
  await until(() => first.box.textContent?.includes("Click or tap") ?? false, "the first is there");
  open(second.box);
  await until(() => second.box.textContent?.includes("Click or tap") ?? false, "the second is there");
  assert.deepEqual([one_.disposed, other.disposed], [true, false]);
  removed.abort();
  assert.equal(other.disposed, true);
});

test("to be found without WebGL: places in words and a numbered picture", async () => {
  const openScene = async (): Promise<never> => {
    throw new WebGlMissing("no WebGL");
  };
  const { box, given, commit, verdict } = ask(FICTIONAL_FIND, { openScene });
  one<HTMLButtonElement>(box, ".l3s1-find-stage > button").click();
  await until(() => box.textContent?.includes("shows no 3D graphics") ?? false, "it says so");
  assert.equal(one<HTMLDetailsElement>(box, ".l3s1-places").open, true);
  assert.deepEqual([...box.querySelectorAll(".l3s1-marked text")].map((each) => each.textContent), ["1", "2"]);
  const radio = one<HTMLInputElement>(box, 'input[value="B4.knob.left"]');
  radio.checked = true;
  radio.dispatchEvent(new Event("change", { bubbles: true }));
  commit();
  assert.equal(given[0]?.response, "B4.knob.left");
  assert.match(verdict(), /Correct.*Yes, that knob/);
});

test("every type shows an answer that is kept, and clears it", () => {
  const responses: Record<ItemType, Answer["response"]> = {
    single_best_answer: "b",
    multiple_response: ["a", "c"],
    numeric: 12.5,
    ordering: ["a", "b", "c", "d"],
    matching: { a: "1", b: "2" },
    extended_matching: { a: "2", b: "2" },
    label_picture: { "1": "b", "2": "a" },
    find_in_3d: "B4.knob.left",
  };
  for (const each of ITEMS_OF_ALL_TYPES) {
    const { question, box, verdict } = ask(each);
    question.show({ response: responses[each.type], certainty: 3 }, "You answered this before.");
    assert.match(verdict(), /Correct.*Sure: certainty marks 3You answered this before/, each.type);
    question.arrange(7);
    assert.match(verdict(), /Correct/);
    question.show(null);
    assert.equal(verdict(), "");
    assert.equal(box.querySelectorAll("fieldset :disabled:not(.l3s1-move)").length, 0, each.type);
  }
});

test("in a review a question is asked once, and the verdict has the focus", () => {
  const { box, commit } = ask(item("numeric"), { retry: false });
  one<HTMLInputElement>(box, ".l3s1-number").value = "1";
  commit();
  const again = [...box.querySelectorAll("button")].find((each) => each.textContent === "Try again");
  assert.equal(again?.hidden, true);
  assert.equal(document.activeElement, one(box, ".l3s1-verdict"));
});

test("the same seed gives the same order, numbers stay as written, what is to be ordered never is", () => {
  const things = ["a", "b", "c", "d", "e"];
  assert.deepEqual(shuffled(things, 4711, "x"), shuffled(things, 4711, "x"));
  assert.deepEqual([...shuffled(things, 4711, "x")].sort(), things);
  assert.ok(new Set(Array.from({ length: 20 }, (_, seed) => shuffled(things, seed, "x").join())).size > 10);
  const numbers = ["About 5 %", "About 12 %", "30 %"].map((text) => ({ text }));
  const words = ["Nobody", "About 12 %", "Everybody"].map((text) => ({ text }));
  for (let seed = 1; seed < 30; seed += 1) {
    assert.equal(arranged(numbers, seed, "x"), numbers);
    assert.notDeepEqual(disordered(things, seed, "x"), things);
  }
  assert.ok(Array.from({ length: 9 }, (_, seed) => arranged(words, seed, "x")).some((each) => each[0] !== words[0]));
  assert.equal(arranged(words, null, "x"), words);
});
