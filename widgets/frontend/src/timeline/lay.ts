// Where everything of the picture lies: Python's styled figure with the spans of one or two
// patients laid over an axis. The rules are those of l3s1.figures.recovery_timeline; both are
// tested with tests/fixtures/timeline_layout.json at the repository's root.
import { dayToX, type AxisKind } from "../time_axis.ts";
import { differs, effectsOf, letterOf, type Letter, type RowEffect } from "./choices.ts";
import { spanOf, whenOf } from "./status.ts";
import type { Figure, Patient, Row, Span, SpreadAnswer, TimelineContent, Trace } from "./types.ts";

/** Of a row that is one unit high: the bar, and what each single answer of a spread takes. */
const BAR = 0.62;
const ANSWER = { wide: 0.64, narrow: 0.4 };
/** A row with a bar for each of two patients. */
const SPLIT = { height: 1.8, bar: 0.56, apart: 0.8 };
/** What signs take above the single answers of a row. */
const SIGN = 0.8;
const LEAST_WIDTH = 1 / 110; // of the axis: a moment must still be seen and hit
const RIGHT_PART = 0.55; // of the axis: from there on labels stand to the left
const CHIP_GAP_PX = 5;
const CHARACTER_PX = 6.6; // of a sign's words, on average
const LANE_NAME = 1;

export interface LaidBar {
  letter: Letter;
  y: number;
  start: number;
  end: number;
}

export interface LaidAnswer {
  answer: SpreadAnswer;
  y: number;
  start: number;
  end: number;
}

/** Where a row lies, in units of the axes. */
export interface LaidRow {
  id: string;
  y: number;
  height: number;
  /** Where the signs of one patient stand, or the middle between those of two. */
  signs: number;
  bars: readonly LaidBar[];
  answers: readonly LaidAnswer[];
}

export interface Laid {
  figure: Figure;
  rows: readonly LaidRow[];
  /** Heights of all rows and names of lanes together. */
  units: number;
}

export interface Wanted {
  patients: readonly Patient[];
  axis_kind: AxisKind;
  narrow: boolean;
  /** Length of the axis, by which signs find their room. */
  axis_px: number;
}

type Content = Pick<TimelineContent, "figure" | "chip" | "axis" | "rows" | "choices" | "kinds">;

export function layFigure(content: Content, wanted: Wanted): Laid {
  const end = place(content.axis.horizon_d, content, wanted.axis_kind);
  const { rows, lanes, units } = layRows(content, wanted, end);
  const byId = new Map(content.rows.map((row) => [row.id, row]));
  const laid = rows.map((each) => ({ ...each, row: byId.get(each.id) as Row }));
  const layout = content.figure.layout;
  return {
    rows,
    units,
    figure: {
      data: content.figure.data.map((trace) => fill(trace, laid, content, wanted, end)),
      layout: {
        ...layout,
        xaxis: { ...tree(layout.xaxis), ...axisOf(content, wanted.axis_kind, end) },
        yaxis: {
          ...tree(layout.yaxis),
          range: [round(units - 0.4), -0.6],
          tickvals: rows.map(({ y }) => y),
        },
        height: heightOf(layout, content.figure, units),
        annotations: [
          ...list(layout.annotations).map((name, number) => ({ ...tree(name), y: lanes[number] })),
          ...chips(laid, content, wanted, end),
        ],
      },
    },
  };
}

type PlacedRow = LaidRow & { row: Row };

/** `day` on the axis to four decimals, as Python writes it. */
function place(day: number, { axis }: Content, kind: AxisKind): number {
  return Number(dayToX(Math.min(day, axis.horizon_d), kind, axis.scale_d).toFixed(4));
}

/** Start and end on an axis that ends at `end`; short moments are drawn a hair wide. */
export function extent(span: Span, content: Content, kind: AxisKind, end: number): [number, number] {
  const start = place(span[0], content, kind);
  const width = Math.max(place(span[2], content, kind) - start, end * LEAST_WIDTH);
  const from = round(Math.min(start, end - width));
  return [from, round(from + width)];
}

function layRows(content: Content, { patients, axis_kind, narrow }: Wanted, end: number) {
  let top = -0.5;
  let lane = "";
  const lanes: number[] = [];
  const rows: LaidRow[] = content.rows.map((row) => {
    if (row.lane !== lane) {
      lane = row.lane;
      lanes.push(round(top + LANE_NAME / 2));
      top += LANE_NAME;
    }
    const split = differs(row, patients, content.choices);
    const step = narrow ? ANSWER.narrow : ANSWER.wide;
    const answered = row.spread.length > 0;
    // Signs and split bars stand above single answers, which are never covered.
    const signed = patients.some((patient) => effectsOf(row, patient, content.choices).length > 0);
    const above = !answered ? 0 : split ? SPLIT.height : signed ? SIGN : 0;
    const own = round(row.spread.length * step + 1 - BAR, 2);
    const height = Math.max(split ? SPLIT.height : 1, round(above + own, 2));
    const y = round(top + height / 2);
    const signs = above > 0 ? round(top + above / 2) : y;
    const answers_y = round(top + above + (height - above) / 2);
    top += height;
    const bars = (split ? patients : patients.slice(0, 1)).flatMap((patient, number) => {
      const span = spanOf(row, patient);
      if (!span) return [];
      const [start, stop] = extent(span, content, axis_kind, end);
      const letter = split ? letterOf(number, patients.length) : "";
      return [{ letter, y: split ? halfOf(signs, number) : y, start, end: stop }];
    });
    const answers = row.spread.map((answer, number) => ({
      answer,
      y: round(answers_y + (number - (row.spread.length - 1) / 2) * step),
      start: place(answer.from_d, content, axis_kind),
      end: place(answer.to_d ?? answer.from_d, content, axis_kind),
    }));
    return { id: row.id, y, height, signs, bars, answers };
  });
  return { rows, lanes, units: round(top + 0.5) };
}

function halfOf(y: number, number: number): number {
  return round(y + (number - 0.5) * SPLIT.apart);
}

function thickness({ letter }: LaidBar, { height, answers }: LaidRow): number {
  if (letter) return SPLIT.bar;
  return answers.length > 0 ? round(height - (1 - BAR), 2) : BAR;
}

/** A trace with what it shows of the rows. */
function fill(trace: Trace, rows: readonly PlacedRow[], content: Content, wanted: Wanted, end: number): Trace {
  switch (trace.name) {
    case "bars":
      return bars(trace, rows, wanted, 0, content);
    case "other": {
      const styled = content.figure.data.find(({ name }) => name === "bars") as Trace;
      const merged = { ...styled, ...trace, marker: { ...tree(styled.marker), ...tree(trace.marker) } };
      return bars(merged, rows, wanted, 1, content);
    }
    case "extrapolated":
      return { ...trace, ...edges(rows) };
    case "usual":
      return { ...trace, ...usual(rows, content, wanted) };
    case "spread":
      return { ...trace, ...spread(rows, end, wanted.axis_px) };
    case "no-evidence": {
      const unknown = rows.filter(({ row }) => row.kind === "no_evidence");
      const x = unknown.map(() => end / 2);
      return { ...trace, x, y: unknown.map(({ y }) => y), customdata: unknown.map(({ id }) => id) };
    }
    case "row-labels":
      return {
        ...trace,
        x: rows.map(() => 0),
        y: rows.map(({ y, height }) => round(y - height / 2)),
      };
    default:
      return trace;
  }
}

/** The bars of one patient: of the first all rows, of the second those that differ. */
function bars(trace: Trace, rows: readonly PlacedRow[], { patients }: Wanted, number: number, content: Content): Trace {
  const known = list(content.figure.data.find(({ name }) => name === "bars")?.customdata) as string[];
  const letter = number === 0 ? ["", "A"] : ["B"];
  const drawn = rows.flatMap((row) => {
    const bar = row.bars.find((each) => letter.includes(each.letter));
    return bar ? [{ row, bar, style: known.indexOf(row.id) }] : [];
  });
  const patient = patients[number] ?? {};
  const styles = drawn.map(({ style }) => style);
  const texts = list(trace.hovertext) as string[];
  return {
    ...trace,
    y: drawn.map(({ bar }) => bar.y),
    base: drawn.map(({ bar }) => bar.start),
    x: drawn.map(({ bar }) => round(bar.end - bar.start)),
    width: drawn.map(({ row, bar }) => thickness(bar, row)),
    customdata: drawn.map(({ row }) => row.id),
    hovertext: drawn.map(({ row, bar, style }) =>
      [
        texts[style] ?? "",
        `${bar.letter && `${bar.letter}: `}${whenOf(row.row, patient)}`,
        ...effectsOf(row.row, patient, content.choices).map(({ choice, kind }) => {
          const { sign, words } = content.kinds[kind];
          return `${sign} ${escaped(choice.label)}: ${words}`;
        }),
      ].join("<br>"),
    ),
    marker: picked(trace.marker, known.length, styles),
  };
}

/** `style` with every list of `count` entries replaced by its entries at `places`. */
function picked(style: unknown, count: number, places: readonly number[]): unknown {
  if (Array.isArray(style)) return style.length === count ? places.map((at) => style[at] as unknown) : style;
  if (typeof style !== "object" || style === null) return style;
  return Object.fromEntries(Object.entries(style).map(([key, value]) => [key, picked(value, count, places)]));
}

/** Closed rectangles round the bars that are carried over from shorter fusions. */
function edges(rows: readonly PlacedRow[]): Pick<Trace, "x" | "y"> {
  const x: (number | null)[] = [];
  const y: (number | null)[] = [];
  for (const row of rows.filter((each) => each.row.marks.includes("extrapolated"))) {
    for (const bar of row.bars) {
      const half = thickness(bar, row) / 2;
      const [top, bottom] = [round(bar.y - half), round(bar.y + half)];
      x.push(bar.start, bar.end, bar.end, bar.start, bar.start, null);
      y.push(top, top, bottom, bottom, top, null);
    }
  }
  return { x, y };
}

function usual(rows: readonly PlacedRow[], content: Content, { patients, axis_kind }: Wanted): Pick<Trace, "x" | "y"> {
  const marks = rows.flatMap(({ row, bars: drawn }) =>
    drawn.flatMap(({ letter, y }) => {
      const day = spanOf(row, patients[letter === "B" ? 1 : 0] ?? {})?.[1] ?? null;
      return day === null ? [] : [{ x: place(day, content, axis_kind), y }];
    }),
  );
  return { x: marks.map(({ x }) => x), y: marks.map(({ y }) => y) };
}

/** The single answers: a circle for a moment, two and a line for a range, with their words. */
function spread(rows: readonly PlacedRow[], end: number, axis_px: number): Partial<Trace> {
  const marks = rows.flatMap(({ id, answers }) =>
    answers.flatMap(({ answer, y, start, end: stop }) => {
      const words = answer.share === null ? answer.label : `${answer.label}: ${answer.share} %`;
      const room = ((words.length * CHARACTER_PX + CHIP_GAP_PX) / axis_px) * end;
      const usual = stop > end * RIGHT_PART;
      // On a narrow page the other side, where only that has room.
      const fits = { left: start >= room, right: stop + room <= end };
      const left = usual ? fits.left || !fits.right : fits.left && !fits.right;
      const at = { y, id, text: "", position: left ? "middle left" : "middle right" };
      const both = start === stop ? [{ ...at, x: start }] : [{ ...at, x: start }, { ...at, x: stop }];
      const labelled = left ? both[0] : both.at(-1);
      const free_px = ((left ? start : end - stop) / end) * axis_px;
      const fitting = escaped(shortened(words, fits.left || fits.right ? Infinity : free_px));
      if (labelled) labelled.text = left ? `${fitting} ` : ` ${fitting}`;
      return [...both, { ...at, x: null, y: null }];
    }),
  );
  return {
    x: marks.map(({ x }) => x),
    y: marks.map(({ y }) => y),
    text: marks.map(({ text }) => text),
    textposition: marks.map(({ position }) => position),
  };
}

/** `words` cut to a width; the answers, the table and the origin say all of them. */
function shortened(words: string, room_px: number): string {
  const most = Math.floor((room_px - CHIP_GAP_PX) / CHARACTER_PX);
  return words.length <= most ? words : `${words.slice(0, Math.max(0, most - 1)).trimEnd()}…`;
}

/** The signs of what the choices change, each with words, beside or on the end of its bar. */
function chips(
  rows: readonly PlacedRow[],
  content: Content,
  { patients, axis_px }: Wanted,
  end: number,
): object[] {
  return rows.flatMap(({ row, signs, bars: drawn }) => {
    const split = differs(row, patients, content.choices);
    return (split ? patients : patients.slice(0, 1)).flatMap((patient, number) => {
      const letter = split ? letterOf(number, patients.length) : "";
      const words = chipWords(effectsOf(row, patient, content.choices), content);
      if (!letter && !words) return [];
      const bar = drawn.find((each) => each.letter === letter) ?? { start: 0, end: 0 };
      return [
        {
          ...content.chip,
          text: [letter && `<b>${letter}</b>`, words].filter(Boolean).join(" "),
          y: split ? halfOf(signs, number) : signs,
          ...beside(bar, end, ((`${letter} ${words}`.length * CHARACTER_PX + 2 * CHIP_GAP_PX) / axis_px) * end),
        },
      ];
    });
  });
}

/** Right of a bar, else left of it, else on its end: wherever there is room. */
function beside({ start, end: stop }: Pick<LaidBar, "start" | "end">, end: number, room: number): object {
  if (stop + room <= end) return { x: stop, xanchor: "left", xshift: CHIP_GAP_PX };
  return { x: start >= room ? start : stop, xanchor: "right", xshift: -CHIP_GAP_PX };
}

function chipWords(effects: readonly RowEffect[], { kinds }: Content): string {
  const [only] = effects;
  if (only && effects.length === 1) {
    return `${kinds[only.kind].sign} ${escaped(only.choice.label)}: ${kinds[only.kind].words}`;
  }
  return effects.map(({ kind, choice }) => `${kinds[kind].sign} ${escaped(choice.label)}`).join(" · ");
}

/** Words as plotly.js shows them: it reads some markup in its texts. */
function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
}

function axisOf(content: Content, kind: AxisKind, end: number): Record<string, unknown> {
  const ticks = kind === "linear" ? content.axis.linear_ticks : content.axis.readable_ticks;
  return {
    range: [0, end],
    tickvals: ticks.map(([day]) => place(day, content, kind)),
    ticktext: ticks.map(([, label]) => label),
  };
}

/** Python's height, grown or shrunk with what stands in the picture. */
function heightOf(layout: Record<string, unknown>, figure: Figure, units: number): number {
  const { t = 0, b = 0 } = tree(layout.margin) as { t?: number; b?: number };
  const [bottom = 0] = list(tree(figure.layout.yaxis).range) as number[];
  const row_px = (Number(layout.height) - t - b) / (bottom + 0.4);
  return Math.round(t + b + row_px * units);
}

const list = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);
const tree = (value: unknown): Record<string, unknown> =>
  typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};

function round(value: number, digits = 4): number {
  return Number(value.toFixed(digits));
}
