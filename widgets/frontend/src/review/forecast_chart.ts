// What comes due on the next days, as bars with their numbers; the same in a sentence.
import { h, svg } from "../dom.ts";
import type { Day } from "./queue.ts";
import { count, sayWhen } from "./words.ts";

const BARS = 72;
const HEIGHT = 112;
const WEEKDAY = new Intl.DateTimeFormat("en-GB", { weekday: "narrow" });

export function forecastChart(days: readonly Day[]): HTMLElement {
  const most = Math.max(1, ...days.map(({ n }) => n));
  const width = 100 / days.length;
  const bars = days.flatMap((day, at) => {
    const middle = `${((at + 0.5) * width).toFixed(3)}%`;
    const tall = (BARS * day.n) / most;
    const text = (y: number, words: string, name: string): Node =>
      svg("text", { class: name, x: middle, y, "text-anchor": "middle" }, document.createTextNode(words));
    return [
      svg("rect", {
        class: "l3s1-forecast-bar",
        x: `${((at + 0.15) * width).toFixed(3)}%`,
        width: `${(0.7 * width).toFixed(3)}%`,
        y: 20 + BARS - tall,
        height: tall,
      }),
      ...(day.n > 0 ? [text(15 + BARS - tall, String(day.n), "l3s1-forecast-number")] : []),
      text(HEIGHT - 4, WEEKDAY.format(day.date), "l3s1-forecast-day"),
    ];
  });
  const base = svg("line", { class: "l3s1-review-grid", x1: 0, x2: "100%", y1: 20 + BARS, y2: 20 + BARS });
  const words = sayForecast(days);
  return h(
    "figure",
    { class: "l3s1-forecast" },
    svg("svg", { width: "100%", height: HEIGHT, role: "img", "aria-label": words }, base, ...bars),
    h("figcaption", { class: "l3s1-note" }, words),
  );
}

export function sayForecast(days: readonly Day[]): string {
  const all = days.reduce((sum, { n }) => sum + n, 0);
  if (all === 0) return `Nothing comes due in the next ${days.length} days.`;
  const listed = days
    .filter(({ n }) => n > 0)
    .slice(0, 4)
    .map(({ n, days: to, date }) => `${n} ${sayWhen(date, to)}`);
  return `${count(all, "question")} in the next ${days.length} days: ${listed.join("; ")}${
    days.filter(({ n }) => n > 0).length > 4 ? "; then more" : ""
  }.`;
}
