// Which theme a view stands in, and the exchange of a figure's light colours for dark ones.

/** True where the ink around `element` is light, whichever way the theme was chosen. */
export function isDark(element: Element): boolean {
  const channels = getComputedStyle(element).color.match(/[\d.]+/g)?.map(Number) ?? [];
  const [red = 0, green = 0, blue = 0] = channels;
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue > 127;
}

/** Call `changed` whenever the theme may have changed: system, page or JupyterLab. */
export function watchTheme(changed: () => void, signal: AbortSignal): void {
  for (const query of ["(prefers-color-scheme: dark)", "(forced-colors: active)"]) {
    matchMedia(query).addEventListener("change", changed, { signal });
  }
  const observer = new MutationObserver(changed);
  observer.observe(document.documentElement, { attributeFilter: ["data-l3s1-theme"] });
  observer.observe(document.body, { attributeFilter: ["data-jp-theme-light"] });
  signal.addEventListener("abort", () => observer.disconnect());
}

/** A copy of JSON `value` in which every string that is a key of `colours` is exchanged. */
export function swapColours<T>(value: T, colours: Readonly<Record<string, string>>): T {
  if (typeof value === "string") {
    const key = value.toLowerCase();
    return (Object.hasOwn(colours, key) ? colours[key] : value) as T;
  }
  if (Array.isArray(value)) return value.map((item) => swapColours(item, colours)) as T;
  if (value !== null && typeof value === "object" && !ArrayBuffer.isView(value)) {
    return Object.fromEntries(
      Object.entries(value).map(([key, item]) => [key, swapColours(item, colours)]),
    ) as T;
  }
  return value;
}

/**
 * Style rules by which every SVG element below `scope` that is drawn in a light colour of `dark`
 * shows the dark one while the theme is dark: plotly.js writes its colours into each element.
 */
export function darkRules(scope: string, dark: Readonly<Record<string, string>>): string {
  const rules = Object.entries(dark).flatMap(([light, exchanged]) => {
    const hex = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i.exec(light);
    if (!hex || !/^#[0-9a-f]{6}$/i.test(exchanged)) return [];
    const written = `rgb(${hex.slice(1).map((pair) => parseInt(pair, 16)).join(", ")})`;
    return ["fill", "stroke"].map(
      (property) =>
        `${scope} [style*="${property}: ${written}"]` +
        `{${property}:light-dark(${light},${exchanged})!important}`,
    );
  });
  return rules.join("\n");
}
