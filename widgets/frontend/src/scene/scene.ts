// The scene: the model, the reader's eye, and what happens between them. Draws only what has changed.
import { Color, LinearSRGBColorSpace, Scene, SRGBColorSpace, Vector4, WebGLRenderer } from "three";
import { Announcer, h, uniqueId } from "../dom.ts";
import { isDark, watchTheme } from "../theme.ts";
import { anchorOf } from "./anchors.ts";
import { axesOf, between, DIRECTIONS, Eye, fitting, tidied, type Gaze } from "./camera.ts";
import { canalAreas } from "./canal.ts";
import { Caps } from "./caps.ts";
import { Knife } from "./knife.ts";
import { Grain } from "./grain.ts";
import { KEYS_IN_WORDS } from "./keyboard.ts";
import { Model, type Pointed } from "./model.ts";
import { Measuring } from "./measuring.ts";
import { Overlay } from "./overlay.ts";
import { VIEW_WORDS } from "./orientation.ts";
import { mergePacks, readPack } from "./pack.ts";
import { firstHit } from "./pick.ts";
import { Reader } from "./reader.ts";
import { changed, defaultState, differences } from "./state.ts";
import { Tween } from "./tween.ts";
import {
  WebGlMissing,
  type AnatomyScene,
  type CreateScene,
  type PartInfo,
  type Pick,
  type SceneEvents,
  type SceneState,
  type Vector,
  type ViewName,
} from "./types.ts";
import { add, subtract, times } from "./vectors.ts";
import { sayStructure } from "./words.ts";

type Options = NonNullable<Parameters<CreateScene>[2]>;
type Handlers = { [K in keyof SceneEvents]: Set<(value: SceneEvents[K]) => void> };

const GLIDE_MS = 320;
const POSTURE_MS = 700;
const FORAMEN_MM = 74;
/** Nearer to the reader than this, muscle and iliac crest would hide the foramen. */
const BEFORE_FORAMEN_MM = 26;
const REST_MS = 120;
const ROOM_BESIDE_LABELS = 0.72;
const WIDE_PX = 600; // a narrower picture can spare no room: labels stand on the model

export const createScene: CreateScene = async (host, bytes, options = {}) => {
  const canvas = h("canvas", { "aria-hidden": "true" });
  // No multisampling: the picture is drawn finer than the screen shows it, see Grain.
  const context = canvas.getContext("webgl2", { antialias: false });
  if (!context) throw new WebGlMissing("this browser shows no WebGL");
  try {
    const [first, ...others] = await Promise.all([readPack(bytes), ...(options.more ?? []).map(readPack)]);
    const pack = mergePacks([first, ...others]);
    options.signal?.throwIfAborted();
    return new SpineScene(host, canvas, context, new Model(pack), options);
  } catch (error) {
    context.getExtension("WEBGL_lose_context")?.loseContext();
    throw error;
  }
};

class SpineScene implements AnatomyScene {
  readonly parts: readonly PartInfo[];
  readonly #model: Model;
  readonly #eye = new Eye();
  readonly #drawn = new Scene();
  readonly #caps = new Caps();
  readonly #knife: Knife;
  readonly #renderer: WebGLRenderer;
  readonly #grain: Grain;
  readonly #overlay: Overlay;
  readonly #announcer: Announcer;
  readonly #stage: HTMLElement;
  readonly #removed = new AbortController();
  readonly #handlers: Handlers = {
    pick: new Set(),
    hover: new Set(),
    measure: new Set(),
    view: new Set(),
  };
  readonly #say: (structure: string) => string;
  readonly #glide: Tween;
  readonly #settling: Tween;
  readonly #measuring = new Measuring();
  #state = defaultState();
  #supine = 0;
  #frame = 0;
  /** The view that the eye has now; null once the reader has turned, moved or zoomed. */
  #view: ViewName | null = null;
  readonly #pointed: Pointed = { cursor: null, hovered: null };
  /** Whether the cut's faces must be made anew before the next frame. */
  #uncut = true;
  #resting: ReturnType<typeof setTimeout> | undefined;

  constructor(
    host: HTMLElement,
    private readonly canvas: HTMLCanvasElement,
    context: WebGL2RenderingContext,
    model: Model,
    { state, say, signal }: Options,
  ) {
    this.#model = model;
    this.parts = model.catalogue.parts;
    this.#say = say ?? sayStructure;
    const clock = { now: () => performance.now(), frame: () => this.#invalidate() };
    this.#glide = new Tween(clock);
    this.#settling = new Tween(clock);
    const next = changed(this.#state, state ?? {}, model.catalogue);

    this.#renderer = new WebGLRenderer({ canvas, context });
    // Colours are mixed and written as the screen takes them: see surface.ts.
    this.#renderer.outputColorSpace = LinearSRGBColorSpace;
    // From the front backwards: what is hidden need not be coloured.
    this.#renderer.setOpaqueSort((one, other) => one.z - other.z);
    this.#grain = new Grain(this.#renderer, () => this.#render());
    this.#drawn.add(model.group, this.#caps.mesh);
    this.#knife = new Knife(model);
    this.#announcer = new Announcer(this.#removed.signal, 300);
    this.#overlay = new Overlay();
    const help = uniqueId("scene-keys");
    this.#stage = h(
      "div",
      {
        class: "l3s1-scene",
        role: "application",
        tabindex: 0,
        "aria-roledescription": "3D model",
        "aria-describedby": help,
      },
      canvas,
      this.#overlay.element,
      h("p", { id: help, class: "l3s1-hidden" }, KEYS_IN_WORDS),
      this.#announcer.element,
    );
    host.append(this.#stage);

    this.#state = next;
    this.#supine = next.posture === "supine" ? 1 : 0;
    this.#applyTheme();
    this.#settle();
    this.#resize();
    this.#go(next.view, 0);
    this.#listen();
    signal?.addEventListener("abort", () => this.dispose(), { once: true });
    this.#invalidate();
  }

  get state(): Readonly<SceneState> {
    return this.#state;
  }

  set(change: Partial<SceneState>): void {
    const before = this.#state;
    const after = changed(before, change, this.#model.catalogue);
    this.#state = after;
    const differ = differences(before, after);
    const any = (...keys: (keyof SceneState)[]): boolean => keys.some((key) => differ.has(key));
    if (any("posture")) this.#lie(after.posture === "supine" ? 1 : 0);
    else if (any("slip", "disc_height", "morph", "scale", "explode", "arranged")) this.#settle();
    if (any("peeled", "hidden", "isolated", "opacity", "colour", "highlight")) this.#paint();
    if (any("view") && after.arranged.length > 0) this.#settle();
    if (any("section")) this.#uncut = true;
    if (any("labels")) this.#name();
    if (any("measuring")) this.#forgetLength();
    if (change.view !== undefined) this.#go(change.view, GLIDE_MS);
    else if (this.#view && any("explode", "arranged")) this.#go(this.#view, GLIDE_MS);
    if (differ.size > 0) this.#invalidate();
  }

  frame(structures: readonly string[]): void {
    this.#model.catalogue.check(structures);
    const { gaze } = this.#eye;
    // A view that was just asked for may still be on its way.
    const [azimuth, elevation] = this.#view ? DIRECTIONS[this.#view] : [gaze.azimuth, gaze.elevation];
    const corners = this.#model.corners(structures);
    const place = fitting(corners, azimuth, elevation, this.#eye.aspect, 1.15);
    this.#glideTo({ azimuth, elevation, ...place }, GLIDE_MS);
    this.#leaveView();
  }

  zoom(factor: number): void {
    this.#byHand({ ...this.#eye.gaze, height: this.#eye.gaze.height / factor });
  }

  turn(rightDeg: number, upDeg: number): void {
    const { gaze } = this.#eye;
    this.#byHand({
      ...gaze,
      azimuth: gaze.azimuth + rightDeg,
      elevation: gaze.elevation + upDeg,
    });
  }

  on<K extends keyof SceneEvents>(event: K, handler: (value: SceneEvents[K]) => void): () => void {
    const handlers = this.#handlers[event];
    handlers.add(handler);
    return () => void handlers.delete(handler);
  }

  canalAreas(): Record<string, number> {
    return canalAreas(this.#model.pack.header.canal_area, this.#state);
  }

  middle(structure: string): Vector {
    return this.#model.middle(structure);
  }

  carry(part: string, rows: readonly number[]): void {
    this.#model.find(part).part.carry(rows);
    this.#invalidate();
  }

  async snapshot(): Promise<Blob> {
    this.#cut(); // what was set a moment ago may wait for its frame
    this.#grain.refine();
    const blob = await new Promise<Blob | null>((resolve) => this.canvas.toBlob(resolve, "image/png"));
    if (!blob) throw new Error("the browser made no picture");
    return blob;
  }

  dispose(): void {
    if (this.#removed.signal.aborted) return;
    this.#removed.abort();
    cancelAnimationFrame(this.#frame);
    clearTimeout(this.#resting);
    this.#grain.dispose();
    this.#glide.stop();
    this.#settling.stop();
    this.#model.dispose();
    this.#caps.dispose();
    this.#renderer.dispose();
    this.#renderer.forceContextLoss();
    this.#stage.remove();
  }

  // --- what is shown -----------------------------------------------------------------------------

  #applyTheme(): void {
    const surface = getComputedStyle(this.#stage).backgroundColor;
    const accent = getComputedStyle(this.#overlay.probe).color;
    const dark = isDark(this.#stage);
    const same = surface === this.#surface && accent === this.#palette.accent;
    if (same && dark === this.#palette.dark) return;
    this.#surface = surface;
    this.#palette = { dark, accent };
    this.#clear();
    this.#paint();
  }

  #clear(): void {
    const { r, g, b } = new Color(this.#surface).getRGB({ r: 0, g: 0, b: 0 }, SRGBColorSpace);
    this.#renderer.setClearColor(new Color().setRGB(r, g, b, LinearSRGBColorSpace));
  }

  #surface = "";
  #palette = { dark: false, accent: "" };

  #paint(): void {
    this.#model.paint(this.#state, this.#palette, this.#pointed);
    this.#uncut = true;
    this.#invalidate();
  }

  /** Bring all vertices to where the state and the posture on its way have them. */
  #settle(): void {
    this.#model.deform(this.#state, this.#supine);
    this.#uncut = true;
    this.#forgetLength();
    this.#model.place(this.#state, axesOf(...DIRECTIONS[this.#state.view]).right);
    this.#invalidate();
  }

  #lie(goal: number): void {
    const from = this.#supine;
    this.#settling.run(POSTURE_MS, (share) => {
      this.#supine = from + share * (goal - from);
      this.#settle();
    });
  }

  #go(view: ViewName, lasts: number): void {
    const [azimuth, elevation] = DIRECTIONS[view];
    const place =
      (view === "through_foramen" ? this.#foramen() : null) ??
      fitting(this.#model.corners(), azimuth, elevation, this.#aspect);
    const front = view === "through_foramen" ? BEFORE_FORAMEN_MM : null;
    this.#glideTo({ azimuth, elevation, ...place }, lasts, front);
    if (this.#view === view) return;
    this.#view = view;
    const words = `Lumbar spine in 3D, seen ${VIEW_WORDS[view]}`;
    this.#stage.setAttribute("aria-label", words);
    this.#emit("view", view);
  }

  /** The shape of the room that the model has: labels stand at both sides where it is wide. */
  get #aspect(): number {
    const shared = this.#state.labels.length > 0 && this.#eye.width >= WIDE_PX;
    return this.#eye.aspect * (shared ? ROOM_BESIDE_LABELS : 1);
  }

  /** The left foramen of L4–L5: between both pedicles. */
  #foramen(): { target: Vector; height: number } | null {
    const points = ["L4.pedicle.left", "L5.pedicle.left"].map((name) => {
      const landmark = this.#model.pack.landmarks[name];
      if (landmark) return this.#model.shown(landmark.at, landmark.bone);
      return this.#model.catalogue.partOf.has(name) ? this.#model.middle(name) : null;
    });
    const [upper, lower] = points;
    if (!upper || !lower) return null;
    return { target: times(add(upper, lower), 0.5), height: FORAMEN_MM };
  }

  // --- the eye -----------------------------------------------------------------------------------

  #glideTo(goal: Gaze, lasts: number, front: number | null = null): void {
    const from = this.#eye.gaze;
    this.#glide.run(lasts, (share) => {
      if (share === 1) this.#eye.look(goal, front);
      else this.#eye.look(between(from, goal, share));
      this.#invalidate();
    });
  }

  #byHand(gaze: Gaze): void {
    this.#glide.stop();
    this.#eye.look(tidied(gaze));
    this.#leaveView();
    this.#invalidate();
  }

  #leaveView(): void {
    if (this.#view === null) return;
    this.#view = null;
    this.#stage.setAttribute("aria-label", "Lumbar spine in 3D, turned by hand");
    this.#emit("view", null);
  }

  #resize(): void {
    const { clientWidth: width, clientHeight: height } = this.#stage;
    if (width === 0 || height === 0) return;
    this.#applyTheme(); // a picture that was not on the page had no style
    this.#grain.resize(width, height);
    this.#eye.resize(width, height);
    this.#overlay.resized();
    if (this.#view) this.#go(this.#view, 0);
    this.#invalidate();
  }

  // --- drawing -----------------------------------------------------------------------------------

  #invalidate(): void {
    if (this.#frame || this.#removed.signal.aborted) return;
    this.#frame = requestAnimationFrame(() => {
      this.#frame = 0;
      this.#glide.tick();
      this.#settling.tick();
      this.#draw();
    });
  }

  #draw(): void {
    this.#cut();
    this.#grain.draw();
    this.#overlay.place(this.#eye, this.#measuring.length);
    this.#nameAtRest();
  }

  #render(): void {
    this.#renderer.render(this.#drawn, this.#eye.camera);
  }

  /** Cut what is drawn, if the cut or what it meets has changed. */
  #cut(): void {
    const turned = this.#knife.aim(this.#state.section, this.#eye.axes.back);
    if (!this.#uncut && !turned) return;
    this.#uncut = false;
    const { plane } = this.#knife;
    this.#model.surfaces.cut = plane ? new Vector4(...plane.normal, plane.limit) : null;
    this.#caps.cut(this.#model.parts, plane);
  }

  /** Looking for what can be seen takes a while: not while the picture moves. */
  #nameAtRest(): void {
    clearTimeout(this.#resting);
    if (this.#state.labels.length === 0) return;
    this.#resting = setTimeout(() => this.#name(), REST_MS);
  }

  /** Find for each label the point it leads to, as the reader looks now. */
  #name(): void {
    const look = (x: number, y: number): Pick | null => this.#pickAt(x, y);
    const named = this.#state.labels.map((structure) => ({
      text: this.#say(structure),
      ...anchorOf(structure, this.#model, this.#eye, look),
    }));
    this.#overlay.name(named);
    this.#overlay.place(this.#eye, this.#measuring.length);
  }

  // --- the reader --------------------------------------------------------------------------------

  #listen(): void {
    const { signal } = this.#removed;
    new Reader({
      canvas: this.canvas,
      stage: this.#stage,
      signal,
      turn: (right, up) => this.turn(right, up),
      zoom: (factor) => this.zoom(factor),
      zoomAt: (factor, x, y) => this.#zoomAt(factor, x, y),
      move: (right, down) => this.#move(right, down),
      go: (view) => this.set({ view }),
      pickAt: (x, y) => this.#pickAt(x, y),
      pickOf: (structure) => ({
        structure,
        part: this.#model.find(structure).part.info.name,
        point: this.#model.middle(structure),
      }),
      shown: (within) => this.#model.shownStructures(this.#state, within),
      tip: (pick, x, y) => {
        const text = pick && this.#state.tips ? this.#say(pick.structure) : null;
        this.#overlay.tip(text, x, y);
      },
      announce: (text) => this.#announcer.say(text),
      announcePick: (pick) => {
        const name = pick && (this.#state.tips ? this.#say(pick.structure) : "Picked");
        this.#announcer.say(name ?? "Nothing picked");
      },
      say: this.#say,
      moved: (cursor) => {
        this.#pointed.cursor = cursor;
        this.#paint();
      },
      picked: (pick) => {
        this.#emit("pick", pick);
        if (pick) this.#measure(pick);
      },
      hovered: (pick) => {
        this.#pointed.hovered = pick?.structure ?? null;
        this.#paint();
        this.#emit("hover", pick);
      },
      ended: () => this.#forgetLength(),
    });
    const observer = new ResizeObserver(() => this.#resize());
    observer.observe(this.#stage);
    signal.addEventListener("abort", () => observer.disconnect());
    watchTheme(() => this.#applyTheme(), signal);
    const restored = (): void => {
      this.#clear(); // three.js begins anew with black
      this.#invalidate();
    };
    this.canvas.addEventListener("webglcontextrestored", restored, { signal });
  }

  #zoomAt(factor: number, x: number, y: number): void {
    const { gaze } = this.#eye;
    const before = this.#eye.ray(x, y).from;
    this.#byHand({ ...gaze, height: gaze.height / factor });
    const after = this.#eye.ray(x, y).from;
    this.#byHand({ ...this.#eye.gaze, target: add(gaze.target, subtract(before, after)) });
  }

  #move(right: number, down: number): void {
    const { axes, gaze, mmPerPixel } = this.#eye;
    const shift = add(times(axes.right, -right * mmPerPixel), times(axes.up, down * mmPerPixel));
    this.#byHand({ ...gaze, target: add(gaze.target, shift) });
  }

  #pickAt(x: number, y: number): Pick | null {
    this.#cut();
    const ray = this.#eye.ray(x, y);
    const face = this.#caps.hit(ray);
    const hit = firstHit(this.#model.parts, ray, this.#knife.plane, face?.distance) ?? face;
    if (!hit) return null;
    const { info } = hit.part;
    return { structure: info.structures[hit.region] ?? info.name, part: info.name, point: hit.point };
  }

  #measure(pick: Pick): void {
    if (!this.#state.measuring) return;
    const measurement = this.#measuring.take(pick);
    this.#invalidate();
    if (!measurement) return;
    this.#announcer.say(`${measurement.mm.toFixed(1)} mm`);
    this.#emit("measure", measurement);
  }

  #forgetLength(): void {
    if (!this.#measuring.clear()) return;
    this.#invalidate();
    this.#emit("measure", null);
  }

  #emit<K extends keyof SceneEvents>(event: K, value: SceneEvents[K]): void {
    for (const handler of [...this.#handlers[event]]) handler(value);
  }
}
