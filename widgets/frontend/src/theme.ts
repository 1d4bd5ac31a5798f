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
