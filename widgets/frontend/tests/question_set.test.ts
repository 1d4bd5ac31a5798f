// A set of questions: answered, explained, kept, shown again, in another order, and summed up.
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { gzipSync } from "node:zlib";
import { assessmentView } from "../src/assessment/load.ts";
import { mountQuestions, type QuestionTraits } from "../src/assessment/questions.ts";
import type { Item } from "../src/assessment/types.ts";
import { attempt, FakeStorage, openTab, type Tab } from "./fake_storage.ts";
import { FICTIONAL_ITEMS } from "./fixtures/questions.ts";
import { FICTIONAL_ORIGINS } from "./fixtures/timeline.ts";
import { MockModel } from "./mock_model.ts";
import { one, openPage, press, until } from "./page.ts";

let tab: Tab;
const kept = new FakeStorage();

function show(changed: Partial<QuestionTraits> = {}, items: Item[] = FICTIONAL_ITEMS) {
  const packed = gzipSync(JSON.stringify(FICTIONAL_ORIGINS));
  const model = new MockModel<QuestionTraits>({
    mode: "check",
    items,
    origins_gz: new DataView(packed.buffer, packed.byteOffset, packed.byteLength),
    answers: {},
    tells_kernel: false,
    _engine_file: "",
    _pack_file: "",
    _pictures: {},
    ...changed,
  });
  const el = document.createElement("div");
  document.body.append(el);
  const removed = new AbortController();
  mountQuestions(model.any, el, removed.signal, { store: tab.store });
  const boxes = [...el.querySelectorAll<HTMLElement>(".l3s1-question-box")];
  return { model, el, remove: () => removed.abort(), boxes, box: boxes[0] as HTMLElement };
}

function choose(box: HTMLElement, value: string, certainty: number | null = 2): void {
  const radios = [...box.querySelectorAll<HTMLInputElement>(".l3s1-choices input")];
  const radio = radios.find((each) => each.value === value) as HTMLInputElement;
  radio.checked = true;
  radio.dispatchEvent(new Event("change", { bubbles: true }));
  if (certainty !== null) one<HTMLInputElement>(box, `.l3s1-certainty input[value="${certainty}"]`).checked = true;
}

const commit = (box: HTMLElement): void => one<HTMLButtonElement>(box, "button[type=submit]").click();
const button = (box: HTMLElement, label: string): HTMLButtonElement =>
  [...box.querySelectorAll("button")].find((each) => each.textContent === label) as HTMLButtonElement;
const verdict = (box: HTMLElement): string => one(box, ".l3s1-verdict").textContent ?? "";
const result = (el: HTMLElement): HTMLElement => one(el, ".l3s1-set-result");
const option = (el: HTMLElement, words: RegExp): HTMLInputElement => {
  const labels = [...el.querySelectorAll<HTMLElement>(".l3s1-set-options label")];
  const label = labels.find((each) => words.test(each.textContent ?? "")) as HTMLElement;
  return one<HTMLInputElement>(label, "input");
};
function tick(input: HTMLInputElement, checked: boolean): void {
  input.checked = checked;
  input.dispatchEvent(new Event("change", { bubbles: true }));
}

beforeEach(() => {
  openPage();
  kept.held.clear();
  tab = openTab(kept);
  Object.defineProperty(globalThis, "localStorage", { value: new FakeStorage(), configurable: true });
});

test("each question is a group of radio buttons with its stem as name", () => {
  const { el } = show();
  const groups = [...el.querySelectorAll("fieldset.l3s1-choices")];
  assert.equal(groups.length, 2);
  assert.match(groups[0]?.querySelector("legend")?.textContent ?? "", /Question 1 of 2.*imagined bone sing/);
  const names = [...el.querySelectorAll<HTMLInputElement>(".l3s1-choices input")].map(({ name }) => name);
  assert.equal(new Set(names).size, 2);
});

test("text is text, never markup", () => {
  const { el } = show();
  assert.equal(el.querySelector("legend b"), null);
  assert.match(el.textContent ?? "", /Which <b>invented<\/b> sign/);
});

test("without a choice it asks for one, then how sure the student is, and says nothing else", () => {
  const { box } = show();
  commit(box);
  assert.match(box.textContent ?? "", /Choose an answer first/);
  choose(box, "b", null);
  commit(box);
  assert.match(box.textContent ?? "", /Say how sure you are first/);
  assert.equal(verdict(box), "");
});

test("a wrong answer is met with its own feedback, in a word and not only a colour", () => {
  const { model, box } = show();
  choose(box, "a", 3);
  commit(box);
  assert.match(verdict(box), /Not quite.*You chose: On day 3.*only hums.*Sure: certainty marks −6/);
  assert.match(box.textContent ?? "", /All other choices explained.*On day 42best answer.*all seven/);
  assert.equal(document.activeElement, button(box, "Try again"));
  assert.deepEqual(model.saved, [], "nothing leaves the browser");
});

test("an answer is kept in the browser with how sure the student was", () => {
  const { box } = show();
  choose(box, "b", 1);
  commit(box);
  const [given] = tab.store.read().items["fictional-item-one"]?.attempts ?? [];
  const { response, correct, share, certainty, place } = given ?? {};
  assert.deepEqual([response, correct, share, certainty, place], ["b", true, 1, 1, "lesson"]);
  assert.ok(tab.store.read().lessons["00"], "the lesson is known to be opened");
});

test("after 'try again' the explanation stays, and both attempts are kept", () => {
  const { box } = show();
  choose(box, "a");
  commit(box);
  button(box, "Try again").click();
  assert.match(verdict(box), /Not quite.*your last answer.*only hums/);
  assert.ok([...box.querySelectorAll("input")].every(({ disabled, checked }) => !disabled && !checked));
  choose(box, "b");
  commit(box);
  assert.match(verdict(box), /Correct.*heard it on day 42/);
  assert.doesNotMatch(verdict(box), /last answer/);
  assert.match(box.textContent ?? "", /Why not the others/);
  const attempts = tab.store.read().items["fictional-item-one"]?.attempts ?? [];
  assert.deepEqual(attempts.map(({ response }) => response), ["a", "b"]);
});

test("a kept answer is shown after a reload, with its day, and may be given again", () => {
  tab.store.record("fictional-item-one", attempt(1, { response: "b", certainty: 3 }));
  const { box, boxes } = show();
  assert.match(verdict(box), /Correct.*Sure: certainty marks 3.*You answered this on 25 November 2026\./);
  assert.equal(one<HTMLInputElement>(box, ".l3s1-choices input[value=b]").checked, true);
  assert.equal(verdict(boxes[1] as HTMLElement), "");
  button(box, "Try again").click();
  choose(box, "c");
  commit(box);
  assert.match(verdict(box), /Not quite/);
});

test("a kept answer that no longer fits the item is not shown", () => {
  tab.store.record("fictional-item-one", attempt(1, { response: "z" }));
  const { box } = show();
  assert.equal(verdict(box), "");
  assert.equal(one<HTMLButtonElement>(box, "button[type=submit]").hidden, false);
});

test("another student's answers are not shown", () => {
  tab.store.record("fictional-item-one", attempt(1, { response: "b" }));
  const { box } = show();
  tab.store.create("Ben");
  assert.equal(verdict(box), "");
  assert.equal(one<HTMLInputElement>(box, ".l3s1-choices input[value=b]").checked, false);
});

test("the result is said when all are answered: first answers count", () => {
  const { el, boxes } = show();
  const [one_, two] = boxes as [HTMLElement, HTMLElement];
  choose(one_, "a", 3);
  commit(one_);
  button(one_, "Try again").click();
  choose(one_, "b", 3);
  commit(one_);
  assert.equal(result(el).hidden, true);
  choose(two, "a", 2);
  commit(two);
  assert.equal(result(el).hidden, false);
  const said = result(el).textContent ?? "";
  assert.match(said, /All 2 answered: 1 right\.Certainty marks: −4 of 6\.You were sure of 1 that was not right/);
  button(el, "Answer all again").click();
  assert.equal(result(el).hidden, true);
  assert.equal(verdict(one_), "");
  assert.equal(document.activeElement?.tagName, "INPUT");
});

test("certainty may be left unasked, and that is remembered", () => {
  const { el, box } = show();
  tick(option(el, /how sure/), false);
  choose(box, "b", null);
  commit(box);
  assert.match(verdict(box), /Correct/);
  assert.doesNotMatch(verdict(box), /certainty/);
  const again = show();
  assert.equal(option(again.el, /how sure/).checked, false);
});

test("what each step of certainty is worth, and when it pays, stands in a fold", () => {
  const rules = one(show().el, ".l3s1-certainty-rules").textContent ?? "";
  assert.match(rules, /A guess10below 67 %Fairly sure2−267 % to 80 %Sure3−6above 80 %/);
});

test("questions and choices are shuffled by a number that restores the order", () => {
  const first = show();
  tick(option(first.el, /Shuffle/), true);
  const number = one<HTMLInputElement>(first.el, ".l3s1-seed");
  const orders = new Set<string>();
  const texts = (el: HTMLElement): string =>
    [...el.querySelectorAll(".l3s1-question-list .l3s1-option")].map((each) => each.textContent).join();
  for (let seed = 1; seed <= 12; seed += 1) {
    number.value = String(seed);
    number.dispatchEvent(new Event("change"));
    orders.add(texts(first.el));
  }
  assert.ok(orders.size > 3);
  assert.match(first.el.querySelector(".l3s1-question-list legend")?.textContent ?? "", /Question 1 of 2/);
  number.value = "5";
  number.dispatchEvent(new Event("change"));
  const before = texts(first.el);
  openPage("http://localhost:8888/course/?order=5");
  assert.equal(texts(show().el), before);
});

test("an order's number that is none is refused in words; the page's address keeps the one in use", () => {
  document.body.setAttribute("data-voila", "");
  const { el } = show();
  tick(option(el, /Shuffle/), true);
  const number = one<HTMLInputElement>(el, ".l3s1-seed");
  assert.match(location.search, new RegExp(`order=${number.value}`));
  number.value = "seven";
  number.dispatchEvent(new Event("change"));
  assert.equal(number.getAttribute("aria-invalid"), "true");
  assert.match(el.textContent ?? "", /Type a whole number from 1 to 9999999/);
  tick(option(el, /Shuffle/), false);
  assert.equal(location.search, "");
});

test("what is answered stays answered in another order", () => {
  const { el, box } = show();
  choose(box, "a");
  commit(box);
  tick(option(el, /Shuffle/), true);
  const checked = [...el.querySelectorAll<HTMLInputElement>(".l3s1-choices input:checked")];
  assert.deepEqual(checked.map(({ value, disabled }) => [value, disabled]), [["a", true]]);
});

test("what is chosen and not checked yet stays chosen in another order", () => {
  const { el, box } = show();
  choose(box, "b");
  tick(option(el, /Shuffle/), true);
  const checked = [...el.querySelectorAll<HTMLInputElement>(".l3s1-choices input:checked")];
  assert.deepEqual(checked.map(({ value, disabled }) => [value, disabled]), [["b", false]]);
});

test("a prediction is committed, not marked, and nobody asks how sure it is", () => {
  const { el, box } = show({ mode: "predict" });
  assert.equal(one(box, "button[type=submit]").textContent, "Commit to my prediction");
  assert.equal(el.querySelector(".l3s1-set-options"), null);
  choose(box, "b", null);
  commit(box);
  assert.match(verdict(box), /You will meet the answer/);
});

test("Python hears of answers only where it was asked for, and what it sets is shown", () => {
  const { model, box } = show({ tells_kernel: true });
  choose(box, "a", 2);
  commit(box);
  const told = { response: "a", certainty: 2, attempts: ["a"] };
  assert.deepEqual(model.saved, [{ answers: { "fictional-item-one": told } }]);
  model.receive("answers", { "fictional-item-one": { response: "b" } });
  assert.match(verdict(box), /Correct/);
});

test("a dead kernel takes nothing away", () => {
  const { model, box } = show({ tells_kernel: true });
  model.save_changes = () => {
    throw new Error("the kernel is gone");
  };
  choose(box, "b");
  commit(box);
  assert.match(verdict(box), /Correct/);
  assert.equal(tab.store.read().items["fictional-item-one"]?.attempts.length, 1);
});

test("an answer to nobody's question changes nothing", () => {
  const { box } = show({ answers: { "fictional-item-one": { response: "z" } } });
  assert.equal(verdict(box), "");
});

test("the sources open in the sheet; Escape leads back", async () => {
  const { el, box } = show();
  choose(box, "b");
  commit(box);
  const sources = button(box, "Where this comes from");
  sources.focus();
  sources.click();
  const sheet = one(el, "[role=dialog]");
  await until(() => sheet.textContent?.includes("ever happened") ?? false, "the origin is unpacked");
  press(one(sheet, "h3"), "Escape");
  assert.equal(sheet.hidden, true);
  assert.equal(document.activeElement, sources);
});

test("a removed view listens no more", () => {
  const { model, remove } = show();
  remove();
  assert.equal(model.listeners, 0);
});

test("the loader takes the questions from the file that the page shares", async () => {
  const model = new MockModel<{ _assessment_file: string }>({ _assessment_file: "assessment.js" });
  const el = document.createElement("div");
  const drawn: unknown[] = [];
  const code = { mountQuestions: (...given: unknown[]) => void drawn.push(...given) };
  const loading = { view: "l3s1-questions", note: "Opening …", failure: "Not shown" };
  const load = async () => code as unknown as typeof import("../src/assessment/index.ts");
  const remove = assessmentView("mountQuestions", loading, load).render({ model: model.any, el });
  assert.match(el.textContent ?? "", /Opening/);
  await until(() => drawn.length === 3, "the questions are mounted");
  const [, , removed] = drawn as [unknown, unknown, AbortSignal];
  assert.equal(removed.aborted, false);
  remove();
  assert.equal(removed.aborted, true);
});
