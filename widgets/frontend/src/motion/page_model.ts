// The traits of a view that the page itself speaks for: what changes is shown, what is wished is told.
import type { AnyModel } from "@anywidget/types";

type Handler = () => void;

export class PageModel<T extends object> {
  readonly #handlers = new Map<string, Set<Handler>>();

  /** `wished` hears what the view sets, `told` what it would send to a kernel. */
  constructor(
    private readonly traits: T,
    private readonly wished: (wish: Partial<T>) => void,
    private readonly told: (message: unknown) => void,
  ) {}

  get any(): AnyModel<T> {
    return this as unknown as AnyModel<T>;
  }

  get<K extends keyof T>(name: K): T[K] {
    return this.traits[name];
  }

  set<K extends keyof T>(name: K, value: T[K]): void {
    this.wished({ [name]: value } as unknown as Partial<T>);
  }

  save_changes(): void {
    // a wish is heard at once
  }

  send(message: unknown): void {
    this.told(message);
  }

  /** Become `traits`, then say which have changed. */
  show(traits: Partial<T>): void {
    Object.assign(this.traits, traits);
    for (const name of Object.keys(traits)) for (const handler of this.#handlers.get(`change:${name}`) ?? []) handler();
  }

  on(event: string, handler: Handler): void {
    const handlers = this.#handlers.get(event) ?? new Set();
    this.#handlers.set(event, handlers.add(handler));
  }

  off(event: string, handler: Handler): void {
    this.#handlers.get(event)?.delete(handler);
  }
}
