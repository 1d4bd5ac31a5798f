// The look of surfaces: soft light from the reader's upper left, hollows darker, edges drawn in.
// One program for all; colour, opacity and the cutting plane are uniforms.
import { Color, DoubleSide, FrontSide, ShaderMaterial, Vector4 } from "three";

const VERTEX = `
attribute float hollow;
varying vec3 vNormal;
varying vec3 vPlace;
varying float vHollow;
void main() {
  vec4 place = modelMatrix * vec4(position, 1.0);
  vPlace = place.xyz;
  vNormal = normalMatrix * normal;
  vHollow = hollow;
  gl_Position = projectionMatrix * viewMatrix * place;
}`;

const FRAGMENT = `
uniform vec3 colour;
uniform float opacity;
uniform float gloss;
uniform float night;
uniform vec4 cut;
varying vec3 vNormal;
varying vec3 vPlace;
varying float vHollow;
const vec3 KEY = vec3(-0.4082, 0.5103, 0.7571);
const vec3 HALF = vec3(-0.2178, 0.2722, 0.9373);
void main() {
  if (dot(vPlace, cut.xyz) > cut.w) discard;
  vec3 n = normalize(vNormal);
  if (!gl_FrontFacing) n = -n;
  float key = max(0.0, 0.62 * dot(n, KEY) + 0.38);
  float sky = 0.5 + 0.5 * n.y;
  vec3 light = vec3(1.02, 0.99, 0.94) * key * 0.86
    + mix(vec3(0.20, 0.19, 0.20), vec3(0.33, 0.35, 0.38), sky);
  float groove = clamp(vHollow, 0.0, 1.0);
  float ridge = clamp(-vHollow, 0.0, 1.0);
  float facing = clamp(n.z, 0.0, 1.0);
  float edge = pow(1.0 - facing, 3.0);
  vec3 shade = colour * light;
  shade *= 1.0 - 0.62 * groove;
  shade += colour * 0.10 * ridge;
  shade *= 1.0 - mix(0.55, 0.30, night) * edge;
  shade += 0.16 * gloss * pow(max(0.0, dot(n, HALF)), 28.0);
  gl_FragColor = vec4(shade, opacity);
  #include <colorspace_fragment>
}`;

/** Beyond `w` along `xyz` nothing is drawn. */
export const UNCUT = new Vector4(0, 0, 0, 1);

export interface SurfaceLook {
  /** A CSS colour. */
  colour: string;
  opacity: number;
  gloss: number;
  /** Drawn in the accent colour. */
  lit: boolean;
}

/** Makes each look's material once, and changes cut and theme in all of them. */
export class Surfaces {
  readonly #cut = { value: UNCUT.clone() };
  readonly #night = { value: 0 };
  readonly #made = new Map<string, ShaderMaterial>();
  /** Writes only depth: of something translucent just the nearest surface is then drawn. */
  readonly depthOnly: ShaderMaterial;

  constructor() {
    this.depthOnly = this.#make({ colour: "#000000", opacity: 1, gloss: 0, lit: false });
    this.depthOnly.colorWrite = false;
    this.depthOnly.transparent = true;
  }

  of(look: SurfaceLook): ShaderMaterial {
    const key = `${look.colour}|${look.opacity}|${look.gloss}`;
    let material = this.#made.get(key);
    if (!material) {
      material = this.#make(look);
      this.#made.set(key, material);
    }
    return material;
  }

  set cut(plane: Vector4) {
    this.#cut.value.copy(plane);
  }

  set night(dark: boolean) {
    this.#night.value = dark ? 1 : 0;
  }

  dispose(): void {
    for (const material of this.#made.values()) material.dispose();
    this.depthOnly.dispose();
    this.#made.clear();
  }

  #make({ colour, opacity, gloss }: SurfaceLook): ShaderMaterial {
    return new ShaderMaterial({
      vertexShader: VERTEX,
      fragmentShader: FRAGMENT,
      transparent: opacity < 1,
      side: opacity < 1 ? FrontSide : DoubleSide,
      uniforms: {
        colour: { value: new Color(colour) },
        opacity: { value: opacity },
        gloss: { value: gloss },
        cut: this.#cut,
        night: this.#night,
      },
    });
  }
}
