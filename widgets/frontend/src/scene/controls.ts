// Mouse and fingers on the picture. One finger or the left button turns; two fingers pinch and move;
// the right button or Shift moves. Until the picture is tapped, an upright swipe scrolls the page
// and so does the wheel; afterwards both are the picture's, until something else is tapped.

export interface Handlers {
  turn(rightDeg: number, upDeg: number): void;
  zoom(factor: number, x: number, y: number): void;
  /** CSS pixels. */
  move(right: number, down: number): void;
  tap(x: number, y: number): void;
  hover(x: number, y: number): void;
  leave(): void;
}

const DEG_PER_PIXEL = 0.4;
const TAP_WITHIN_PX = 6;

interface Finger {
  x: number;
  y: number;
}

export function listen(
  canvas: HTMLCanvasElement,
  host: HTMLElement,
  handlers: Handlers,
  signal: AbortSignal,
): void {
  const fingers = new Map<number, Finger>();
  let [travelled, moves] = [0, false];
  canvas.style.touchAction = "pan-y";

  const place = (event: MouseEvent): Finger => {
    const box = canvas.getBoundingClientRect();
    return { x: event.clientX - box.left, y: event.clientY - box.top };
  };

  const down = (event: PointerEvent): void => {
    fingers.set(event.pointerId, place(event));
    if (fingers.size === 1) [travelled, moves] = [0, event.button === 2 || event.shiftKey];
    else travelled = Infinity;
    if (typeof canvas.setPointerCapture === "function") canvas.setPointerCapture(event.pointerId);
    if (event.pointerType !== "touch") host.focus({ preventScroll: true });
  };

  const move = (event: PointerEvent): void => {
    const before = fingers.get(event.pointerId);
    const now = place(event);
    if (!before) {
      if (event.pointerType !== "touch") handlers.hover(now.x, now.y);
      return;
    }
    const [right, downwards] = [now.x - before.x, now.y - before.y];
    travelled += Math.hypot(right, downwards);
    if (fingers.size === 2) pinch(event.pointerId, before, now);
    else if (travelled > TAP_WITHIN_PX) {
      if (moves) handlers.move(right, downwards);
      else handlers.turn(-right * DEG_PER_PIXEL, downwards * DEG_PER_PIXEL);
    }
    fingers.set(event.pointerId, now);
  };

  const pinch = (id: number, before: Finger, now: Finger): void => {
    const other = [...fingers].find(([each]) => each !== id)?.[1];
    if (!other) return;
    const was = Math.hypot(before.x - other.x, before.y - other.y);
    const is = Math.hypot(now.x - other.x, now.y - other.y);
    if (was > 0 && is > 0) handlers.zoom(is / was, (now.x + other.x) / 2, (now.y + other.y) / 2);
    handlers.move((now.x - before.x) / 2, (now.y - before.y) / 2);
  };

  const up = (event: PointerEvent): void => {
    const finger = fingers.get(event.pointerId);
    if (!fingers.delete(event.pointerId) || !finger) return;
    if (fingers.size === 0 && travelled <= TAP_WITHIN_PX && event.button !== 2) {
      host.focus({ preventScroll: true });
      handlers.tap(finger.x, finger.y);
    }
  };

  const wheel = (event: WheelEvent): void => {
    if (!event.ctrlKey && !host.contains(document.activeElement)) return;
    event.preventDefault();
    const { x, y } = place(event);
    const lines = event.deltaMode === 1 ? 30 : 1;
    handlers.zoom(Math.exp(-event.deltaY * lines * (event.ctrlKey ? 0.01 : 0.0016)), x, y);
  };

  canvas.addEventListener("pointerdown", down, { signal });
  canvas.addEventListener("pointermove", move, { signal });
  canvas.addEventListener("pointerup", up, { signal });
  canvas.addEventListener("pointercancel", (event) => fingers.delete(event.pointerId), { signal });
  canvas.addEventListener("pointerleave", () => fingers.size === 0 && handlers.leave(), { signal });
  canvas.addEventListener("contextmenu", (event) => event.preventDefault(), { signal });
  canvas.addEventListener("wheel", wheel, { signal, passive: false });
  host.addEventListener("focusin", () => (canvas.style.touchAction = "none"), { signal });
  host.addEventListener("focusout", () => (canvas.style.touchAction = "pan-y"), { signal });
}
