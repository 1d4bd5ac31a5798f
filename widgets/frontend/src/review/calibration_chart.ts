// The calibration curve: for each step of certainty the share that was right, with its interval, on the
// range of chances at which that step pays. Lengths across are percentages, so it fits any width.
import { h, svg } from "../dom.ts";
import { type Calibration, ENOUGH, judge, sayPays, sayStep, type StepRead, VERDICTS } from "./calibration.ts";
import { percent } from "./words.ts";

const ROW = 62;
const AXIS = 30;
const BAR_TOP = 30;
const BAR = 22;

export function calibrationChart(read: Calibration): HTMLElement {
  const height = ROW * read.length + AXIS;
  const words = read.map(sayStep);
  const picture = svg(
    "svg",
    { class: "l3s1-calibration-picture", width: "100%", height, role: "img", "aria-label": words.join(" ") },
    ...[0, 0.25, 0.5, 0.75, 1].flatMap((share) => tick(share, height)),
    ...read.flatMap(drawStep),
  );
  return h(
    "figure",
    { class: "l3s1-calibration" },
    picture,
    h(
      "figcaption",
      { class: "l3s1-note" },
      "Dot and line: the share that was right, with its 95 % interval. Shaded: the chances at which that " +
        "step pays best. A line that ends before its shade begins means: surer than right.",
    ),
    h("ul", { class: "l3s1-review-list" }, ...words.map((text) => h("li", {}, text))),
    h("details", {}, h("summary", {}, "As a table"), table(read)),
  );
}

function tick(share: number, height: number): Node[] {
  const x = percentage(share);
  const anchor = share === 0 ? "start" : share === 1 ? "end" : "middle";
  return [
    svg("line", { class: "l3s1-review-grid", x1: x, x2: x, y1: 0, y2: height - AXIS }),
    svg("text", { x, y: height - 8, "text-anchor": anchor }, document.createTextNode(percent(share))),
  ];
}

function drawStep(read: StepRead, row: number): Node[] {
  const top = ROW * row;
  const middle = top + BAR_TOP + BAR / 2;
  const [from, to] = read.pays;
  const label = svg("text", { class: "l3s1-calibration-label", x: 0, y: top + 20 });
  label.append(`${read.step.label} · ${read.n === 0 ? "no answer yet" : `${read.right} of ${read.n} right`}`);
  const drawn: Node[] = [
    svg("rect", {
      class: "l3s1-calibration-pays",
      x: percentage(from),
      width: percentage(to - from),
      y: top + BAR_TOP,
      height: BAR,
    }),
    ...[from, to].filter((at) => at > 0 && at < 1).map((at) => evenLine(at, top)),
    label,
  ];
  if (!read.interval) return drawn;
  const { share, low, high } = read.interval;
  drawn.push(
    svg("line", { class: "l3s1-calibration-interval", x1: percentage(low), x2: percentage(high), y1: middle, y2: middle }),
    svg("circle", { class: "l3s1-calibration-dot", cx: percentage(share), cy: middle, r: 6 }),
  );
  return drawn;
}

function evenLine(at: number, top: number): Node {
  const x = percentage(at);
  return svg("line", { class: "l3s1-calibration-even", x1: x, x2: x, y1: top + BAR_TOP, y2: top + BAR_TOP + BAR });
}

function table(read: Calibration): HTMLElement {
  const head = ["You said", "Right", "Answers", "Share (95 % interval)", "Pays best", "What it says"];
  const rows = read.map((each) => {
    const { step, right, n, interval } = each;
    const share = interval
      ? `${percent(interval.share)} (${percent(interval.low)} to ${percent(interval.high)})`
      : `from ${ENOUGH} answers on`;
    const cells = [String(right), String(n), share, sayPays(each), VERDICTS[judge(each)]];
    return h("tr", {}, h("th", { scope: "row" }, step.label), ...cells.map((text) => h("td", {}, text)));
  });
  return h(
    "div",
    { class: "l3s1-review-table", role: "region", tabindex: 0, "aria-label": "Calibration as a table" },
    h(
      "table",
      {},
      h("thead", {}, h("tr", {}, ...head.map((text) => h("th", { scope: "col" }, text)))),
      h("tbody", {}, ...rows),
    ),
  );
}

function percentage(share: number): string {
  return `${(100 * share).toFixed(2)}%`;
}
