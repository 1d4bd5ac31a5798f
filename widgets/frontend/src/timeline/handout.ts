// One printed page about a day: the picture, the four answers, what the choices change, and what
// a reader of paper must know. It takes the most detail that fits a page of A4 or Letter.
import { h } from "../dom.ts";
import type { PictureMaker } from "../save.ts";
import { sayDay } from "../time_axis.ts";
import { withCursor } from "./export.ts";
import type { Shown, ShownAnswer, ShownChange } from "./shown.ts";

const PICTURE_WIDTH_PX = 760; // small enough that its words can still be read beside the answers
const PAGE_PX = { width: 718, height: 975 }; // what A4 and Letter both leave at 96 px an inch
const MARK = { trial: "●", cohort: "◐", opinion: "○", none: "┄" } as const;
/** From all sentences to names alone; the first that fits is printed. */
const DETAILS = ["all", "alarms", "names", "small", "signs"] as const;

const STYLE = `
@page { margin: 10mm; }
:root { color-scheme: light; }
* { box-sizing: border-box; }
body { width: ${PAGE_PX.width}px; margin: 0 auto; color: #1b2430; background: #fff;
  font: 8.25pt/1.32 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Liberation Sans", sans-serif; }
h1 { margin: 0 0 1mm; font-size: 15pt; line-height: 1.2; }
h2 { margin: 0 0 0.7mm; font-size: 9.5pt; break-after: avoid; }
p, ul { margin: 0 0 1.2mm; padding: 0; }
li { list-style: none; margin: 0 0 0.8mm; padding-left: 3.2mm; text-indent: -3.2mm; break-inside: avoid; }
img { float: left; width: 60%; margin: 0 4mm 2mm 0; }
.who, .foot, .when { color: #4b5666; }
.alarm h2 { color: #b4460f; }
.foot { clear: both; border-top: 0.3mm solid #c9d1dc; padding-top: 1mm; font-size: 7pt; }
[data-detail="alarms"] section:not(.alarm) .during, [data-detail="names"] .during,
[data-detail="small"] .during, [data-detail="signs"] :is(.during, .says) { display: none; }
:is([data-detail="small"], [data-detail="signs"]) { font-size: 6.5pt; line-height: 1.25; }
:is([data-detail="small"], [data-detail="signs"]) h2 { font-size: 8pt; }
:is([data-detail="small"], [data-detail="signs"]) img { width: 48%; }
`;

/** The whole page as a document of its own; `picture` is an address of the drawing. */
export function buildHandout(shown: Shown, picture: string): string {
  const title = `After an L3–S1 fusion: ${sayDay(shown.day)}`;
  const body = h(
    "body",
    { "data-detail": DETAILS[0] },
    h("h1", {}, title),
    ...shown.patients
      .filter(({ choices }) => choices.length > 0)
      .map(({ letter, words }) => h("p", { class: "who" }, `${letter ? `Patient ${letter}: ` : ""}${words}.`)),
    h("img", { src: picture, alt: "The recovery timeline with the cursor on this day" }),
    h("div", { class: "answers" }, ...shown.answers.map(answer), ...changes(shown.changes)),
    h(
      "p",
      { class: "foot" },
      "● trials, ◐ cohorts and registries, ○ surveys, opinion, convention, animal models. Dashed bars come from shorter " +
        "fusions and are carried over to L3–S1. For teaching: no advice for one patient. Whoever has had an operation asks " +
        "the team that did it, and treats an alarm sign as a reason to call at once. Not yet reviewed by a clinician. " +
        `Sources of every bar: ${shown.link}`,
    ),
  );
  const style = STYLE.replaceAll("</", "");
  const heading = h("title", {}, title).outerHTML;
  return `<!doctype html><html lang="en"><head><meta charset="utf-8">${heading}<style>${style}</style></head>${body.outerHTML}</html>`;
}

function answer({ question, items }: ShownAnswer): HTMLElement {
  const alarm = items.some(({ row }) => row.kind === "danger_window");
  return h(
    "section",
    alarm ? { class: "alarm" } : {},
    h("h2", {}, question),
    h(
      "ul",
      {},
      ...(items.length > 0
        ? items.map(({ row, patient, when, during }) =>
            h(
              "li",
              {},
              `${MARK[row.evidence]} `,
              patient ? h("b", {}, `${patient} `) : null,
              h("b", {}, row.label),
              h("span", { class: "when" }, ` (${when})`),
              h("span", { class: "during" }, ` ${during}`),
            ),
          )
        : [h("li", {}, "Nothing is marked for this day.")]),
    ),
  );
}

function changes(all: readonly ShownChange[]): HTMLElement[] {
  if (all.length === 0) return [];
  const items = all.map(({ patient, label, option_label, changed, no_evidence }) => {
    const who = `${patient ? `${patient}, ` : ""}${label}: ${option_label}. `;
    const what = changed.flatMap(({ row, effect }) => [
      `${row.label}: ${effect.mark}. `,
      h("span", { class: "says" }, `${effect.says} `),
    ]);
    const none = no_evidence.length > 0 ? `No evidence found: ${no_evidence.join(", ")}.` : "";
    return h("li", {}, h("b", {}, who), ...what, none);
  });
  return [h("section", {}, h("h2", {}, "What is known for this patient"), h("ul", {}, ...items))];
}

/** Build the page in a frame of its own, fit it, and open the print dialogue. */
export async function printHandout(shown: Shown, maker: PictureMaker, signal: AbortSignal): Promise<void> {
  const { data, layout } = withCursor(shown, PICTURE_WIDTH_PX);
  const height = Number(layout.height);
  const settings = { format: "svg", width: PICTURE_WIDTH_PX, height, scale: 1 } as const;
  const picture = await maker.toImage({ data, layout: { ...layout, autosize: false, width: PICTURE_WIDTH_PX } }, settings);
  const frame = h("iframe", { class: "l3s1-handout", title: "Handout for printing", "aria-hidden": "true", tabindex: -1 });
  // Out of sight but laid out: a frame that isn't displayed has no heights to fit.
  frame.style.cssText = `position:fixed;left:-10000px;top:0;width:${PAGE_PX.width}px;height:${PAGE_PX.height}px;border:0`;
  const loaded = new Promise<void>((resolve, reject) => {
    frame.addEventListener("load", () => resolve(), { once: true, signal });
    signal.addEventListener("abort", () => reject(new Error("the timeline was closed")), { once: true });
  });
  document.querySelector("iframe.l3s1-handout")?.remove();
  frame.srcdoc = buildHandout(shown, picture);
  document.body.append(frame);
  signal.addEventListener("abort", () => frame.remove(), { once: true });
  await loaded;
  const page = frame.contentDocument;
  if (!page || !frame.contentWindow) throw new Error("the browser gives no page to print");
  await Promise.all([...page.images].map((image) => image.decode()));
  fitToPage(page.body);
  frame.contentWindow.addEventListener("afterprint", () => frame.remove(), { once: true });
  frame.contentWindow.print();
}

/** Take the most detail with which `body` is no higher than a page; the least where none fits. */
export function fitToPage(body: HTMLElement): void {
  for (const detail of DETAILS) {
    body.dataset.detail = detail;
    if (body.scrollHeight <= PAGE_PX.height) return;
  }
}
