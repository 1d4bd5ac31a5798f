// The review as a student meets it, with a made-up course and a storage in memory.
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { gzipSync } from "node:zlib";
import type { ProgressStore } from "../src/progress/store.ts";
import type { ReviewIndex, ReviewTraits } from "../src/review/content.ts";
import type { Ask } from "../src/review/session.ts";
import { mountReview } from "../src/review/view.ts";
import { FakeStorage, openTab } from "./fake_storage.ts";
import { MockModel } from "./mock_model.ts";
import { one, openPage, until } from "./page.ts";

const DAY_MS = 86_400_000;
const NOW = new Date(2026, 10, 25, 15);

const INDEX: ReviewIndex = {
  lessons: [
    { number: "01", title: "Fictional bones", notebook: "01-bones.ipynb" },
    { number: "12", title: "Fictional review", notebook: "12-review.ipynb" },
  ],
  objectives: [
    { id: "sing", text: "Say when a bone sings.", lesson: "01", heading: "Song", href: "01-bones.ipynb#Song" },
    { id: "hum", text: "Tell a hum.", lesson: "12", heading: "Hum", href: "12-review.ipynb#Hum" },
  ],
  items: [["song-one", 0, false], ["song-two", 0, false], ["hum-one", 1, false]],
};

const packed = (value: unknown): DataView => {
  const bytes = gzipSync(JSON.stringify(value));
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
};

/** Asks by a button for a right and one for a wrong answer. */
const ask: Ask = (item, { answered }) => {
  const element = document.createElement("div");
  for (const [label, correct] of [["right", true], ["wrong", false]] as const) {
    const button = document.createElement("button");
    button.textContent = `${label}: ${item.id}`;
    button.addEventListener("click", () => answered("a", 2, { correct, share: Number(correct) }));
    element.append(button);
  }
  return { element, focus: () => undefined };
};

interface Shown {
  el: HTMLElement;
  store: ProgressStore;
  clock: { now: Date };
  model: MockModel<ReviewTraits>;
  removed: AbortController;
}

async function show(answers = true): Promise<Shown> {
  const model = new MockModel<ReviewTraits>({ index_gz: packed(INDEX) });
  model.answer = (content) => {
    const { file } = content as { file: string };
    const lesson = file.slice("questions-".length, -".json".length);
    const items = INDEX.items
      .filter(([, place]) => INDEX.objectives[place]?.lesson === lesson)
      .map(([id]) => ({ id, type: "single_best_answer" }));
    if (answers) model.trigger("msg:custom", content, [packed(items)]);
    else model.trigger("msg:custom", content, []);
  };
  const el = document.createElement("div");
  document.body.append(el);
  const { store } = openTab(new FakeStorage());
  const clock = { now: NOW };
  const removed = new AbortController();
  mountReview(model.any, el, removed.signal, { store, now: () => clock.now, ask });
  await until(() => el.querySelector(".l3s1-review-today") !== null, "the review is there");
  return { el, store, clock, model, removed };
}

const button = (el: ParentNode, label: string | RegExp): HTMLButtonElement => {
  const found = [...el.querySelectorAll("button")].find(({ textContent, hidden }) =>
    !hidden && (typeof label === "string" ? textContent === label : label.test(textContent ?? "")),
  );
  assert.ok(found, `there is a button ${label}`);
  return found;
};
const says = (el: HTMLElement): string => one(el, ".l3s1-review-today .l3s1-review-says").textContent ?? "";
const answer = async (el: HTMLElement, label: RegExp): Promise<void> => {
  await until(() => [...el.querySelectorAll("button")].some((each) => label.test(each.textContent ?? "")), `${label}`);
  button(el, label).click();
};

beforeEach(() => {
  openPage();
});

test("with nothing answered it offers a start, and shows how questions come back", async () => {
  const { el } = await show();
  assert.equal(says(el), "3 new questions to start with.");
  assert.match(el.textContent ?? "", /You have not answered a question yet/);
  assert.match(one(el, ".l3s1-comes-back-picture").getAttribute("aria-label") ?? "", /Missed at first: asked again after 1,/);
  assert.match(one(el, ".l3s1-calibration").textContent ?? "", /Sure: 0 of the 10 answers/);
});

test("a session asks, keeps each answer as a card, says when it comes back, and sums up", async () => {
  const { el, store, clock } = await show();
  button(el, "Start with 3 new questions").click();
  await answer(el, /^wrong: song-one/);
  assert.equal(one(el, ".l3s1-review-due").textContent, "Due again tomorrow.");
  const card = store.read().items["song-one"]?.card as { interval: number };
  assert.equal(card.interval, 1);
  button(el, "Next question").click();
  await answer(el, /^right: song-two/);
  assert.match(one(el, ".l3s1-review-due").textContent ?? "", /^Due again in 2 days, on Friday 27 November\.$/);
  button(el, "End here").click();
  const summary = one(el, ".l3s1-review-summary");
  assert.match(summary.textContent ?? "", /1 of 2 questions right\. By how sure you were: 0 of 6 marks/);
  assert.match(summary.textContent ?? "", /1 question due again tomorrow\.1 question due again in 2 days/);
  assert.equal(one(summary, ".l3s1-review-missed a").getAttribute("href"), "01-bones.ipynb#Song");
  button(el, "Done").click();
  assert.equal(says(el), "Nothing is due, 1 new.");
  clock.now = new Date(NOW.getTime() + DAY_MS);
  document.dispatchEvent(new Event("visibilitychange"));
  assert.equal(says(el), "1 due, 1 new.");
});

test("the weakest objective leads to where it is taught, and can be asked for", async () => {
  const { el, store } = await show();
  store.record("song-one", { at: NOW.toISOString(), response: "b", correct: false, share: 0, certainty: 3, place: "lesson" });
  const [row] = el.querySelectorAll(".l3s1-weakest li");
  assert.match(row?.textContent ?? "", /Say when a bone sings.*0 of 1 question right when asked last/);
  assert.equal(row?.querySelector("a")?.getAttribute("href"), "01-bones.ipynb#Song");
  button(row as HTMLElement, /^Ask me/).click();
  assert.deepEqual([...el.querySelectorAll("select")].map(({ value }) => value), ["01", "sing"]);
  assert.equal(says(el), "Nothing is due, 1 new.");
});

test("where all of a weak objective is answered it can still be asked for", async () => {
  const { el, store } = await show();
  for (const id of ["song-one", "song-two"]) {
    store.record(id, { at: NOW.toISOString(), response: "b", correct: false, share: 0, certainty: 3, place: "lesson" });
  }
  button(el.querySelector(".l3s1-weakest li") as HTMLElement, /^Ask me/).click();
  assert.equal(says(el), "Nothing is due, nothing new.");
  button(el, /^Ask 2 questions again now$/).click();
  await until(() => /right: song-one/.test(el.querySelector(".l3s1-review-session")?.textContent ?? ""), "a question");
  button(el, /^right: song-one$/).click();
  assert.match(one(el, ".l3s1-review-due").textContent ?? "", /Due again tomorrow/);
});

test("an answer of another lesson on the page shows at once; nothing goes to the kernel", async () => {
  const { el, store, model } = await show();
  store.openLesson("01");
  assert.equal(el.querySelector("select")?.value, "opened");
  assert.equal(says(el), "2 new questions to start with.");
  store.record("hum-one", { at: new Date(NOW.getTime() - 2 * DAY_MS).toISOString(), response: "b", correct: false, share: 0, certainty: null, place: "lesson" });
  assert.equal(says(el), "1 due, 2 new.");
  assert.deepEqual([model.saved, model.sent], [[], []]);
});

test("a session ends where another student goes on: nothing of one is kept or summed up for the other", async () => {
  const { el, store } = await show();
  button(el, "Start with 3 new questions").click();
  await answer(el, /^wrong: song-one/);
  const first = store.current.id;
  store.create("Ana");
  assert.equal(el.querySelector(".l3s1-review-session"), null);
  assert.equal(says(el), "3 new questions to start with.");
  store.use(first);
  assert.equal(says(el), "Nothing is due, 2 new.");
});

test("where the kernel doesn't answer the student is told, and can go on", async () => {
  const { el } = await show(false);
  button(el, "Start with 3 new questions").click();
  await until(() => el.querySelector(".l3s1-review-trouble") !== null, "it is said");
  assert.match(one(el, ".l3s1-review-trouble").textContent ?? "", /kernel does not answer.*are kept/);
  button(el, "End here").click();
  assert.equal(says(el), "3 new questions to start with.");
});

test("what is gone listens no longer", async () => {
  const { el, store, removed } = await show();
  removed.abort();
  const before = el.textContent;
  store.record("song-one", { at: NOW.toISOString(), response: "b", correct: false, share: 0, certainty: 3, place: "lesson" });
  assert.equal(el.textContent, before);
});

test("what says the same is left alone, and a table that is open stays open", async () => {
  const { el, store } = await show();
  const details = (): HTMLDetailsElement => one<HTMLDetailsElement>(el, ".l3s1-calibration details");
  const before = details();
  document.dispatchEvent(new Event("visibilitychange"));
  assert.equal(details(), before);
  before.open = true;
  store.record("song-one", { at: NOW.toISOString(), response: "b", correct: false, share: 0, certainty: 3, place: "lesson" });
  assert.notEqual(details(), before);
  assert.equal(details().open, true);
});
