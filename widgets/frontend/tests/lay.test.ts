import assert from "node:assert/strict";
import { test } from "node:test";
import shared from "../../../tests/fixtures/timeline_layout.json" with { type: "json" };
import { layFigure } from "../src/timeline/lay.ts";
import type { Patient, Row, Trace, TimelineContent } from "../src/timeline/types.ts";
import { CHANGED_ROW, MOVED_ROW, SPREAD_ROW, timelineContent } from "./fixtures/timeline.ts";

const ONE = { patients: [{}] as Patient[], axis_kind: "readable", narrow: false, axis_px: 780 } as const;
const content = timelineContent();
const trace = (data: readonly Trace[], name: string): Trace => data.find((one) => one.name === name) as Trace;
const points = (data: readonly Trace[], name: string, key: string): Record<string, number> => {
  const { customdata, [key]: values } = trace(data, name) as { customdata: string[] } & Record<string, number[]>;
  return Object.fromEntries(customdata.map((id, place) => [id, values?.[place] as number]));
};
const chips = (figure: { layout: Record<string, unknown> }): { text: string; y: number; xanchor: string }[] =>
  (figure.layout.annotations as { text: string; y: number; xanchor: string; bgcolor?: string }[]).filter(
    ({ bgcolor }) => bgcolor !== undefined,
  );

/** The shared made-up rows as the page would have them. */
function sharedContent(): TimelineContent {
  const rows = shared.rows.map(
    (row) =>
      ({
        ...row,
        kind: row.span ? "period" : "no_evidence",
        marks: row.extrapolated ? ["extrapolated"] : [],
        spans: { any: row.span },
        when: { any: "" },
        texts: { before: "", during: { any: "" }, after: "" },
        effects: {},
        spread: row.spread.map((answer) => ({ ...answer, fact: "made-up" })),
      }) as unknown as Row,
  );
  const lanes = new Set(rows.map(({ lane }) => lane));
  const names = ["bars", "other", "extrapolated", "usual", "spread", "no-evidence", "row-labels"];
  const customdata = rows.filter(({ kind }) => kind !== "no_evidence").map(({ id }) => id);
  const { readable, linear } = shared.laid;
  const ticks = ({ xaxis }: typeof readable) =>
    xaxis.tickvals.map((x, place) => [x, xaxis.ticktext[place] as string] as const);
  return {
    ...content,
    rows,
    choices: [],
    axis: {
      scale_d: 1,
      horizon_d: 730.5,
      readable_ticks: ticks(readable).map(([x, label]) => [Math.sinh(x), label] as const),
      linear_ticks: ticks(linear),
    },
    figure: {
      data: names.map((name) => ({ name, ...(name === "bars" ? { customdata } : {}) })),
      layout: {
        height: readable.height,
        margin: { t: 34, b: 12 },
        yaxis: { range: readable.yaxis.range },
        annotations: [...lanes].map((text) => ({ text })),
      },
    },
  };
}

for (const axis_kind of ["readable", "linear"] as const) {
  test(`the ${axis_kind} picture is laid as Python lays it`, () => {
    const expected = shared.laid[axis_kind];
    const { figure } = layFigure(sharedContent(), { ...ONE, axis_kind });
    for (const [name, keys] of Object.entries(expected.traces)) {
      const drawn = trace(figure.data, name);
      for (const [key, values] of Object.entries(keys)) assert.deepEqual(drawn[key], values, `${name}.${key}`);
    }
    const { xaxis, yaxis, height, annotations } = figure.layout as {
      xaxis: Record<string, unknown>;
      yaxis: Record<string, unknown>;
      height: number;
      annotations: { y: number }[];
    };
    assert.deepEqual([xaxis.range, xaxis.ticktext], [expected.xaxis.range, expected.xaxis.ticktext]);
    (xaxis.tickvals as number[]).forEach((x, place) => {
      assert.ok(Math.abs(x - (expected.xaxis.tickvals[place] ?? 0)) < 2e-4);
    });
    assert.deepEqual([yaxis.range, yaxis.tickvals], [expected.yaxis.range, expected.yaxis.tickvals]);
    assert.equal(height, expected.height);
    assert.deepEqual(annotations.map(({ y }) => y), expected.names);
  });
}

test("a choice moves the bar that it has a span for, and no other", () => {
  const before = layFigure(content, ONE).figure.data;
  const after = layFigure(content, { ...ONE, patients: [{ method: "quick" }] }).figure.data;
  const moved = Object.keys(points(before, "bars", "base")).filter(
    (id) =>
      points(before, "bars", "base")[id] !== points(after, "bars", "base")[id] ||
      points(before, "bars", "x")[id] !== points(after, "bars", "x")[id],
  );
  assert.deepEqual(moved, [MOVED_ROW]);
});

test("what a choice changes stands beside its bar as a sign with words", () => {
  const { figure } = layFigure(content, { ...ONE, patients: [{ mood: "gloomy" }] });
  assert.deepEqual(chips(figure).map(({ text }) => text), ["▼ Mood: less often", "▲ Mood: more often"]);
  const two = layFigure(content, { ...ONE, patients: [{ mood: "gloomy", method: "slow" }] });
  assert.ok(chips(two.figure).some(({ text }) => text === "▼ Mood · = Method"), "side by side, not combined");
});

test("a sign stands where it has room: after its bar, else before it, else on its end", () => {
  const patients = [{ mood: "gloomy", method: "quick" }];
  const places = (axis_px: number) =>
    chips(layFigure(content, { ...ONE, patients, axis_px }).figure).map(({ xanchor }) => xanchor);
  assert.deepEqual(places(780), ["left", "right", "left"], "union reaches the end of the axis");
  assert.deepEqual(places(300), ["right", "right", "right"]);
});

test("of two patients, rows that differ have a bar for each, and a letter", () => {
  const patients = [{ method: "quick" }, { mood: "gloomy" }];
  const { figure, rows, units } = layFigure(content, { ...ONE, patients });
  assert.deepEqual(trace(figure.data, "other").customdata, [MOVED_ROW, CHANGED_ROW, "fictional-infection"]);
  assert.ok((points(figure.data, "other", "base")[MOVED_ROW] ?? 0) > (points(figure.data, "bars", "base")[MOVED_ROW] ?? 9));
  const [a, b] = rows.find(({ id }) => id === MOVED_ROW)?.bars ?? [];
  assert.deepEqual([a?.letter, b?.letter], ["A", "B"]);
  assert.ok((a?.y ?? 9) < (b?.y ?? 0), "A above B");
  const letters = chips(figure).map(({ text }) => text.slice(0, 8));
  assert.deepEqual(letters, ["<b>A</b>", "<b>B</b>", "<b>A</b>", "<b>B</b>", "<b>A</b>", "<b>B</b>"]);
  assert.ok(units > layFigure(content, ONE).units, "they are given room");
});

test("two patients of whom the same is stated look like one", () => {
  const one = layFigure(content, { ...ONE, patients: [{ mood: "gloomy" }] });
  const two = layFigure(content, { ...ONE, patients: [{ mood: "gloomy" }, { mood: "gloomy" }] });
  assert.deepEqual(two, one);
});

test("the second patient's bars keep the fill of their evidence and have an edge of their own", () => {
  const patients = [{}, { method: "quick" }];
  const other = trace(layFigure(content, { ...ONE, patients }).figure.data, "other") as {
    marker: { color: string[]; line: { color: string } };
  };
  const bars = trace(content.figure.data, "bars") as { customdata: string[]; marker: { color: string[] } };
  assert.deepEqual(other.marker.color, [bars.marker.color[bars.customdata.indexOf(MOVED_ROW)]]);
  assert.equal(other.marker.line.color, "#1b2430");
});

test("single answers stand apart from each other in a row that has room for them", () => {
  const { rows, figure } = layFigure(content, ONE);
  const row = rows.find(({ id }) => id === SPREAD_ROW);
  const places = row?.answers.map(({ y }) => y) ?? [];
  assert.equal(new Set(places).size, 3);
  assert.ok(places.every((y) => Math.abs(y - (row?.y ?? 0)) < (row?.height ?? 0) / 2));
  const words = (trace(figure.data, "spread").text as string[]).filter(Boolean).map((text) => text.trim());
  assert.deepEqual(words, ["an invented clinic", "a made-up survey: 31 %", "a pretended trial"]);
});

test("what a label says is text, not markup", () => {
  const choices = content.choices.map((choice) => ({ ...choice, label: "<img src=x>" }));
  const { figure } = layFigure({ ...content, choices }, { ...ONE, patients: [{ mood: "gloomy" }] });
  assert.ok(chips(figure).every(({ text }) => text.includes("&lt;img") && !text.includes("<img")));
});

test("signs and split bars stand above single answers and never cover them", () => {
  const rows = content.rows.map((row) =>
    row.id === SPREAD_ROW ? { ...row, effects: content.rows.find(({ id }) => id === CHANGED_ROW)?.effects ?? {} } : row,
  );
  const keys = Object.keys(rows.find(({ id }) => id === SPREAD_ROW)?.effects ?? {});
  const patients = keys.slice(0, 2).map((key) => Object.fromEntries([key.split("=") as [string, string]]));
  assert.ok(patients.length > 0);
  for (const who of [patients.slice(0, 1), [patients[0] ?? {}, {}]]) {
    const laid = layFigure({ ...content, rows }, { ...ONE, patients: who });
    const row = laid.rows.find(({ id }) => id === SPREAD_ROW);
    assert.ok(row);
    const highest = Math.min(...row.answers.map(({ y }) => y));
    const lowest = Math.max(...row.answers.map(({ y }) => y));
    const own = chips(laid.figure).filter(({ y }) => Math.abs(y - row.y) <= row.height / 2);
    assert.equal(own.length, who.length);
    assert.ok(own.every(({ y }) => highest - y >= 0.6), `${own.map(({ y }) => y)} above ${highest}`);
    if (who.length === 2) assert.ok(row.bars.every(({ y }) => highest - y >= 0.6));
    assert.ok(lowest <= row.y + row.height / 2, "the row is high enough for all of it");
  }
});

test("an answer's words stand where they have room, and are cut where they have none", () => {
  const words = (axis_px: number): [string, string] => {
    const spread = [{ label: "an invented clinic", from_d: 1, to_d: 42, share: null, fact: "fictional-clinic" }];
    const rows = content.rows.map((row) => (row.id === SPREAD_ROW ? { ...row, spread } : row));
    const { figure } = layFigure({ ...content, rows }, { ...ONE, axis_px });
    const { text, textposition } = trace(figure.data, "spread") as unknown as { text: string[]; textposition: string[] };
    const place = text.findIndex(Boolean);
    return [text[place]?.trim() ?? "", textposition[place] ?? ""];
  };
  assert.deepEqual(words(1200), ["an invented clinic", "middle left"]);
  assert.deepEqual(words(500), ["an invented clinic", "middle right"]);
  const [cut] = words(200);
  assert.ok(cut.endsWith("…"));
  assert.ok(cut.length < "an invented clinic".length);
});
