// Where labels stand: in a column at each side, near the height of what they name, none over another.

/** The level piece of a leader line, beside its label. */
export const KNEE_PX = 10;

export interface Anchor {
  /** What is named, CSS pixels in the picture. */
  x: number;
  y: number;
  /** The label's own size. */
  width: number;
  height: number;
}

export interface Placed {
  side: "left" | "right";
  /** The label's upper edge. */
  top: number;
}

export interface Frame {
  width: number;
  height: number;
  /** Kept free at the upper and the lower edge. */
  margin: number;
  /** Kept free at the left and the right edge. */
  inset: number;
  /** Between labels. */
  gap: number;
}

/**
 * A place for each anchor, in their order; null where the picture has no room left. Each label
 * goes to the nearer side, unless it would cover there what it names, or the side is full; the order from top to bottom is that of
 * the anchors, so that leader lines do not cross, and the shifts are the least possible.
 */
export function layOut(anchors: readonly Anchor[], frame: Frame): (Placed | null)[] {
  const placed: (Placed | null)[] = anchors.map(() => null);
  const columns = { left: [] as number[], right: [] as number[] };
  const room = frame.height - 2 * frame.margin + frame.gap;
  const used = { left: 0, right: 0 };
  const order = anchors.map((_, index) => index);
  // Those farthest from the middle choose first.
  order.sort((a, b) => fromMiddle(anchors[b], frame) - fromMiddle(anchors[a], frame));
  for (const index of order) {
    const anchor = anchors[index] as Anchor;
    const side = sidesOf(anchor, frame).find((each) => used[each] + anchor.height + frame.gap <= room);
    if (!side) continue;
    used[side] += anchor.height + frame.gap;
    columns[side].push(index);
  }
  for (const side of ["left", "right"] as const) {
    const column = columns[side].sort((a, b) => (anchors[a]?.y ?? 0) - (anchors[b]?.y ?? 0));
    const tops = spread(
      column.map((index) => anchors[index] as Anchor),
      frame,
    );
    column.forEach((index, at) => (placed[index] = { side, top: tops[at] as number }));
  }
  return placed;
}

type Side = Placed["side"];

/** The sides that would do, the better one first. */
function sidesOf({ x, width }: Anchor, frame: Frame): Side[] {
  const clear = { left: x - frame.inset - width, right: frame.width - frame.inset - width - x };
  const near: Side = x < frame.width / 2 ? "left" : "right";
  const far: Side = near === "left" ? "right" : "left";
  return clear[near] < KNEE_PX && clear[far] > clear[near] ? [far, near] : [near, far];
}

function fromMiddle(anchor: Anchor | undefined, { width }: Frame): number {
  return Math.abs((anchor?.x ?? 0) - width / 2);
}

interface Block {
  /** Sum of the wishes for the block's start, and how many labels wish. */
  sum: number;
  count: number;
  height: number;
}

/** Upper edges of labels one below the other, each as near as can be to its anchor's height. */
function spread(labels: readonly Anchor[], { height, margin, gap }: Frame): number[] {
  const blocks: Block[] = [];
  const low = margin;
  const startOf = ({ sum, count, height: own }: Block): number =>
    Math.max(low, Math.min(height - margin - own, sum / count));
  for (const label of labels) {
    let block: Block = { sum: label.y - label.height / 2, count: 1, height: label.height };
    for (let before = blocks.at(-1); before; before = blocks.at(-1)) {
      if (startOf(before) + before.height + gap <= startOf(block)) break;
      blocks.pop();
      const shift = before.height + gap;
      block = {
        sum: before.sum + block.sum - block.count * shift,
        count: before.count + block.count,
        height: shift + block.height,
      };
    }
    blocks.push(block);
  }
  const tops: number[] = [];
  for (const block of blocks) {
    let top = startOf(block);
    for (let n = 0; n < block.count; n += 1) {
      const label = labels[tops.length] as Anchor;
      tops.push(top);
      top += label.height + gap;
    }
  }
  return tops;
}

/** A round number of mm whose bar is at most `most` pixels long. */
export function scaleBar(mmPerPixel: number, most: number): number {
  const sizes = [100, 50, 20, 10, 5, 2, 1];
  return sizes.find((mm) => mm / mmPerPixel <= most) ?? 1;
}
