import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { gzipSync } from "node:zlib";
import { assessmentView } from "../src/assessment/load.ts";
import { mountQuestions, type QuestionTraits } from "../src/assessment/questions.ts";
import { FICTIONAL_ITEMS } from "./fixtures/questions.ts";
import { FICTIONAL_ORIGINS } from "./fixtures/timeline.ts";
import { MockModel } from "./mock_model.ts";
import { one, openPage, press, until } from "./page.ts";

function show(mode: "predict" | "check" = "check", answers: QuestionTraits["answers"] = {}) {
  const packed = gzipSync(JSON.stringify(FICTIONAL_ORIGINS));
  const origins_gz = new DataView(packed.buffer, packed.byteOffset, packed.byteLength);
  const model = new MockModel<QuestionTraits>({ mode, items: FICTIONAL_ITEMS, origins_gz, answers });
  const el = document.createElement("div");
  document.body.append(el);
  const removed = new AbortController();
  mountQuestions(model.any, el, removed.signal);
  const remove = (): void => removed.abort();
  const [box] = el.querySelectorAll<HTMLElement>(".l3s1-question-box");
  return { model, el, remove, box: box as HTMLElement };
}

function choose(box: HTMLElement, value: string): void {
  const radio = one<HTMLInputElement>(box, `input[value=${value}]`);
  radio.checked = true;
  radio.dispatchEvent(new Event("change", { bubbles: true }));
}

const commit = (box: HTMLElement): void => one<HTMLButtonElement>(box, "button[type=submit]").click();
const button = (box: HTMLElement, label: string): HTMLButtonElement =>
  [...box.querySelectorAll("button")].find((each) => each.textContent === label) as HTMLButtonElement;
const verdict = (box: HTMLElement): string => one(box, "[role=status]").textContent ?? "";

beforeEach(() => {
  openPage();
});

test("each question is a group of radio buttons with its stem as name", () => {
  const { el } = show();
  const groups = [...el.querySelectorAll("fieldset")];
  assert.equal(groups.length, 2);
  assert.match(groups[0]?.querySelector("legend")?.textContent ?? "", /Question 1 of 2.*imagined bone sing/);
  const names = [...el.querySelectorAll("input")].map(({ name }) => name);
  assert.equal(new Set(names).size, 2);
});

test("text is text, never markup", () => {
  const { el } = show();
  assert.equal(el.querySelector("legend b"), null);
  assert.match(el.textContent ?? "", /Which <b>invented<\/b> sign/);
});

test("without a choice it asks for one and says nothing else", () => {
  const { model, box } = show();
  commit(box);
  assert.match(box.textContent ?? "", /Choose an answer first/);
  assert.deepEqual(model.saved, []);
});

test("a wrong answer is met with its own feedback, in a word and not only a colour", () => {
  const { model, box } = show();
  choose(box, "a");
  commit(box);
  assert.match(verdict(box), /Not quite.*You chose: On day 3.*only hums/);
  assert.match(box.textContent ?? "", /All other choices explained.*On day 42best answer.*all seven/);
  assert.deepEqual(model.saved, [{ answers: { "fictional-item-one": { choice: "a", attempts: ["a"] } } }]);
});

test("after 'try again' the explanation stays and attempts add up", () => {
  const { model, box } = show();
  choose(box, "a");
  commit(box);
  button(box, "Try again").click();
  assert.match(verdict(box), /only hums/);
  assert.ok([...box.querySelectorAll("input")].every(({ disabled, checked }) => !disabled && !checked));
  choose(box, "b");
  commit(box);
  assert.match(verdict(box), /Correct.*heard it on day 42/);
  assert.equal(button(box, "Try again").hidden, true);
  assert.deepEqual(model.get("answers")["fictional-item-one"], { choice: "b", attempts: ["a", "b"] });
  assert.match(box.textContent ?? "", /Why not the others/);
});

test("the same wrong answer again counts again", () => {
  const { model, box } = show();
  for (let attempt = 0; attempt < 2; attempt += 1) {
    choose(box, "c");
    commit(box);
    button(box, "Try again").click();
  }
  assert.deepEqual(model.get("answers")["fictional-item-one"]?.attempts, ["c", "c"]);
});

test("a prediction is committed, not marked", () => {
  const { box } = show("predict");
  assert.equal(one(box, "button[type=submit]").textContent, "Commit to my prediction");
  choose(box, "b");
  commit(box);
  assert.match(verdict(box), /You will meet the answer/);
});

test("answers that the model brings are shown", () => {
  const { box, model } = show("check", { "fictional-item-one": { choice: "b", attempts: ["b"] } });
  assert.match(verdict(box), /Correct/);
  assert.equal(one<HTMLInputElement>(box, "input[value=b]").checked, true);
  assert.deepEqual(model.saved, []);
});

test("an answer to nobody's question changes nothing", () => {
  const { box } = show("check", { "fictional-item-one": { choice: "z", attempts: ["z"] } });
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
