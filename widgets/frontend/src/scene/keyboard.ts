// What each key does while the picture has the focus.
import { VIEWS } from "./state.ts";
import type { ViewName } from "./types.ts";

export type Command =
  | { do: "turn"; right: number; up: number }
  | { do: "zoom"; factor: number }
  | { do: "view"; view: ViewName }
  | { do: "cycle"; step: 1 | -1; within: boolean }
  | { do: "pick" }
  | { do: "clear" };

type Key = Pick<KeyboardEvent, "key" | "altKey" | "ctrlKey" | "metaKey">;

const TURN_DEG = 10;
const ZOOM = 1.2;

/** The command of a key; null leaves the key to the page. */
export function commandOf({ key, altKey, ctrlKey, metaKey }: Key): Command | null {
  if (altKey || ctrlKey || metaKey) return null;
  const view = /^[1-9]$/.test(key) ? VIEWS[Number(key) - 1] : undefined;
  if (view) return { do: "view", view };
  switch (key) {
    case "ArrowLeft":
      return { do: "turn", right: -TURN_DEG, up: 0 };
    case "ArrowRight":
      return { do: "turn", right: TURN_DEG, up: 0 };
    case "ArrowUp":
      return { do: "turn", right: 0, up: TURN_DEG };
    case "ArrowDown":
      return { do: "turn", right: 0, up: -TURN_DEG };
    case "+":
    case "=":
      return { do: "zoom", factor: ZOOM };
    case "-":
    case "_":
      return { do: "zoom", factor: 1 / ZOOM };
    case "]":
    case "n":
      return { do: "cycle", step: 1, within: false };
    case "[":
    case "p":
      return { do: "cycle", step: -1, within: false };
    case "}":
    case "N":
      return { do: "cycle", step: 1, within: true };
    case "{":
    case "P":
      return { do: "cycle", step: -1, within: true };
    case "Enter":
      return { do: "pick" };
    case "Escape":
      return { do: "clear" };
    default:
      return null;
  }
}

export const KEYS_IN_WORDS =
  "Arrow keys turn the model, plus and minus zoom, 1 to 7 choose a view, N and P go through the " +
  "parts (with Shift through all structures), Enter picks the one named, Escape ends.";
