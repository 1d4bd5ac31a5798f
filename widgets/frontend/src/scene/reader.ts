// What the reader does with the picture: pointer, fingers and keys, turned into picks and movements.
import { listen } from "./controls.ts";
import { commandOf, type Command } from "./keyboard.ts";
import { VIEW_WORDS } from "./orientation.ts";
import type { Pick, ViewName } from "./types.ts";

/** What the reader acts on. */
export interface Target {
  canvas: HTMLCanvasElement;
  stage: HTMLElement;
  signal: AbortSignal;
  turn(rightDeg: number, upDeg: number): void;
  zoom(factor: number): void;
  zoomAt(factor: number, x: number, y: number): void;
  /** CSS pixels. */
  move(right: number, down: number): void;
  go(view: ViewName): void;
  pickAt(x: number, y: number): Pick | null;
  /** A structure as if its middle had been picked. */
  pickOf(structure: string): Pick;
  /** What is drawn, in order: parts, or (`within`) all structures. */
  shown(within: boolean): string[];
  /** Name what lies under the pointer; null names nothing. */
  tip(pick: Pick | null, x: number, y: number): void;
  announce(text: string): void;
  announcePick(pick: Pick | null): void;
  say(structure: string): string;
  /** The keyboard has come to another structure. */
  moved(cursor: string | null): void;
  picked(pick: Pick | null): void;
  hovered(pick: Pick | null): void;
  /** Escape: what was begun is given up. */
  ended(): void;
}

export class Reader {
  /** The structure that the keyboard has come to. */
  #cursor: string | null = null;
  #hovered: string | null = null;
  #pointer: { x: number; y: number } | null = null;

  constructor(private readonly target: Target) {
    const { canvas, stage, signal } = target;
    const handlers = {
      turn: (right: number, up: number) => target.turn(right, up),
      zoom: (factor: number, x: number, y: number) => target.zoomAt(factor, x, y),
      move: (right: number, down: number) => target.move(right, down),
      tap: (x: number, y: number) => this.#tap(x, y),
      hover: (x: number, y: number) => this.#hover(x, y),
      leave: () => this.#noHover(),
    };
    listen(canvas, stage, handlers, signal);
    stage.addEventListener("keydown", (event) => this.#key(event), { signal });
    stage.addEventListener("focusout", () => this.#go(null), { signal });
  }

  #key(event: KeyboardEvent): void {
    const command = event.target === this.target.stage ? commandOf(event) : null;
    if (!command) return;
    event.preventDefault();
    event.stopPropagation();
    this.#obey(command);
  }

  #obey(command: Command): void {
    const { target } = this;
    switch (command.do) {
      case "turn":
        return target.turn(command.right, command.up);
      case "zoom":
        return target.zoom(command.factor);
      case "view":
        target.announce(`Seen ${VIEW_WORDS[command.view]}`);
        return target.go(command.view);
      case "cycle":
        return this.#cycle(command.step, command.within);
      case "pick":
        if (this.#cursor !== null) this.#take(target.pickOf(this.#cursor));
        return;
      case "clear":
        this.#go(null);
        target.ended();
        return this.#take(null);
    }
  }

  #cycle(step: 1 | -1, within: boolean): void {
    const shown = this.target.shown(within);
    if (shown.length === 0) return;
    const at = this.#cursor === null ? -1 : shown.indexOf(this.#cursor);
    const next = at < 0 ? (step > 0 ? 0 : shown.length - 1) : at + step;
    const name = shown[(next + shown.length) % shown.length] as string;
    this.#go(name);
    this.target.announce(this.target.say(name));
  }

  #go(structure: string | null): void {
    if (structure === this.#cursor) return;
    this.#cursor = structure;
    this.target.moved(structure);
  }

  #tap(x: number, y: number): void {
    this.#go(null);
    this.#take(this.target.pickAt(x, y));
  }

  #take(pick: Pick | null): void {
    this.target.announcePick(pick);
    this.target.picked(pick);
  }

  #hover(x: number, y: number): void {
    const waiting = this.#pointer !== null;
    this.#pointer = { x, y };
    if (waiting) return;
    requestAnimationFrame(() => {
      const at = this.#pointer;
      this.#pointer = null;
      if (!at || this.target.signal.aborted) return;
      const pick = this.target.pickAt(at.x, at.y);
      this.target.tip(pick, at.x, at.y);
      this.target.canvas.style.cursor = pick ? "pointer" : "";
      this.#tell(pick);
    });
  }

  #noHover(): void {
    this.#pointer = null;
    this.target.tip(null, 0, 0);
    this.#tell(null);
  }

  #tell(pick: Pick | null): void {
    if ((pick?.structure ?? null) === this.#hovered) return;
    this.#hovered = pick?.structure ?? null;
    this.target.hovered(pick);
  }
}
