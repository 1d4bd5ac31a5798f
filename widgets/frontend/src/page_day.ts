// The one day that the views of a page share: a timeline shows it, others follow it and may ask
// for another. Views are bundled apart, so the last day is kept with the page, for late comers.
const SHOWN = "l3s1:day";
const WANTED = "l3s1:set-day";
const LAST = Symbol.for("l3s1.page-day");

type Page = Document & { [LAST]?: number };

/** Tell the views of the page which day is shown. */
export function showDay(day: number): void {
  if (Number.isFinite(day)) (document as Page)[LAST] = day;
  document.dispatchEvent(new CustomEvent(SHOWN, { detail: day }));
}

/** Call `follow` with the day that is shown, now if one is and whenever it changes. */
export function followDay(follow: (day: number) => void, signal: AbortSignal): void {
  const last = (document as Page)[LAST];
  if (last !== undefined) follow(last);
  listen(SHOWN, follow, signal);
}

/** Ask whoever shows the page's day for another one. */
export function wantDay(day: number): void {
  document.dispatchEvent(new CustomEvent(WANTED, { detail: day }));
}

/** Call `set` with each day that another view asks for. */
export function onDayWanted(set: (day: number) => void, signal: AbortSignal): void {
  listen(WANTED, set, signal);
}

function listen(name: string, act: (day: number) => void, signal: AbortSignal): void {
  const heard = (event: Event): void => {
    const day: unknown = (event as CustomEvent).detail;
    if (typeof day === "number" && Number.isFinite(day)) act(day);
  };
  document.addEventListener(name, heard, { signal });
}
