// The view of what a figure says, as widgets take it.
import { offerView } from "./code_once.ts";
import { readingsView } from "./readings_view.ts";

offerView("readings", readingsView);
export default readingsView;
