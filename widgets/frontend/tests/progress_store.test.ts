// Progress in a browser's storage: kept, shared by tabs, and never lost without a word.
import assert from "node:assert/strict";
import { test } from "node:test";
import { attempt, FakeStorage, openTab, tell } from "./fake_storage.ts";

const FIRST = "l3s1.progress.first";

test("an answer is there when the page is opened again", () => {
  const place = new FakeStorage();
  openTab(place).store.record("l09-stay", attempt(1), { due: "2026-12-01" });
  const { store } = openTab(place);
  assert.deepEqual(store.read().items["l09-stay"], { attempts: [attempt(1)], card: { due: "2026-12-01" } });
  assert.equal(store.trouble, null);
  assert.deepEqual(place.keys("l3s1."), ["l3s1.profiles", FIRST]);
});

test("two tabs add up, and each hears of the other", () => {
  const place = new FakeStorage();
  const [one, other] = [openTab(place), openTab(place)];
  let heard = 0;
  const stop = other.store.subscribe(() => (heard += 1));
  one.store.record("item", attempt(1));
  other.store.record("item", attempt(2));
  assert.equal(heard, 1);
  tell(other.events, FIRST, place.getItem(FIRST));
  assert.equal(heard, 2);
  stop();
  tell(other.events, FIRST, place.getItem(FIRST));
  assert.equal(heard, 2);
  assert.deepEqual(one.store.read().items.item?.attempts, [attempt(1), attempt(2)]);
});

test("a page that is gone back to shows what was done since", () => {
  const place = new FakeStorage();
  const [map, lesson] = [openTab(place), openTab(place)];
  map.store.read();
  lesson.store.record("item", attempt(1));
  let seen = 0;
  map.store.subscribe(() => (seen = map.store.read().items.item?.attempts.length ?? 0));
  map.events.dispatchEvent(new Event("pageshow"));
  assert.equal(seen, 1);
});

test("what another tab overwrote is written again", () => {
  const place = new FakeStorage();
  const { store, events } = openTab(place);
  store.record("item", attempt(1));
  const stale = place.getItem(FIRST) ?? "";
  store.record("item", attempt(2), { reps: 2 });
  store.saveCase("marta", { at: attempt(3).at, steps: [], requested: [], done: false });
  place.setItem(FIRST, stale);
  tell(events, FIRST, stale);
  const kept = openTab(place).store.read();
  assert.deepEqual(kept.items.item, { attempts: [attempt(1), attempt(2)], card: { reps: 2 } });
  assert.equal(kept.cases.marta?.length, 1);
});

test("what another tab erased does not come back", () => {
  const place = new FakeStorage();
  const [one, other] = [openTab(place), openTab(place)];
  one.store.record("item", attempt(1));
  other.store.erase();
  tell(one.events, FIRST, null);
  assert.deepEqual(place.keys("l3s1.progress."), []);
  one.store.record("other", attempt(2));
  assert.deepEqual(Object.keys(openTab(place).store.read().items), ["other"]);
});

test("a run of a case is kept as it was saved last; a second run stands beside it", () => {
  const { store } = openTab(new FakeStorage());
  const run = { at: attempt(1).at, steps: [{ node: "visit", choice: "a" }], requested: ["x"], done: false };
  store.saveCase("marta", run);
  store.saveCase("marta", { ...run, done: true });
  store.saveCase("marta", { ...run, at: attempt(9).at });
  assert.deepEqual(store.read().cases.marta, [{ ...run, done: true }, { ...run, at: attempt(9).at }]);
});

test("a lesson keeps the time when it was opened first, and a card may come without an attempt", () => {
  const { store } = openTab(new FakeStorage());
  store.openLesson("09");
  const first = store.read().lessons["09"];
  store.openLesson("09");
  store.setCard("item", { due: 1 });
  assert.deepEqual(store.read().lessons["09"], first);
  assert.deepEqual(store.read().items.item, { attempts: [], card: { due: 1 } });
});

test("students on one computer have answers of their own", () => {
  const place = new FakeStorage();
  const { store, events } = openTab(place);
  store.record("item", attempt(1));
  store.rename("  Ana \n Maria ");
  const ana = store.current;
  assert.equal(ana.name, "Ana Maria");
  const ben = store.create("Ben");
  assert.deepEqual(store.read().items, openTab(new FakeStorage()).store.read().items);
  store.record("item", attempt(2));
  assert.ok(store.use(ana.id));
  assert.deepEqual(store.read().items.item?.attempts, [attempt(1)]);
  assert.equal(store.read().profile.name, "Ana Maria");
  const other = openTab(place);
  assert.deepEqual(other.store.profiles().map(({ name }) => name), ["Ana Maria", "Ben"]);
  other.store.use(ben.id);
  tell(events, "l3s1.profiles", place.getItem("l3s1.profiles"));
  assert.equal(store.current.name, "Ben");
  assert.equal(store.use("nobody"), false);
});

test("a name is refused with the reason", () => {
  const { store } = openTab(new FakeStorage());
  store.create("Ana");
  assert.throws(() => store.create("  "), /Write a name first/);
  assert.throws(() => store.create("ana"), /“Ana” is the name in use/);
  store.create("Ben");
  assert.throws(() => store.create("ANA"), /already a “Ana” here: choose/);
  assert.throws(() => store.create("x".repeat(41)), /at most 40/);
  assert.equal(store.nameProblem("BEN", store.current.id), null);
});

test("erasing removes one student, what was laid aside of them included, and leaves the others", () => {
  const place = new FakeStorage();
  const { store } = openTab(place);
  store.rename("Ana");
  const ben = store.create("Ben");
  place.setItem(`l3s1.progress.${ben.id}`, "{broken");
  assert.equal(store.trouble?.kind, "damaged");
  assert.equal(place.keys("l3s1.kept.").length, 1);
  store.erase();
  assert.deepEqual(place.keys("l3s1.kept."), []);
  assert.deepEqual(store.profiles().map(({ name }) => name), ["Ana"]);
  assert.equal(store.current.name, "Ana");
  assert.equal(store.trouble, null);
});

test("after the last student is erased somebody new begins, and a name given then replaces that", () => {
  const place = new FakeStorage();
  const { store } = openTab(place);
  store.record("item", attempt(1));
  const { id } = store.current;
  store.erase();
  assert.notEqual(store.current.id, id);
  assert.equal(openTab(place).store.current.id, store.current.id);
  store.create("Ana");
  assert.deepEqual(store.profiles().map(({ name }) => name), ["Ana"]);
});

test("a full storage leaves the answer in the page, says so, and is tried again", () => {
  const place = new FakeStorage();
  const { store } = openTab(place);
  store.record("item", attempt(1));
  place.room = 700;
  place.setItem("another", "x".repeat(200));
  store.record("item", attempt(2));
  store.record("other", attempt(3));
  assert.equal(store.trouble?.kind, "full");
  assert.match(store.trouble.says, /2 changes are held only while this page is open/);
  assert.equal(store.read().items.item?.attempts.length, 2);
  assert.match(store.exportText(), /"other"/);
  assert.equal(openTab(place).store.read().items.item?.attempts.length, 1);
  place.removeItem("another");
  store.retry();
  assert.equal(store.trouble, null);
  assert.equal(openTab(place).store.read().items.item?.attempts.length, 2);
});

test("what the page remembers for comfort makes room for an answer", () => {
  const place = new FakeStorage();
  place.setItem("l3s1-heights:09:20", "x".repeat(2000));
  place.room = 2100;
  const { store } = openTab(place);
  store.record("item", attempt(1));
  assert.equal(store.trouble, null);
  assert.deepEqual(place.keys("l3s1-heights"), []);
});

test("without storage the page holds what is answered, and several names, and says so", () => {
  const { store } = openTab(() => {
    throw new DOMException("denied", "SecurityError");
  });
  store.record("item", attempt(1));
  assert.equal(store.trouble?.kind, "blocked");
  store.rename("Ana");
  store.create("Ben");
  store.record("item", attempt(2));
  assert.deepEqual(store.read().items.item?.attempts, [attempt(2)]);
  store.use("first");
  assert.deepEqual(store.read().items.item?.attempts, [attempt(1)]);
  const { store: elsewhere } = openTab(new FakeStorage());
  assert.equal(elsewhere.importText(store.exportText()).ok, true);
  assert.equal(elsewhere.read().items.item?.attempts.length, 1);
});

test("a storage without any room counts as blocked", () => {
  const place = new FakeStorage();
  place.room = 0;
  const { store } = openTab(place);
  store.record("item", attempt(1));
  assert.equal(store.trouble?.kind, "blocked");
});

test("damaged text is laid aside as it was, and can be had as a file", () => {
  const place = new FakeStorage();
  const broken = '{"version":1,"items":{"item"';
  place.setItem(FIRST, broken);
  const { store } = openTab(place);
  assert.equal(store.trouble?.kind, "damaged");
  assert.deepEqual(store.read().items, openTab(new FakeStorage()).store.read().items);
  const [kept] = store.keptAside();
  assert.equal(kept?.text, broken);
  assert.match(kept.key, /^l3s1\.kept\.2026-11-25T14:\d\d:\d\d\.\d{3}Z\.first$/);
  store.record("item", attempt(1));
  assert.equal(place.getItem(kept.key), broken);
  store.dropAside(FIRST);
  assert.notEqual(place.getItem(FIRST), null, "only what was laid aside can be dropped");
  store.dropAside(kept.key);
  assert.deepEqual(store.keptAside(), []);
  assert.equal(store.trouble, null);
});

test("of a document with one damaged part the rest is used and the whole is laid aside", () => {
  const place = new FakeStorage();
  openTab(place).store.record("item", attempt(1));
  const half = JSON.parse(place.getItem(FIRST) ?? "");
  half.items.item.attempts.push({ at: "yesterday" });
  half.items.other = 7;
  place.setItem(FIRST, JSON.stringify(half));
  const { store } = openTab(place);
  assert.match(store.trouble?.says ?? "", /Part of the progress/);
  assert.deepEqual(store.read().items.item?.attempts, [attempt(1)]);
  assert.deepEqual(JSON.parse(store.keptAside()[0]?.text ?? ""), half);
  const { store: later } = openTab(place);
  assert.match(later.trouble?.says ?? "", /laid aside, unchanged, on 25 November 2026/);
  later.dropAside(later.keptAside()[0]?.key ?? "");
  assert.equal(later.trouble, null);
});

test("damaged text stays where it is if there is no room to lay it aside", () => {
  const place = new FakeStorage();
  place.setItem(FIRST, "x".repeat(300));
  place.room = 300 + FIRST.length;
  const { store } = openTab(place);
  store.record("item", attempt(1));
  assert.match(store.trouble?.says ?? "", /left where it is/);
  assert.equal(place.getItem(FIRST), "x".repeat(300));
  assert.equal(store.read().items.item?.attempts.length, 1);
});

test("whatever happens to the text, nothing throws and nothing is lost", () => {
  const good = new FakeStorage();
  const { store: writer } = openTab(good);
  writer.record("item", attempt(1), { last_review: attempt(1).at });
  writer.saveCase("marta", { at: attempt(2).at, steps: [{ node: "n", choice: "a" }], requested: ["x"], done: true });
  const text = good.getItem(FIRST) ?? "";
  let laidAside = 0;
  for (let at = 0; at < text.length; at += 5) {
    const damages = [text.slice(0, at), text.slice(at), text.slice(0, at) + text.slice(at + 1), `${text.slice(0, at)}7${text.slice(at + 1)}`];
    for (const damage of damages) {
      const place = new FakeStorage();
      place.setItem(FIRST, damage);
      const { store } = openTab(place);
      store.record("new", attempt(3));
      const { items, cases } = store.read();
      assert.equal(items.new?.attempts.length, 1);
      const isWhole = items.item?.attempts.length === 1 && cases.marta?.length === 1;
      const isUntouched = place.getItem(FIRST) === damage; // read as a newer version
      const isAside = store.keptAside().some((each) => each.text === damage);
      assert.ok(isWhole || isUntouched || isAside || changesAnId(damage), damage);
      laidAside += Number(isAside);
    }
  }
  assert.ok(laidAside > text.length / 5);
});

/** Whether it is a document like any other, only that an item or a case has another id. */
function changesAnId(text: string): boolean {
  const { items, cases } = JSON.parse(text) as { items: object; cases: object };
  return Object.keys(items).join() !== "item" || Object.keys(cases).join() !== "marta";
}

test("a newer version is not touched", () => {
  const place = new FakeStorage();
  const newer = '{"version":2,"answers":[]}';
  place.setItem(FIRST, newer);
  const { store } = openTab(place);
  assert.equal(store.exportText(), newer);
  store.record("item", attempt(1));
  assert.equal(store.trouble?.kind, "newer");
  assert.equal(place.getItem(FIRST), newer);
  assert.equal(store.read().items.item?.attempts.length, 1);
  assert.deepEqual(place.keys("l3s1.kept."), []);
});

test("a newer list of names is not touched either", () => {
  const place = new FakeStorage();
  openTab(place).store.record("item", attempt(1));
  const newer = '{"version":2,"profiles":[]}';
  place.setItem("l3s1.profiles", newer);
  const before = place.getItem(FIRST);
  const { store } = openTab(place);
  store.record("item", attempt(2));
  assert.equal(store.trouble?.kind, "newer");
  store.create("Ben");
  store.erase();
  assert.equal(place.getItem("l3s1.profiles"), newer);
  assert.equal(place.getItem(FIRST), before);
});

test("an older version that nobody knows is laid aside", () => {
  const place = new FakeStorage();
  place.setItem(FIRST, '{"version":0,"answers":{}}');
  const { store } = openTab(place);
  assert.equal(store.trouble?.kind, "damaged");
  assert.equal(store.keptAside()[0]?.text, '{"version":0,"answers":{}}');
});

test("a damaged list of names is made anew from the documents", () => {
  const place = new FakeStorage();
  const { store } = openTab(place);
  store.record("item", attempt(1));
  store.rename("Ana");
  store.create("Ben");
  place.setItem("l3s1.profiles", '{"version":1,"profiles":[{"id":"x"}],"current":"x"}');
  const { store: again } = openTab(place);
  assert.deepEqual(again.profiles().map(({ name }) => name), ["Ana", "Ben"]);
  assert.match(again.keptAside()[0]?.key ?? "", /profiles$/);
});

test("a document whose name is missing in the list is found", () => {
  const place = new FakeStorage();
  const { store } = openTab(place);
  store.rename("Ana");
  store.create("Ben");
  const list = JSON.parse(place.getItem("l3s1.profiles") ?? "");
  place.setItem("l3s1.profiles", JSON.stringify({ ...list, profiles: list.profiles.slice(1) }));
  assert.deepEqual(openTab(place).store.profiles().map(({ name }) => name).sort(), ["Ana", "Ben"]);
});

test("ids such as __proto__ and constructor do no harm", () => {
  const place = new FakeStorage();
  const { store } = openTab(place);
  store.record("constructor", attempt(1));
  assert.throws(() => store.record("__proto__", attempt(1)), TypeError);
  assert.throws(() => store.record("item", attempt(1, { share: Number.NaN })), TypeError);
  assert.deepEqual(Object.keys(openTab(place).store.read().items), ["constructor"]);
  assert.equal(store.read().items.toString, undefined);
  const bad = store.exportText().replace('"constructor"', '"__proto__"');
  const report = store.importText(bad);
  assert.equal(report.ok, false);
  assert.equal(Reflect.get({}, "attempts"), undefined);
});

test("an import adds, reports, and changes nothing where a file is no progress", () => {
  const { store: one } = openTab(new FakeStorage());
  one.record("item", attempt(1));
  one.record("retired", attempt(2));
  one.openLesson("09");
  one.saveCase("marta", { at: attempt(3).at, steps: [], requested: [], done: true });
  one.rename("Ana");
  const { store } = openTab(new FakeStorage());
  store.record("item", attempt(1));
  const report = store.importText(one.exportText(), new Set(["item", "marta"]));
  assert.deepEqual(report, {
    ok: true,
    name: "Ana",
    added: { answers: 1, runs: 1, lessons: 1 },
    known: 1,
    unknown: ["retired"],
  });
  assert.equal(store.current.name, "Student");
  const before = store.exportText();
  const cut = one.exportText().slice(0, -9);
  const wrong = one.exportText().replace('"correct": true', '"correct": "yes"');
  for (const bad of ["", "[]", "{}", cut, wrong, '{"version": 2}', '{"version": "1"}', "[".repeat(200_000)]) {
    const refused = store.importText(bad);
    assert.ok(!refused.ok && /Nothing was changed/.test(refused.says), JSON.stringify(refused));
  }
  assert.match(JSON.stringify(store.importText(wrong)), /items → item → 1: can’t be read/);
  assert.equal(store.exportText(), before);
});
