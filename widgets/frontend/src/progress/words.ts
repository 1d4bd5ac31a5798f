// What is said where progress can't be kept as it should be.
import { day } from "./said.ts";
import type { ImportReport, Trouble } from "./types.ts";

const AS_A_FILE = "Save your progress as a file before you leave";

export const BLOCKED: Trouble = {
  kind: "blocked",
  says: "This browser keeps nothing for this page: your answers are lost when you close it.",
  do: `${AS_A_FILE}, or allow this site to keep data (cookies and site data) and load the page again.`,
};

export function full(pending: number): Trouble {
  return {
    kind: "full",
    says:
      pending === 1
        ? "The browser’s storage for this site is full: your last answer is held only while this page is open."
        : `The browser’s storage for this site is full: ${pending} changes are held only while this page is open.`,
    do: `${AS_A_FILE}. Room is made by erasing names that are no longer needed, or what was laid aside, under “Your progress” in lesson 00.`,
  };
}

export const NEWER: Trouble = {
  kind: "newer",
  says:
    "The progress in this browser was written by a newer version of the course. It is left untouched, and what you answer here is held only while this page is open.",
  do: "Open the newer version of the course, or save what you do here as a file and import it there.",
};

export function damaged(rescued: boolean, aside: boolean): Trouble {
  const where = aside ? "was laid aside, unchanged" : "is left where it is, unchanged";
  return {
    kind: "damaged",
    says: rescued
      ? `Part of the progress in this browser could not be read. The rest is in use; the whole, as it was found, ${where}.`
      : `The progress in this browser could not be read. It ${where}; you begin with an empty record.`,
    do: aside
      ? "Save it as a file under “Your progress” in lesson 00: somebody may be able to repair it."
      : `There is no room to lay it aside, so what you answer now is held only while this page is open. ${AS_A_FILE}.`,
  };
}

/** As long as it is there, also when it was found on another page. */
export function laidAside(at: string): Trouble {
  return {
    kind: "damaged",
    says: `Progress that could not be read was laid aside, unchanged, on ${day(at)}.`,
    do: "Save it as a file, or erase it, under “Your progress” in lesson 00.",
  };
}

const NOTHING_CHANGED = "Nothing was changed.";

export function notImported(why: string): ImportReport {
  return { ok: false, says: `This file can’t be used: ${why}. ${NOTHING_CHANGED}`, do: "Choose a file that this course saved." };
}

export function newerFile(version: number): ImportReport {
  return {
    ok: false,
    says: `This file was saved by a newer version of the course (version ${version} of the file, this course reads up to 1). ${NOTHING_CHANGED}`,
    do: "Import it in the newer version of the course.",
  };
}
