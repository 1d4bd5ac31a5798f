// Still pictures of the named views, in place of the scene where a browser shows no WebGL.
import { h } from "../dom.ts";
import { askKernel, asker, fileUrl } from "../shared_file.ts";
import { isDark, watchTheme } from "../theme.ts";
import { VIEW_BUTTONS } from "./names.ts";
import type { ViewName } from "./types.ts";

/**
 * Put a picture into `place`; the answer shows another view. `files`: the picture's file by view
 * and theme ("anterior-dark"), below `{baseUrl}l3s1/static/`.
 */
export function stillPictures(
  model: unknown,
  files: Readonly<Record<string, string>>,
  place: HTMLElement,
  signal: AbortSignal,
): (view: ViewName) => void {
  const image = h("img", { class: "l3s1-scene-still", alt: "" });
  place.replaceChildren(image);
  let shown: ViewName = "oblique";
  let wanted: string | undefined;

  const draw = (): void => {
    const file = files[`${shown}-${isDark(place) ? "dark" : "light"}`];
    wanted = file;
    const label = VIEW_BUTTONS.find(([view]) => view === shown)?.[1] ?? shown;
    image.hidden = file === undefined;
    image.alt = `Lumbar spine, still picture: ${label.toLowerCase()}`;
    if (file === undefined) return;
    const url = fileUrl(file);
    if (url) image.src = url;
    else fromKernel(file);
  };

  const fromKernel = (file: string): void => {
    askKernel(asker(model), file, "the still picture").then(
      (bytes) => {
        // The reader may have gone on to another view since.
        if (signal.aborted || file !== wanted) return;
        const blob = URL.createObjectURL(new Blob([bytes], { type: "image/webp" }));
        image.addEventListener("load", () => URL.revokeObjectURL(blob), { once: true });
        image.src = blob;
      },
      () => {
        if (file === wanted) image.hidden = true;
      },
    );
  };

  // Where the course's server is not behind this page, its address leads nowhere.
  image.addEventListener(
    "error",
    () => {
      const file = image.src.startsWith("blob:") ? undefined : image.src.split("/").at(-1);
      if (file) fromKernel(file);
    },
    { signal },
  );
  watchTheme(draw, signal);
  return (view) => {
    shown = view;
    draw();
  };
}
