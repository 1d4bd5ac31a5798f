import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { beforeEach, test } from "node:test";
import { gzipSync } from "node:zlib";
import type { CaseData, CasesData, CaseTraits, Run } from "../src/case/types.ts";
import { mountCase } from "../src/case/view.ts";
import { progressOf } from "../src/progress/store.ts";
import { MockModel } from "./mock_model.ts";
import { one, openPage, until } from "./page.ts";

const TOLD = JSON.parse(readFileSync("../../tests/fixtures/made-up.json", "utf-8")) as CasesData;
const CASE = TOLD.cases[0] as CaseData;
const SECOND: CaseData = { ...CASE, id: "second", number: 2, title: "The other case" };
const REASON = "Nobody would have seen the tester for a day.";

const kept = (): readonly Run[] => (progressOf().read().cases[CASE.id] ?? []) as Run[];

function packed(value: unknown): DataView {
  const bytes = gzipSync(JSON.stringify(value));
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

async function show(cases: readonly CaseData[] = [CASE], open = CASE.id) {
  const model = new MockModel<CaseTraits>({
    content_gz: packed({ ...TOLD, cases }),
    origins_gz: packed({}),
    case: open,
  });
  const el = document.createElement("div");
  document.body.append(el);
  const removed = new AbortController();
  mountCase(model.any, el, removed.signal);
  await until(() => el.querySelector(".l3s1-case-page")?.firstElementChild !== undefined, "the case is shown");
  await until(() => el.querySelector(".l3s1-case-page > *") !== null, "the case is drawn");
  return { model, el, removed };
}

function press(el: HTMLElement, words: RegExp): void {
  const found = [...el.querySelectorAll("button")].filter((each) => words.test(each.textContent ?? ""));
  assert.equal(found.length, 1, `${found.length} buttons say ${words}`);
  found[0]?.click();
}

function decide(el: HTMLElement, choice: string): void {
  one<HTMLInputElement>(el, `form[data-node] input[value=${choice}]`).checked = true;
  press(el, /^Decide$/);
}

const text = (el: HTMLElement): string => el.textContent ?? "";

beforeEach(() => {
  openPage();
  Reflect.deleteProperty(globalThis, Symbol.for("l3s1.progress"));
  const kept = new Map<string, string>();
  const storage = {
    get length() {
      return kept.size;
    },
    key: (place: number) => [...kept.keys()][place] ?? null,
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
  };
  Object.defineProperty(globalThis, "localStorage", { value: storage, configurable: true, writable: true });
});

test("a single case opens with the person, who is said to be fictional", async () => {
  const { el } = await show();
  assert.match(text(el), /This person is fictional/);
  assert.match(text(el), /asks what is to be done/);
  assert.equal(el.querySelector("form[data-node]"), null);
});

test("cards say what a case teaches and closes, and how one did", async () => {
  const { el, model } = await show([CASE, SECOND], "");
  const cards = [...el.querySelectorAll(".l3s1-case-card")];
  assert.equal(cards.length, 2);
  assert.match(cards[0]?.textContent ?? "", /2 decisions at most.*Ask before you act.*Closes lesson 09.*Not played/);
  press(el, /Open: case 2/);
  assert.equal(model.get("case"), "second");
  press(el, /All cases/);
  assert.equal(model.get("case"), "");
});

test("a request tells its time and harm before, its result after, and is made once", async () => {
  const { el } = await show();
  press(el, /^Begin$/);
  assert.equal(document.activeElement?.textContent, "Decision 1 · 4 days after the operation");
  assert.match(text(el), /Nothing asked for yet/);
  assert.match(text(el), /Take a picture.*2 hours.*Harm: A dose of radiation/);
  assert.doesNotMatch(text(el), /Nothing new is seen/);
  press(el, /Take a picture/);
  assert.match(document.activeElement?.textContent ?? "", /Take a picture.*Nothing new is seen/);
  assert.match(text(el), /Asked for 1 thing. It took 2 hours\./);
  assert.equal([...el.querySelectorAll(".l3s1-case-request")].length, 2);
  assert.deepEqual(kept().at(-1)?.requested, ["picture"]);
});

test("without a choice it asks for one", async () => {
  const { el } = await show();
  press(el, /^Begin$/);
  press(el, /^Decide$/);
  assert.match(text(el), /Choose first what you do/);
  assert.deepEqual(kept(), []);
});

test("a choice is judged in words, with what followed; nothing of what is to come is drawn", async () => {
  const { el } = await show();
  press(el, /^Begin$/);
  decide(el, "b");
  assert.match(document.activeElement?.textContent ?? "", /Your choice: ▲poor/);
  assert.match(text(el), /A day goes by in which nobody looks.*5 days after the operation.*comes by himself/);
  const points = [...el.querySelectorAll(".l3s1-case-time li")].map((each) => each.getAttribute("data-kind"));
  assert.deepEqual(points, ["poor", "followed"]);
  press(el, /^Go on$/);
  assert.match(document.activeElement?.textContent ?? "", /^Decision 2/);
});

test("an end is not drawn before it is seen", async () => {
  const { el } = await show();
  press(el, /^Begin$/);
  decide(el, "c");
  assert.equal(el.querySelectorAll(".l3s1-case-time li").length, 1);
  press(el, /See how it ends/);
  assert.match(document.activeElement?.textContent ?? "", /How it ended: ✕a bad end/);
});

test("a wrong turn is taken back only with a reason, which is kept", async () => {
  const { el } = await show();
  press(el, /^Begin$/);
  decide(el, "c");
  press(el, /Take this turn back/);
  const why = one<HTMLTextAreaElement>(el, "textarea");
  assert.equal(document.activeElement, why);
  press(el, /^Take it back$/);
  assert.match(text(el), /Write in a sentence why/);
  why.value = REASON;
  press(el, /^Take it back$/);
  assert.match(document.activeElement?.textContent ?? "", /^Decision 1/);
  const steps = kept().at(-1)?.steps ?? [];
  assert.deepEqual(steps.map(({ choice, why, back }) => [choice, why ?? "", back ?? false]), [
    ["c", "", false],
    ["c", REASON, true],
  ]);
});

test("a good turn can't be taken back", async () => {
  const { el } = await show();
  press(el, /^Begin$/);
  decide(el, "a");
  assert.doesNotMatch(text(el), /Take this turn back/);
});

test("the end counts first choices and puts an expert beside, as a picture and as a table", async () => {
  const { el } = await show();
  press(el, /^Begin$/);
  press(el, /Take a picture/);
  decide(el, "b");
  press(el, /^Go on$/);
  decide(el, "b");
  press(el, /See how it ends/);
  assert.match(text(el), /0 of 2 best at first choice/);
  assert.match(text(el), /A careful person would have asked for this before deciding:.*Ask since when.*Look at the back/);
  assert.match(text(el), /would have left this out:.*Nobody asked what a picture could answer/);
  const rows = [...el.querySelectorAll("tbody tr")].map((each) => each.textContent ?? "");
  assert.equal(rows.length, 3);
  assert.match(rows[0] ?? "", /You▲poorRing again tomorrow.*Expert✓bestSee the tester today/);
  assert.equal(el.querySelectorAll(".l3s1-case-lane").length, 2);
  const links = [...el.querySelectorAll<HTMLAnchorElement>(".l3s1-case-section a")].map((each) => each.getAttribute("href"));
  assert.deepEqual(links, ["09-recovery-phases.ipynb?day=5&smoking=smokes", "09-recovery-phases.ipynb"]);
  press(el, /Start again/);
  decide(el, "a");
  assert.equal(kept().length, 2);
});

test("a page that is opened anew goes on where one was", async () => {
  const first = await show();
  press(first.el, /^Begin$/);
  decide(first.el, "a");
  first.removed.abort();
  first.el.remove();
  const second = await show();
  assert.match(text(second.el), /Your choice: ✓best/);
  press(second.el, /^Go on$/);
  second.removed.abort();
  second.el.remove();
  const third = await show();
  assert.match(text(third.el), /Decision 2/);
  assert.equal(kept().length, 1);
});

test("a run of a changed case is kept and said", async () => {
  const old: Run = { at: "2025-03-04T05:06:07.000Z", steps: [{ node: "old-node", choice: "a" }], requested: [], done: false };
  progressOf().saveCase(CASE.id, old);
  const { el } = await show();
  assert.match(text(el), /A run of 2025-03-04 can’t be gone on with: the case has changed since.*“old-node”/);
  press(el, /^Begin$/);
  decide(el, "a");
  assert.deepEqual(kept().map(({ steps }) => steps[0]?.node), ["old-node", "first-call"]);
});

test("what another tab adds to a run is gone on with, not overwritten", async () => {
  const { el } = await show();
  press(el, /^Begin$/);
  press(el, /Take a picture/);
  const run = kept().at(-1) as Run;
  progressOf().saveCase(CASE.id, { ...run, steps: [{ node: "first-call", choice: "a" }], requested: ["picture", "look"] });
  assert.match(text(el), /Your choice: ✓best/);
  press(el, /^Go on$/);
  decide(el, "a");
  const steps = kept().at(-1)?.steps ?? [];
  assert.deepEqual(steps.map(({ node }) => node), ["first-call", "visit"]);
  assert.equal(kept().length, 1);
});

test("another student begins afresh", async () => {
  const { el } = await show();
  press(el, /^Begin$/);
  decide(el, "a");
  progressOf().create("Somebody else");
  assert.match(text(el), /Who comes to you/);
  assert.deepEqual(kept(), []);
});

test("the address names the case that is open, and opens it", async () => {
  openPage("http://localhost:8888/voila/render/04.ipynb?day=3&case=second");
  document.body.setAttribute("data-voila", "");
  const { el, model } = await show([CASE, SECOND], "");
  assert.equal(model.get("case"), "second");
  press(el, /All cases/);
  assert.equal(location.search, "?day=3");
  press(el, /Open: case 1/);
  assert.equal(location.search, "?day=3&case=made-up");
});

test("a view that goes leaves nothing behind", async () => {
  const { model, removed } = await show();
  assert.equal(model.listeners, 1);
  removed.abort();
  assert.equal(model.listeners, 0);
});
