import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { originArticle, originArticles, type Origin } from "../src/origin.ts";
import view from "../src/origin_panel.ts";
import { FICTIONAL_ORIGIN } from "./fixtures/timeline.ts";
import { MockModel } from "./mock_model.ts";
import { one, openPage, press, until } from "./page.ts";

beforeEach(() => {
  openPage();
});

test("an origin says everything it has, and leaves out what it has not", () => {
  const text = originArticle(FICTIONAL_ORIGIN).textContent ?? "";
  for (const part of ["randomised trial", "n = 7", "Seven imagined people", "read in the abstract", "1900"]) {
    assert.ok(text.includes(part), part);
  }
  const bare = originArticle({ ...FICTIONAL_ORIGIN, n: null, follow_up: null, note: null });
  assert.ok(!/Patients|Follow-up|Note/.test(bare.textContent ?? ""));
});

for (const url of ["javascript:alert(1)", "data:text/html,x", "not an address", null]) {
  test(`“${url}” becomes no link`, () => {
    assert.equal(originArticle({ ...FICTIONAL_ORIGIN, url }).querySelector("a"), null);
  });
}

test("markup in a source stays text", () => {
  const statement = "<img src=x onerror=alert(1)>";
  const article = originArticle({ ...FICTIONAL_ORIGIN, statement });
  assert.equal(article.querySelector("img"), null);
  assert.ok(article.textContent?.includes(statement));
});

test("a fact without an origin is said, not hidden", () => {
  const [article] = originArticles(["constructor"], {});
  assert.match(article?.textContent ?? "", /No origin is known for “constructor”/);
});

test("the panel follows Python, and tells when it is closed", async () => {
  const model = new MockModel<{ origin: Origin | null; heading: string }>({ origin: null, heading: "Origin" });
  const el = document.createElement("div");
  const opener = document.createElement("button");
  document.body.append(opener, el);
  const remove = view.render({ model: model.any, el });
  const sheet = one(el, "[role=dialog]");
  opener.focus();
  model.receive("origin", FICTIONAL_ORIGIN);
  await until(() => !sheet.hidden, "the panel opens");
  assert.equal(document.activeElement, one(sheet, "h3"));
  press(one(sheet, "h3"), "Escape");
  assert.equal(sheet.hidden, true);
  assert.equal(document.activeElement, opener);
  assert.deepEqual(model.saved, [{ origin: null }]);
  remove();
  assert.equal(model.listeners, 0);
});
