// How finely the picture is drawn. Edges are smooth because it has two pixels for each one that the
// page gives it. Where a browser draws by software that would make moving slow: there it is coarse
// while it changes, and fine as soon as it rests.
import type { WebGLRenderer } from "three";

const FINE = 2;
const COARSE = 1;
const REST_MS = 220;
const SOFTWARE = /swiftshader|llvmpipe|softpipe|software|basic render/i;

export class Grain {
  readonly #slow: boolean;
  #ratio = 0;
  #width = 1;
  #height = 1;
  #resting: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly renderer: WebGLRenderer,
    private readonly render: () => void,
  ) {
    this.#slow = drawsBySoftware(renderer.getContext() as WebGL2RenderingContext);
  }

  /** The picture's size in CSS pixels. */
  resize(width: number, height: number): void {
    [this.#width, this.#height] = [width, height];
    this.#ratio = 0;
  }

  /** Draw now, and once more when nothing has been drawn for a moment. */
  draw(): void {
    this.#at(this.#slow ? COARSE : FINE);
    if (!this.#slow) return;
    clearTimeout(this.#resting);
    this.#resting = setTimeout(() => this.#at(FINE), REST_MS);
  }

  /** Draw now, finely. */
  refine(): void {
    clearTimeout(this.#resting);
    this.#at(FINE);
  }

  stop(): void {
    clearTimeout(this.#resting);
  }

  #at(ratio: number): void {
    if (ratio !== this.#ratio) {
      this.#ratio = ratio;
      this.renderer.setPixelRatio(ratio);
      this.renderer.setSize(this.#width, this.#height, false);
    }
    this.render();
  }
}

function drawsBySoftware(context: WebGL2RenderingContext): boolean {
  const info = context.getExtension("WEBGL_debug_renderer_info");
  const name: unknown = context.getParameter(info ? info.UNMASKED_RENDERER_WEBGL : context.RENDERER);
  return SOFTWARE.test(String(name));
}
