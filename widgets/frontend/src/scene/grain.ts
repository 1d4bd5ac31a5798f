// How finely the picture is drawn. Where the screen has one pixel for each CSS pixel, the picture is
// drawn twice as fine and averaged, which makes edges smooth. Where a browser draws by software
// that would make moving slow: there it is coarse while it changes, and fine as soon as it rests.
import {
  Camera,
  Mesh,
  PlaneGeometry,
  Scene,
  ShaderMaterial,
  WebGLRenderTarget,
  type WebGLRenderer,
} from "three";

const DENSEST = 2;
const FINER = 2;
const REST_MS = 220;
const SOFTWARE = /swiftshader|llvmpipe|softpipe|software|basic render/i;

const VERTEX = `
varying vec2 vPlace;
void main() {
  vPlace = uv;
  gl_Position = vec4(position.xy, 0.0, 1.0);
}`;
// Each pixel's middle is the corner of four finer ones: one look gives their mean.
const FRAGMENT = `
uniform sampler2D finer;
varying vec2 vPlace;
void main() {
  gl_FragColor = vec4(texture2D(finer, vPlace).rgb, 1.0);
}`;

export class Grain {
  readonly #slow: boolean;
  readonly #finer = new WebGLRenderTarget(1, 1);
  readonly #material: ShaderMaterial;
  readonly #quad: Mesh<PlaneGeometry, ShaderMaterial>;
  readonly #scene = new Scene();
  readonly #camera = new Camera();
  #averages = true;
  #resting: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly renderer: WebGLRenderer,
    private readonly render: () => void,
  ) {
    this.#slow = drawsBySoftware(renderer.getContext() as WebGL2RenderingContext);
    this.#material = new ShaderMaterial({
      vertexShader: VERTEX,
      fragmentShader: FRAGMENT,
      uniforms: { finer: { value: this.#finer.texture } },
      depthTest: false,
      depthWrite: false,
    });
    this.#quad = new Mesh(new PlaneGeometry(2, 2), this.#material);
    this.#quad.frustumCulled = false;
    this.#scene.add(this.#quad);
  }

  /** The picture's size in CSS pixels. */
  resize(width: number, height: number): void {
    const ratio = this.#slow ? 1 : Math.min(DENSEST, devicePixelRatio);
    this.#averages = ratio < DENSEST;
    this.renderer.setPixelRatio(ratio);
    this.renderer.setSize(width, height, false);
    const { width: across, height: down } = this.renderer.domElement;
    this.#finer.setSize(FINER * across, FINER * down);
  }

  /** Draw now; where this was coarse, once more when nothing has been drawn for a moment. */
  draw(): void {
    clearTimeout(this.#resting);
    if (!this.#slow) this.refine();
    else {
      this.render();
      this.#resting = setTimeout(() => this.refine(), REST_MS);
    }
  }

  /** Draw now, finely. */
  refine(): void {
    clearTimeout(this.#resting);
    if (!this.#averages) {
      this.render();
      return;
    }
    this.renderer.setRenderTarget(this.#finer);
    this.render();
    this.renderer.setRenderTarget(null);
    this.renderer.render(this.#scene, this.#camera);
  }

  dispose(): void {
    clearTimeout(this.#resting);
    this.#finer.dispose();
    this.#material.dispose();
    this.#quad.geometry.dispose();
  }
}

function drawsBySoftware(context: WebGL2RenderingContext): boolean {
  const info = context.getExtension("WEBGL_debug_renderer_info");
  const name: unknown = context.getParameter(info ? info.UNMASKED_RENDERER_WEBGL : context.RENDERER);
  return SOFTWARE.test(String(name));
}
