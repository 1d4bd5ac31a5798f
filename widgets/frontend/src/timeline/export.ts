// The timeline as files: the picture with its cursor as PNG or SVG, and all bars as a table.
import { h, setText } from "../dom.ts";
import { saveFile, savePicture, toCsv, type PictureFormat, type PictureMaker } from "../save.ts";
import { dayToX, sayDay } from "../time_axis.ts";
import { printHandout } from "./handout.ts";
import type { Shown } from "./shown.ts";
import type { Figure } from "./types.ts";

const WIDTH_PX = 1200;
const NAME = "l3s1-recovery-timeline";
const FOOT =
  "l3s1 course, recovery timeline. For teaching, no advice for one patient; the lesson names every source.";

/** The buttons that save and print what `shown` shows when they are pressed. */
export function timelineTools(shown: () => Shown, signal: AbortSignal): HTMLElement[] {
  const said = h("span", { class: "l3s1-note", role: "status" });
  const tool = (label: string, title: string, act: (now: Shown) => Promise<string> | string): HTMLElement => {
    const button = h("button", { type: "button", class: "l3s1-button", title }, label);
    button.addEventListener(
      "click",
      () => {
        void Promise.resolve()
          .then(() => act(shown()))
          .catch((error: unknown) => `That failed: ${error instanceof Error ? error.message : String(error)}`)
          .then((words) => setText(said, words));
      },
      { signal },
    );
    return button;
  };
  const picture = (format: PictureFormat) => async (now: Shown) => {
    const { data, layout } = withCursor(now, WIDTH_PX);
    const drawn = { data, layout, width: WIDTH_PX, height: Number(layout.height) };
    await savePicture(plotly(), drawn, format, NAME, `${patientWords(now)}${FOOT}`);
    return `Saved as ${NAME}.${format}`;
  };
  return [
    tool("PNG", "Save the picture as PNG", picture("png")),
    tool("SVG", "Save the picture as SVG", picture("svg")),
    tool("CSV", "Save all bars as a table", (now) => {
      saveFile(`${NAME}.csv`, new Blob([toCsv(timelineTable(now))], { type: "text/csv;charset=utf-8" }));
      return `Saved as ${NAME}.csv`;
    }),
    tool("Handout", "Print one page about this day", async (now) => {
      await printHandout(now, plotly(), signal);
      return "The handout is in the print dialogue";
    }),
    said,
  ];
}

/** The picture in light colours, with the cursor that the page draws over it. */
export function withCursor(shown: Shown, width_px: number): Figure {
  const { data, layout } = shown.figure(width_px, false);
  const x = dayToX(shown.day, shown.axis_kind, shown.scale_d);
  const list = (name: string): object[] => (Array.isArray(layout[name]) ? (layout[name] as object[]) : []);
  const line = { type: "line", x0: x, x1: x, y0: 0, y1: 1, yref: "paper", line: { color: "#0b5cad", width: 2 } };
  const words = {
    text: `<b>${sayDay(shown.day)}</b>`,
    x,
    y: 0,
    yref: "paper",
    yanchor: "top",
    xanchor: "center",
    showarrow: false,
    font: { size: 13, color: "#0b5cad" },
  };
  const margin = { ...(layout.margin as object), b: 30 };
  return {
    data,
    layout: {
      ...layout,
      margin,
      height: Number(layout.height) + 18,
      shapes: [...list("shapes"), line],
      annotations: [...list("annotations"), words],
    },
  };
}

const HEAD = [
  "patient",
  "lane",
  "bar",
  "earliest (days)",
  "usual (days)",
  "latest (days)",
  "when",
  "on the day",
  "evidence",
  "caution",
  "changed by",
  "facts",
];

/** Every bar of every patient as a row of text, its head first. */
export function timelineTable(shown: Shown): string[][] {
  const rows = shown.rows.flatMap(({ row, spans, effects }) =>
    spans.map(({ patient, span, when, status }) => [
      patient,
      row.lane_label,
      row.label,
      ...[span?.[0], span?.[1], span?.[2]].map((day) => (day === null || day === undefined ? "" : `${day}`)),
      when,
      status,
      row.evidence_label,
      [...row.marks, row.caution ?? ""].filter(Boolean).join("; "),
      effects
        .filter((effect) => effect.patient === patient)
        .map(({ mark, says }) => `${mark}: ${says}`)
        .join(" "),
      [...new Set([...row.facts, ...effects.filter((each) => each.patient === patient).flatMap(({ facts }) => facts)])].join(" "),
    ]),
  );
  return [HEAD, ...rows];
}

/** Who is shown, for the foot of a picture; nothing where nothing was chosen. */
function patientWords({ patients }: Shown): string {
  const chosen = patients.filter(({ choices }) => choices.length > 0);
  if (chosen.length === 0) return "";
  return `${chosen.map(({ letter, words }) => (letter ? `${letter}: ${words}` : words)).join("; ")}. `;
}

function plotly(): PictureMaker {
  const { Plotly } = globalThis as { Plotly?: PictureMaker };
  if (!Plotly) throw new Error("the picture is not drawn yet");
  return Plotly;
}
