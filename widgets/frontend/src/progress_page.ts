// Progress on the course's own pages: served beside page.js, no widget.
import { startPage } from "./progress/page.ts";
import { progressOf } from "./progress/store.ts";

startPage(document, progressOf());
