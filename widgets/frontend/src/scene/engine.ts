// The bundle with three.js in it, loaded once a page: scene_engine.js.
export { createScene } from "./scene.ts";
