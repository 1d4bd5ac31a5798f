// The progress panel, the line below questions, and the course's own pages.
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { progressLine } from "../src/progress/line.ts";
import { startPage } from "../src/progress/page.ts";
import { progressPanel } from "../src/progress/panel.ts";
import { doneOf, fileName, holdingOf } from "../src/progress/said.ts";
import type { ProgressStore } from "../src/progress/store.ts";
import { attempt, FakeStorage, openTab } from "./fake_storage.ts";
import { one, openPage, until } from "./page.ts";

const LESSONS = [
  { number: "00", title: "Start here", items: ["l00-a", "l00-b"], review: ["l00-r"] },
  { number: "09", title: "Recovery", items: ["l09-a"], review: [] },
];

let removed = new AbortController();
/** What was handed to the reader as a file: its name and text. */
let saved: { name: string; text: Promise<string> }[] = [];

beforeEach(() => {
  removed.abort();
  removed = new AbortController();
  openPage();
  saved = [];
  let content = new Blob();
  Object.assign(URL, { createObjectURL: (blob: Blob) => ((content = blob), "blob:file"), revokeObjectURL: () => undefined });
  document.addEventListener("click", (event) => {
    const { download } = event.target as HTMLAnchorElement;
    if (download) saved.push({ name: download, text: content.text() });
  });
  HTMLElement.prototype.click = function click(this: HTMLElement) {
    const isLoose = !this.isConnected;
    if (isLoose) document.body.append(this);
    this.dispatchEvent(new Event("click", { bubbles: true, cancelable: true }));
    if (isLoose) this.remove();
  };
});

function panel(store: ProgressStore): HTMLElement {
  const el = document.createElement("div");
  el.append(...progressPanel(LESSONS, ["marta"], removed.signal, store));
  document.body.append(el);
  return el;
}

function button(root: HTMLElement, label: string): HTMLButtonElement {
  const found = [...root.querySelectorAll("button")].filter((each) => each.textContent === label);
  assert.equal(found.length, 1, `${found.length} buttons say “${label}”`);
  return found[0] as HTMLButtonElement;
}

function submit(root: HTMLElement, label: string, name: string): void {
  const form = button(root, label).closest("form") as HTMLFormElement;
  one<HTMLInputElement>(form, "input[type=text]").value = name;
  form.dispatchEvent(new Event("submit", { bubbles: true, cancelable: true }));
}

async function bring(root: HTMLElement, text: string): Promise<string> {
  const input = one<HTMLInputElement>(root, "input[type=file]");
  const report = one(root, ".l3s1-import-report");
  report.replaceChildren();
  Object.defineProperty(input, "files", { value: [new Blob([text])], configurable: true });
  Object.defineProperty(input, "value", { value: "", configurable: true, writable: true });
  input.dispatchEvent(new Event("change", { bubbles: true }));
  await until(() => report.textContent !== "", "the file is looked at");
  return report.textContent ?? "";
}

test("the panel says what is kept, by lesson, in words that its bars repeat", () => {
  const { store } = openTab(new FakeStorage());
  const el = panel(store);
  assert.match(el.textContent ?? "", /Kept for Student in this browser: nothing yet\./);
  assert.equal(el.querySelectorAll(".l3s1-done-list li").length, 0);
  store.openLesson("00");
  store.record("l00-a", attempt(1));
  store.record("l00-a", attempt(2, { correct: false, share: 0 }));
  store.record("l00-b", attempt(3));
  store.record("l00-r", attempt(4));
  assert.match(el.textContent ?? "", /4 answers to 3 questions and 1 lesson opened, since 25 November 2026/);
  const [row, ...others] = [...el.querySelectorAll<HTMLElement>(".l3s1-done-list li")];
  assert.equal(others.length, 0);
  assert.equal(row?.textContent, "00 Start hereopened 25 Nov 2026 · 1 of 2 right · in review 1 of 1 right");
  assert.match(one(el, ".l3s1-done-bar span").getAttribute("style") ?? "", /width: 50%/);
  assert.equal(one(el, ".l3s1-done-bar").getAttribute("aria-hidden"), "true");
});

test("a question that was not answered is not counted as missed", () => {
  const { store } = openTab(new FakeStorage());
  const lesson = { number: "00", items: ["l00-a", "l00-b", "l00-c"], review: ["l00-r", "l00-s"] };
  store.record("l00-r", attempt(1));
  assert.equal(doneOf(store.read(), lesson).says, "3 questions to go · in review 1 of 1 right");
  store.record("l00-a", attempt(2, { correct: false, share: 0 }));
  assert.equal(doneOf(store.read(), lesson).says, "0 of 1 right, 2 to go · in review 1 of 1 right");
});

test("what was not done says nothing", () => {
  const { store } = openTab(new FakeStorage());
  assert.equal(doneOf(store.read(), { number: "00", items: ["constructor"], review: [] }).says, "");
  assert.equal(holdingOf(store.read()), "nothing yet");
  assert.equal(fileName("Ana María / x", new Date(0)), "l3s1-progress-Ana-María-x-1970-01-01.json");
  assert.equal(fileName("…", new Date(0)), "l3s1-progress-student-1970-01-01.json");
});

test("the first name given is that of who learned so far; others are added, chosen and renamed", () => {
  const { store } = openTab(new FakeStorage());
  store.record("l00-a", attempt(1));
  const el = panel(store);
  submit(el, "Use this name", "Ana");
  assert.deepEqual(store.profiles().map(({ name }) => name), ["Ana"]);
  assert.equal(store.read().items["l00-a"]?.attempts.length, 1);
  submit(el, "Add and use", "ana ");
  const problems = [...el.querySelectorAll(".l3s1-name-problem")].map((each) => each.textContent);
  assert.match(problems.join(), /^“Ana” is the name in use/);
  submit(el, "Add and use", "Ben");
  assert.match(el.textContent ?? "", /Ben is learning now/);
  assert.match(el.textContent ?? "", /Kept for Ben in this browser: nothing yet/);
  submit(el, "Rename", "Benedikt");
  assert.equal(store.current.name, "Benedikt");
  const radios = [...el.querySelectorAll<HTMLInputElement>("input[type=radio]")];
  const [ana] = radios;
  if (ana) ana.checked = true;
  (ana?.closest("form") as HTMLFormElement).dispatchEvent(new Event("submit", { bubbles: true, cancelable: true }));
  assert.equal(store.current.name, "Ana");
});

test("what only the page holds is not called kept in the browser", () => {
  const { store } = openTab(() => {
    throw new DOMException("denied", "SecurityError");
  });
  store.record("l00-a", attempt(1));
  assert.match(panel(store).textContent ?? "", /Kept for Student only while this page is open: 1 answer/);
});

test("names are text, never markup", () => {
  const { store } = openTab(new FakeStorage());
  store.rename("<b>Ana</b>");
  assert.equal(panel(store).querySelector("b"), null);
});

test("erasing names what goes, offers a file, and can be left", async () => {
  const { store } = openTab(new FakeStorage());
  store.rename("Ana");
  store.record("l00-a", attempt(1));
  const el = panel(store);
  button(el, "Erase all that is kept for Ana …").click();
  const confirm = one(el, ".l3s1-erase-confirm");
  assert.equal(confirm.hidden, false);
  assert.match(confirm.textContent ?? "", /1 answer to 1 question, since 25 November 2026/);
  button(el, "Keep it").click();
  assert.ok(confirm.hidden && store.read().items["l00-a"]);
  button(el, "Erase all that is kept for Ana …").click();
  button(el, "Save as a file first").click();
  button(el, "Erase all of Ana").click();
  assert.match(el.textContent ?? "", /All that was kept for Ana is erased/);
  assert.equal(store.read().items["l00-a"], undefined);
  const [file] = saved;
  assert.match(file?.name ?? "", /^l3s1-progress-Ana-.*\.json$/);
  assert.match(await bring(el, (await file?.text) ?? ""), /saved for Ana; Student is learning now/);
  button(el, "Keep it under the name Ana").click();
  assert.match(one(el, ".l3s1-import-report").textContent ?? "", /Added: 1 answer/);
  assert.equal(store.current.name, "Ana");
  assert.equal(store.read().items["l00-a"]?.attempts.length, 1);
});

test("somebody else's choice closes the question that names another", () => {
  const { store } = openTab(new FakeStorage());
  store.rename("Ana");
  const el = panel(store);
  button(el, "Erase all that is kept for Ana …").click();
  store.create("Ben");
  assert.ok(one(el, ".l3s1-erase-confirm").hidden);
});

test("a file brings back what it has, says what is unknown, and a bad one says why", async () => {
  const { store: other } = openTab(new FakeStorage());
  other.record("l00-a", attempt(1));
  other.record("retired", attempt(2));
  const { store } = openTab(new FakeStorage());
  const el = panel(store);
  const said = await bring(el, other.exportText());
  assert.match(said, /Added: 2 answers, 0 runs of cases, 0 lessons opened\..*doesn’t know it: retired/);
  assert.match(await bring(el, other.exportText()), /Added: 0 answers.* 2 entries were here already/);
  assert.match(await bring(el, "{"), /can’t be used.*Nothing was changed/);
});

test("what was laid aside can be saved, and erased only after a second click", async () => {
  const place = new FakeStorage();
  place.setItem("l3s1.progress.first", "{broken");
  const { store } = openTab(place);
  const el = panel(store);
  assert.match(one(el, ".l3s1-progress-trouble").textContent ?? "", /could not be read/);
  const aside = one(el, ".l3s1-aside");
  button(aside, "Save as a file").click();
  assert.equal(await saved[0]?.text, "{broken");
  button(aside, "Erase it").click();
  assert.equal(store.keptAside().length, 1);
  one(aside, ".l3s1-danger").click();
  assert.equal(store.keptAside().length, 0);
  assert.ok(aside.parentElement?.hidden);
});

test("the line names who learns, changes it, and only the first of a page says the trouble", () => {
  const { store } = openTab(() => {
    throw new DOMException("denied", "SecurityError");
  });
  const lines = [progressLine(removed.signal, store), progressLine(removed.signal, store)];
  document.body.append(...lines);
  const [first, second] = lines as [HTMLElement, HTMLElement];
  for (const each of lines) assert.match(each.textContent ?? "", /Answers of Student are held only while this page is open/);
  assert.match(one(first, "[role=status]").textContent ?? "", /This browser keeps nothing/);
  assert.equal(second.querySelector("[role=status]"), null);
  const change = one<HTMLButtonElement>(second, ".l3s1-link");
  change.click();
  assert.equal(change.getAttribute("aria-expanded"), "true");
  submit(second, "Use this name", "Ana");
  assert.equal(change.getAttribute("aria-expanded"), "false");
  assert.match(first.textContent ?? "", /Answers of Ana/);
  const { store: other } = openTab(new FakeStorage());
  assert.match(progressLine(removed.signal, other).textContent ?? "", /^Answers are kept for Student on this computer\u00a0· change/);
});

test("a lesson's page notes that it was opened, the map shows what was done", () => {
  const { store } = openTab(new FakeStorage());
  document.body.innerHTML = '<main data-number="09"></main>';
  startPage(document, store);
  assert.ok(store.read().lessons["09"]);
  document.body.innerHTML = `<main><ol class="lessons-list">
    <li data-number="00" data-items="l00-a l00-b" data-review=""><p class="facts">15 min</p></li>
    <li data-number="09" data-items="l09-a" data-review="l09-r"><p class="facts">20 min</p></li>
    <li><p class="facts">in preparation</p></li></ol></main>`;
  startPage(document, store);
  const facts = (): string[] => [...document.querySelectorAll(".facts")].map((each) => each.textContent ?? "");
  assert.deepEqual(facts(), ["15 min", "20 minopened 25 Nov 20261 question to go", "in preparation"]);
  store.rename("Ana");
  store.record("l00-b", attempt(1));
  assert.deepEqual(facts()[0], "15 min1 of 1 right, 1 to go");
  assert.match(one(document, ".whose").textContent ?? "", /What Ana has done in this browser/);
});
