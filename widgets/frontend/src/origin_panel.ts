// OriginPanel: shows the origin that Python sets, in the sheet that all views share.
import type { RenderProps } from "@anywidget/types";
import { originArticle, type Origin } from "./origin.ts";
import { Sheet } from "./sheet.ts";

interface PanelTraits {
  origin: Origin | null;
  heading: string;
}

export default {
  render({ model, el }: Pick<RenderProps<PanelTraits>, "model" | "el">) {
    const removed = new AbortController();
    const sheet = new Sheet(removed.signal, () => {
      if (model.get("origin") === null) return;
      model.set("origin", null);
      model.save_changes();
    });
    const show = (): void => {
      const origin = model.get("origin");
      if (!origin) {
        sheet.close();
        return;
      }
      const active = document.activeElement;
      const opener = active instanceof HTMLElement && active !== document.body ? active : null;
      sheet.open({
        heading: model.get("heading") || "Where this comes from",
        body: [originArticle(origin)],
        opener: sheet.isOpen ? null : opener,
      });
    };
    el.classList.add("l3s1", "l3s1-origin-panel");
    el.replaceChildren(sheet.element);
    const events = ["change:origin", "change:heading"] as const;
    for (const event of events) model.on(event, show);
    const frame = requestAnimationFrame(show); // once the element is on the page
    return () => {
      cancelAnimationFrame(frame);
      for (const event of events) model.off(event, show);
      removed.abort();
    };
  },
};
