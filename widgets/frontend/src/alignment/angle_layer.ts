// Draws angles on a picture: lines and arcs, and labels on plates of their own that stay inside it.
import { setAttributes, svg } from "../dom.ts";
import type { Arc, DrawnAngle } from "./angles.ts";
import { fixed } from "./bones.ts";

/** What a picture or a film shows, in mm around the hip axis; y goes down. */
export const WINDOW = { left: -132, top: -334, width: 312, height: 424 };

/** Width of a letter and height of a label, in pixels of the page. */
const LABEL_PX = { letter: 8, height: 22, small_letter: 6.6, small_height: 18, margin: 10 };

export class AngleLayer {
  readonly lines = svg("g", { class: "l3s1-angles", "aria-hidden": "true" });
  readonly labels = svg("g", { class: "l3s1-angle-labels", "aria-hidden": "true" });

  show(drawn: readonly DrawnAngle[]): void {
    const lines = drawn.map(({ id, strokes, arcs }) =>
      svg(
        "g",
        { "data-angle": id },
        ...strokes.map(({ from, to, kind }) =>
          svg("line", {
            class: `l3s1-line-${kind}`,
            x1: fixed(from[0]),
            y1: fixed(-from[1]),
            x2: fixed(to[0]),
            y2: fixed(-to[1]),
          }),
        ),
        ...arcs.map((arc) => svg("path", { class: "l3s1-arc", d: arcPath(arc) })),
      ),
    );
    const labels = drawn.flatMap(({ id, labels: all }) =>
      all.map(({ at, text }) => {
        const words = svg("text", { y: fixed(-at[1]) });
        words.textContent = text;
        const place = { "data-angle": id, "data-x": fixed(at[0]) };
        return svg("g", { class: "l3s1-angle-label", ...place }, svg("rect"), words);
      }),
    );
    this.lines.replaceChildren(...lines);
    this.labels.replaceChildren(...labels);
  }

  /**
   * Fit the labels' plates to `perPixel` mm a pixel, by the length of their text: measuring it would
   * cost a layout. `shift` is where the layer's origin lies in the picture, mm.
   */
  fit(perPixel: number, shift: number): void {
    for (const label of this.labels.children) {
      const [box, text] = label.children as unknown as [SVGElement, SVGElement];
      const small = label.getAttribute("data-angle") === "segments";
      const letter = small ? LABEL_PX.small_letter : LABEL_PX.letter;
      const width = ((text.textContent?.length ?? 0) * letter + LABEL_PX.margin) * perPixel;
      const height = (small ? LABEL_PX.small_height : LABEL_PX.height) * perPixel;
      const low = WINDOW.left - shift + width / 2 + 2;
      const high = WINDOW.left + WINDOW.width - shift - width / 2 - 2;
      const x = Math.min(high, Math.max(low, Number(label.getAttribute("data-x"))));
      setAttributes(text, { x: fixed(x) });
      setAttributes(box, {
        x: fixed(x - width / 2),
        y: fixed(Number(text.getAttribute("y")) - height / 2),
        width: fixed(width),
        height: fixed(height),
        rx: fixed(4 * perPixel),
      });
    }
  }
}

function arcPath({ centre, radius, from, to }: Arc): string {
  const point = (degrees: number): string => {
    const radians = (degrees * Math.PI) / 180;
    return `${fixed(centre[0] + radius * Math.cos(radians))} ${fixed(-centre[1] - radius * Math.sin(radians))}`;
  };
  let turn = to - from;
  turn -= 360 * Math.round(turn / 360);
  return `M${point(from)}A${radius} ${radius} 0 0 ${turn > 0 ? 0 : 1} ${point(from + turn)}`;
}
