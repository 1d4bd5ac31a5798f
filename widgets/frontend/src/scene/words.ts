// Names of structures in words, by the rule of l3s1/scene/words.py.

const OWNER = /^(L[2-5]|S1|sacrum|L\d-[LS]\d)$/;

/** "L4.pedicle.left" is "left pedicle of L4", "psoas_major.left" "left psoas major". */
export function sayStructure(name: string): string {
  const words = name.split(".");
  const last = words.at(-1);
  const side = last === "left" || last === "right" ? `${words.pop()} ` : "";
  const owner = words.length > 1 && OWNER.test(words[0] as string) ? (words.shift() as string) : "";
  const rest = words.join(" ").replaceAll("_", " ");
  if (!owner) return `${side}${rest}`;
  return `${side}${rest} of ${owner === "sacrum" ? "the sacrum" : owner.replace("-", "–")}`;
}
