// Something to be found in the 3D model: clicked there, or chosen from a list of places that the model
// lights up and a still picture numbers.
import { h, setText, uniqueId } from "../../dom.ts";
import type { OpenScene } from "../../explorer/stage.ts";
import type { ViewName } from "../../scene/types.ts";
import { sayStructure } from "../../scene/words.ts";
import { capital } from "../../explorer/tree.ts";
import { FindStage, PLACES_FROM } from "../find_stage.ts";
import { markedPicture, type PictureModel } from "../marked_picture.ts";
import type { Candidate, FindItem, Response } from "../types.ts";
import type { Explanation, Field, Missing } from "./field.ts";

const RIGHT_COLOUR = "#009e73";
const TAKEN_COLOUR = "#d55e00";

export class FindField implements Field {
  readonly element: HTMLElement;
  readonly #stage: FindStage;
  readonly #said = h("p", { class: "l3s1-find-said", role: "status" });
  readonly #list: HTMLDetailsElement;
  readonly #picture = h("div", {});
  readonly #inputs: readonly HTMLInputElement[];
  #taken: string | null = null;
  /** Once it is answered the model shows what is right. */
  #answered = false;
  #revealed = false;

  constructor(
    private readonly item: FindItem,
    private readonly model: PictureModel,
    openScene: OpenScene,
    private readonly removed: AbortSignal,
  ) {
    const { view, peeled } = item.find;
    this.#stage = new FindStage(
      { view: view as ViewName, peeled },
      openScene,
      {
        picked: (structure) => this.#pick(structure),
        changed: () => this.#draw(),
        missing: () => this.#unfold(),
      },
      removed,
    );
    const name = uniqueId("find");
    this.#inputs = item.candidates.map(({ id }) => h("input", { type: "radio", name, value: id }));
    for (const input of this.#inputs) input.addEventListener("change", () => this.#take(input.value));
    this.#list = h(
      "details",
      { class: "l3s1-places" },
      h("summary", {}, `Without a mouse or 3D: choose one of ${item.candidates.length} places`),
      this.#picture,
      h("p", { class: "l3s1-note" }, PLACES_FROM),
      h(
        "div",
        { class: "l3s1-options" },
        ...item.candidates.map((each, at) =>
          h("label", { class: "l3s1-option" }, this.#inputs[at], h("span", {}, this.#say(each, at))),
        ),
      ),
    );
    this.#list.addEventListener("toggle", () => this.#list.open && this.#unfold());
    this.element = h("div", { class: "l3s1-find-field" }, this.#stage.element, this.#said, this.#list);
  }

  read(): Response | Missing {
    if (this.#taken !== null) return this.#taken;
    return {
      missing: "Mark a structure first: click it in the model, or choose a place from the list.",
      where: this.element.querySelector<HTMLElement>(".l3s1-find-stage button, summary"),
    };
  }

  show(response: Response | null): void {
    this.#taken = typeof response === "string" ? response : null;
    this.#answered = false;
    this.#revealed = false;
    for (const input of this.#inputs) input.checked = input.value === this.#taken;
    this.#draw();
  }

  set disabled(disabled: boolean) {
    this.#answered = disabled;
    for (const input of this.#inputs) input.disabled = disabled;
    this.#draw();
  }

  focus(): void {
    const first = this.#list.open ? this.#inputs[0] : null;
    (first ?? this.element.querySelector<HTMLElement>(".l3s1-find-stage button, summary"))?.focus();
  }

  explain(response: Response): Explanation {
    const { find, near, feedback } = this.item;
    const taken = response as string;
    const right = find.structures.includes(taken);
    const missed = near.find(({ structures }) => structures.includes(taken));
    const said = right ? feedback.right : (missed?.feedback ?? feedback.wrong);
    const where = find.structures.map((id, at) => capital(`${find.names[at] ?? sayStructure(id)}: ${this.#place(id)}`));
    const show = h("button", { type: "button", class: "l3s1-button" }, "Show it in the model");
    show.addEventListener("click", () => void this.#reveal());
    return {
      given: `You marked: ${this.#name(taken)}.`,
      feedback: [h("p", {}, said)],
      rest: {
        summary: "Where it lies",
        body: h("div", {}, ...where.map((text) => h("p", {}, `${text}.`)), this.#stage.isMissing ? "" : show),
      },
    };
  }

  #pick(structure: string): void {
    if (this.#answered) return;
    this.#take(structure);
    for (const input of this.#inputs) input.checked = input.value === structure;
    this.element.dispatchEvent(new Event("change", { bubbles: true }));
  }

  #take(structure: string): void {
    this.#taken = structure;
    this.#draw();
  }

  async #reveal(): Promise<void> {
    this.#revealed = true;
    if (!this.#stage.isOpen) await this.#stage.open();
    this.#draw();
    this.element.scrollIntoView?.({ block: "nearest" });
  }

  /** The numbered picture is fetched when the list is opened. */
  #unfold(): void {
    this.#list.open = true;
    const { picture, spots, candidates } = this.item;
    if (!picture || this.#picture.hasChildNodes()) return;
    const marks = candidates.flatMap(({ id }, at) => {
      const spot = spots[id];
      return spot ? [{ number: String(at + 1), at: spot }] : [];
    });
    this.#picture.append(markedPicture(this.model, picture, marks, this.removed));
  }

  #say({ id, place }: Candidate, at: number): string {
    const drawn = !this.item.picture || this.item.spots[id] ? "" : " (not seen in the picture)";
    return `${at + 1}: ${place}${drawn}`;
  }

  #name(id: string): string {
    return this.item.candidates.find((each) => each.id === id)?.name ?? sayStructure(id);
  }

  #place(id: string): string {
    return this.item.candidates.find((each) => each.id === id)?.place ?? this.#stage.place(id) ?? "in the model";
  }

  #draw(): void {
    const taken = this.#taken;
    setText(this.#said, taken === null || this.#answered ? "" : `Marked: ${this.#place(taken)}.`);
    // A stored answer may name what the model no longer has.
    const known = (ids: readonly string[]): string[] => ids.filter((id) => this.#stage.knows(id));
    const { structures } = this.item.find;
    const given = taken === null ? [] : known([taken]);
    const right = taken !== null && structures.includes(taken);
    const shown = this.#answered && (right || this.#revealed) ? known(structures) : [];
    const colours = [
      ...(this.#answered ? given.map((id) => [id, TAKEN_COLOUR]) : []),
      ...shown.map((id) => [id, RIGHT_COLOUR]),
    ];
    this.#stage.show({
      highlight: this.#answered ? [] : given,
      colour: Object.fromEntries(colours) as Record<string, string>,
      labels: this.#answered ? [...new Set([...given, ...shown])] : [],
    });
  }
}
