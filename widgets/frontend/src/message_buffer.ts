// A FigureWidget tells its views what to do by setting a `_py2js_…` trait to a message and at
// once back to null. A message that comes before plotly.js would be lost: nobody listens yet.
// MessageBuffer stands between the model and the bundle's widget. It keeps the messages that
// come early and plays them to the widget, in order, before the first view is drawn.
//
// While no view is counted, Python also sends the whole figure after each message (traits
// `_widget_data` and `_widget_layout`). A message that such a whole already contains is not
// played again: adding a trace twice would show it twice.
import type { AnyModel } from "@anywidget/types";

type Part = "data" | "layout";
type Message = Record<string, unknown>;

const PARTS: Record<string, readonly Part[]> = {
  _py2js_addTraces: ["data"],
  _py2js_deleteTraces: ["data"],
  _py2js_moveTraces: ["data"],
  _py2js_restyle: ["data"],
  _py2js_removeTraceProps: ["data"],
  _py2js_relayout: ["layout"],
  _py2js_removeLayoutProps: ["layout"],
  _py2js_update: ["data", "layout"],
  _py2js_animate: ["data", "layout"],
};
const WHOLES: Record<string, Part> = { _widget_data: "data", _widget_layout: "layout" };

/**
 * What the widget would tell Python after each drawing: all that plotly.js has filled in. Nothing
 * in the course reads it, and Python echoes it: together fifty times the change itself.
 */
const UNASKED = /^_js2py_\w*Deltas?$/;

interface Early {
  trait: string;
  message: Message;
  parts: Set<Part>;
}

type Handler = (...args: any[]) => void;
interface Listener {
  event: string;
  handler: Handler;
}

export class MessageBuffer {
  #early: Early[] = [];
  #stopKeeping: (() => void)[] = [];
  #listeners: Listener[] = [];
  #played: { trait: string; message: Message } | null = null;

  /** The model as the bundle's widget sees it. */
  readonly model: Pick<AnyModel, "get" | "set" | "save_changes" | "send" | "on" | "off">;

  /** Start keeping messages of `model` at once. */
  constructor(private readonly source: AnyModel) {
    this.model = {
      get: (name: string) =>
        this.#played?.trait === name ? this.#played.message : source.get(name),
      set: (name, value) => {
        if (!UNASKED.test(name)) source.set(name, value);
      },
      save_changes: () => source.save_changes(),
      send: (content, callbacks, buffers) => source.send(content, callbacks, buffers),
      on: (event: string, handler: Handler) => {
        this.#listeners.push({ event, handler });
        source.on(event, handler);
      },
      off: (event?: string | null, handler?: Handler | null) => {
        this.#drop((one) => (!event || one.event === event) && (!handler || one.handler === handler));
      },
    };
    for (const trait of Object.keys(PARTS)) this.#keep(trait, () => this.#arrived(trait));
    for (const [trait, part] of Object.entries(WHOLES)) {
      this.#keep(trait, () => {
        for (const { parts } of this.#early) parts.delete(part);
      });
    }
  }

  /** Play what came early to the listeners the widget has by now, and keep no more. */
  play(): void {
    for (const stop of this.#stopKeeping.splice(0)) stop();
    for (const { trait, message, parts } of this.#early.splice(0)) {
      if (parts.size === 0) continue;
      this.#played = { trait, message: without(message, trait, parts) };
      const heard = this.#listeners.filter(({ event }) => event === `change:${trait}`);
      for (const { handler } of heard) handler();
    }
    this.#played = null;
  }

  /** Run `draw` and return what removes every listener that it added. */
  scope(draw: () => (() => void) | void): () => void {
    const before = new Set(this.#listeners);
    const remove = draw();
    const added = new Set(this.#listeners.filter((one) => !before.has(one)));
    return () => {
      this.#drop((one) => added.has(one));
      remove?.();
    };
  }

  #keep(trait: string, handler: Handler): void {
    this.source.on(`change:${trait}`, handler);
    this.#stopKeeping.push(() => this.source.off(`change:${trait}`, handler));
  }

  #arrived(trait: string): void {
    const message = this.source.get(trait) as Message | null;
    if (message) this.#early.push({ trait, message, parts: new Set(PARTS[trait]) });
  }

  #drop(chosen: (listener: Listener) => boolean): void {
    for (const { event, handler } of this.#listeners.filter(chosen)) {
      this.source.off(event, handler);
    }
    this.#listeners = this.#listeners.filter((one) => !chosen(one));
  }
}

/** The message without the part that a whole already brought. */
function without(message: Message, trait: string, parts: ReadonlySet<Part>): Message {
  if (parts.size === PARTS[trait]?.length) return message;
  if (!parts.has("layout")) return { ...message, layout_data: {} };
  const nothing = { style_data: trait === "_py2js_animate" ? [] : {}, style_traces: [] };
  return { ...message, ...nothing };
}
