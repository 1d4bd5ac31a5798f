// Code that many widgets of a page share and only the first of a kernel carries. The others wait
// for it here; see `l3s1.scene.code_once`.

interface Place {
  view?: Promise<unknown>;
  found?: (view: unknown) => void;
}

/** Give `view`, a default export as anywidget takes it, to the widgets that came without code. */
export function offerView(name: string, view: unknown): void {
  const places = globalThis as unknown as Record<symbol, Place | undefined>;
  const place = (places[Symbol.for(`l3s1.view.${name}`)] ??= {});
  if (place.found) place.found(view);
  else place.view ??= Promise.resolve(view);
}
