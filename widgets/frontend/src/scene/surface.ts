// The look of surfaces: soft light from the reader's upper left, hollows darker, edges drawn in.
// One program for all; colour and opacity are uniforms. It is kept cheap, since many computers draw
// by software: colours are mixed as squares, which a square root turns into what a screen shows.
import { Color, DoubleSide, FrontSide, ShaderMaterial, SRGBColorSpace, Vector4 } from "three";

const VERTEX = `
attribute float hollow;
varying vec3 vNormal;
varying float vHollow;
#ifdef CUT
uniform vec4 cut;
varying float vBeyond;
#endif
void main() {
  vec4 place = modelMatrix * vec4(position, 1.0);
  vNormal = normalMatrix * normal;
  vHollow = hollow;
  #ifdef CUT
  vBeyond = dot(place.xyz, cut.xyz) - cut.w;
  #endif
  gl_Position = projectionMatrix * viewMatrix * place;
}`;

const FRAGMENT = `
varying vec3 vNormal;
varying float vHollow;
#ifdef CUT
varying float vBeyond;
#endif
#ifndef DEPTH_ONLY
uniform vec3 colour;
uniform float opacity;
uniform float gloss;
uniform float night;
const vec3 KEY = vec3(-0.4082, 0.5103, 0.7571);
const vec3 HALF = vec3(-0.2178, 0.2722, 0.9373);
#endif
void main() {
  #ifdef CUT
  if (vBeyond > 0.0) discard;
  #endif
  #ifdef DEPTH_ONLY
  gl_FragColor = vec4(0.0);
  #else
  vec3 n = normalize(gl_FrontFacing ? vNormal : -vNormal);
  float key = max(0.0, 0.62 * dot(n, KEY) + 0.38);
  float sky = 0.5 + 0.5 * n.y;
  vec3 light = vec3(1.02, 0.99, 0.94) * key * 0.86
    + mix(vec3(0.20, 0.19, 0.20), vec3(0.33, 0.35, 0.38), sky);
  float groove = clamp(vHollow, 0.0, 1.0);
  float ridge = clamp(-vHollow, 0.0, 1.0);
  float edge = 1.0 - clamp(n.z, 0.0, 1.0);
  edge *= edge * edge;
  float glint = max(0.0, dot(n, HALF));
  glint *= glint; glint *= glint; glint *= glint; glint *= glint;
  glint *= glint;
  vec3 shade = colour * light * (1.0 - 0.62 * groove) + colour * 0.10 * ridge;
  shade *= 1.0 - mix(0.55, 0.30, night) * edge;
  shade += 0.16 * gloss * glint;
  gl_FragColor = vec4(sqrt(shade), opacity);
  #endif
}`;

export interface SurfaceLook {
  /** A CSS colour. */
  colour: string;
  opacity: number;
  gloss: number;
  /** Drawn in the accent colour. */
  lit: boolean;
  /** Part of the mesh is not drawn: its inner side is seen through the gap. */
  open?: boolean;
}

/** A colour's channels as the surfaces' program takes them. */
export function squared(css: string): Color {
  const { r, g, b } = new Color(css).getRGB({ r: 0, g: 0, b: 0 }, SRGBColorSpace);
  const result = new Color();
  [result.r, result.g, result.b] = [r * r, g * g, b * b];
  return result;
}

/** Makes each look's material once, and changes cut and theme in all of them. */
export class Surfaces {
  readonly #cut = { value: new Vector4() };
  readonly #night = { value: 0 };
  readonly #made = new Map<string, ShaderMaterial>();
  /** Writes only depth: of something translucent just the nearest surface is then drawn. */
  readonly depthOnly = new ShaderMaterial({
    vertexShader: VERTEX,
    fragmentShader: FRAGMENT,
    transparent: true,
    colorWrite: false,
    defines: { DEPTH_ONLY: "" },
    uniforms: { cut: this.#cut },
  });
  #cutting = false;

  of(look: SurfaceLook): ShaderMaterial {
    const key = `${look.colour}|${look.opacity}|${look.gloss}|${look.open === true}`;
    let material = this.#made.get(key);
    if (!material) {
      material = this.#make(look);
      this.#made.set(key, material);
    }
    return material;
  }

  /** Beyond `w` along `xyz` nothing is drawn; null cuts nothing. */
  set cut(plane: Vector4 | null) {
    if (plane) this.#cut.value.copy(plane);
    if (this.#cutting === (plane !== null)) return;
    this.#cutting = plane !== null;
    for (const material of [this.depthOnly, ...this.#made.values()]) this.#arm(material);
  }

  set night(dark: boolean) {
    this.#night.value = dark ? 1 : 0;
  }

  dispose(): void {
    for (const material of this.#made.values()) material.dispose();
    this.depthOnly.dispose();
    this.#made.clear();
  }

  /** Without a cut the program has no `discard`, which would keep hidden surfaces from being skipped. */
  #arm(material: ShaderMaterial): void {
    if (this.#cutting) material.defines.CUT = "";
    else delete material.defines.CUT;
    material.needsUpdate = true;
  }

  #make({ colour, opacity, gloss, open }: SurfaceLook): ShaderMaterial {
    const material = new ShaderMaterial({
      vertexShader: VERTEX,
      fragmentShader: FRAGMENT,
      transparent: opacity < 1,
      side: open ? DoubleSide : FrontSide,
      defines: {},
      uniforms: {
        colour: { value: squared(colour) },
        opacity: { value: opacity },
        gloss: { value: gloss },
        cut: this.#cut,
        night: this.#night,
      },
    });
    this.#arm(material);
    return material;
  }
}
