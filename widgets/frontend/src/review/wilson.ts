// Wilson's score interval (95 %), as `l3s1.models.proportion` computes it; both are tested with
// tests/fixtures/wilson.json at the repository's root.
const Z = 1.959963984540054;

export interface Proportion {
  share: number;
  low: number;
  high: number;
}

export function wilson(events: number, n: number): Proportion {
  if (!(n > 0 && events >= 0 && events <= n)) {
    throw new RangeError(`${events} of ${n} is not a proportion`);
  }
  const share = events / n;
  const z2 = Z ** 2;
  const middle = (share + z2 / (2 * n)) / (1 + z2 / n);
  const half = (Z * Math.sqrt((share * (1 - share)) / n + z2 / (4 * n * n))) / (1 + z2 / n);
  return { share, low: Math.max(0, middle - half), high: Math.min(1, middle + half) };
}
