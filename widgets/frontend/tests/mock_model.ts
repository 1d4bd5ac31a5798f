// A widget model without a kernel: Backbone's events, what was sent and what was saved.
import type { AnyModel } from "@anywidget/types";

/** Takes whatever its event brings. */
type Handler = (...args: any[]) => void;

export class MockModel<T extends object> {
  readonly sent: unknown[] = [];
  /** The traits changed since the last save, for each save. */
  readonly saved: Partial<T>[] = [];
  readonly #traits: T;
  #changed: Partial<T> = {};
  readonly #handlers = new Map<string, Set<Handler>>();
  /** Answers a message that a view sends; called later, as a kernel would. */
  answer: ((content: unknown) => void) | null = null;

  constructor(traits: T) {
    this.#traits = { ...traits };
  }

  get any(): AnyModel<T> {
    return this as unknown as AnyModel<T>;
  }

  get<K extends keyof T>(name: K): T[K] {
    return this.#traits[name];
  }

  set<K extends keyof T>(name: K, value: T[K]): void {
    if (!this.#assign(name, value)) return;
    this.#changed[name] = value;
    this.trigger(`change:${String(name)}`);
  }

  /** A change that comes from Python. */
  receive<K extends keyof T>(name: K, value: T[K]): void {
    if (this.#assign(name, value)) this.trigger(`change:${String(name)}`);
  }

  save_changes(): void {
    this.saved.push(this.#changed);
    this.#changed = {};
  }

  send(content: unknown): void {
    this.sent.push(content);
    if (this.answer) queueMicrotask(() => this.answer?.(content));
  }

  on(event: string, handler: Handler): void {
    const handlers = this.#handlers.get(event) ?? new Set();
    this.#handlers.set(event, handlers.add(handler));
  }

  off(event: string, handler: Handler): void {
    this.#handlers.get(event)?.delete(handler);
  }

  trigger(event: string, ...args: unknown[]): void {
    for (const handler of [...(this.#handlers.get(event) ?? [])]) handler(...args);
  }

  /** How many handlers listen, to all events together. */
  get listeners(): number {
    return [...this.#handlers.values()].reduce((sum, handlers) => sum + handlers.size, 0);
  }

  #assign<K extends keyof T>(name: K, value: T[K]): boolean {
    if (JSON.stringify(this.#traits[name]) === JSON.stringify(value)) return false;
    this.#traits[name] = value;
    return true;
  }
}
