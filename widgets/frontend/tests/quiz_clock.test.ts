// The clock of a quiz: started, stopped, extended, turned off; nothing is lost when it ends.
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { CountdownField, sayTime, type Ticking } from "../src/assessment/clock.ts";
import { one, openPage, until } from "./page.ts";

class HandClock implements Ticking {
  time = 0;
  tick: (() => void) | null = null;
  now(): number {
    return this.time;
  }
  every(tick: () => void): () => void {
    this.tick = tick;
    return () => (this.tick = null);
  }
  pass(seconds: number): void {
    this.time += seconds * 1000;
    this.tick?.();
  }
}

beforeEach(() => {
  openPage();
});

function clock(questions = 4) {
  const time = new HandClock();
  let ended = 0;
  const field = new CountdownField(questions, new AbortController().signal, () => (ended += 1), time);
  const element = document.createElement("div");
  element.append(field.element, field.running);
  document.body.append(element);
  const press = (label: string): void => {
    const button = [...element.querySelectorAll("button")].find((each) => each.textContent === label);
    assert.ok(button, label);
    button.focus();
    button.click();
  };
  const shown = (): string => one(element, "[role=timer]").textContent ?? "";
  const announced = (): string => one(element, "[role=status]").textContent ?? "";
  return { field, element, time, press, shown, announced, ended: () => ended };
}

test("it is off until it is started, with a time that fits the questions and can be changed", () => {
  const { field, element, press, shown } = clock();
  assert.equal(field.isOn, false);
  const minutes = one<HTMLInputElement>(element, ".l3s1-number");
  assert.equal(minutes.value, "6");
  minutes.value = "soon";
  press("Start the clock");
  assert.match(element.textContent ?? "", /Type minutes from 1 to 180/);
  assert.equal(minutes.getAttribute("aria-invalid"), "true");
  assert.equal(field.isOn, false);
  minutes.value = "2,5";
  press("Start the clock");
  assert.equal(minutes.hasAttribute("aria-invalid"), false);
  assert.equal(field.isOn, true);
  assert.equal(shown(), "2:30");
});

test("it can be stopped, goes on, and is extended, stopped or not", () => {
  const { time, press, shown } = clock();
  press("Start the clock");
  time.pass(60);
  assert.equal(shown(), "5:00");
  press("Stop");
  time.pass(600);
  assert.equal(shown(), "5:00");
  press("2 minutes more");
  assert.equal(shown(), "7:00");
  press("Go on");
  time.pass(60);
  press("2 minutes more");
  assert.equal(shown(), "8:00");
});

test("it speaks at half time, with a minute left and at the end; then it is off", async () => {
  const { field, element, time, press, announced } = clock();
  press("Start the clock");
  time.pass(100);
  time.pass(81);
  await until(() => announced() === "3 minutes left", "half time is said");
  time.pass(119);
  await until(() => announced() === "1 minute left", "the last minute is said");
  time.pass(60);
  await until(() => /time is up. Nothing is lost/.test(announced()), "the end is said");
  assert.equal(field.isOn, false);
  assert.equal(time.tick, null);
  assert.match(element.textContent ?? "", /what you answered counts, and you can go on/);
});

test("it is turned off at any time, and when all is answered", () => {
  const { field, element, time, press, ended } = clock();
  press("Start the clock");
  press("Turn off");
  assert.equal(field.isOn, false);
  assert.equal(ended(), 1, "the focus is led on");
  press("Start the clock");
  time.pass(90);
  field.finish();
  assert.match(element.textContent ?? "", /Finished with 4 minutes 30 seconds left/);
});

test("the end is said where the clock stood, until it is closed or the clock is started again", () => {
  const { field, time, press, ended } = clock();
  press("Start the clock");
  time.pass(360);
  assert.equal(field.running.hidden, false);
  const seen = (): string[] => [...field.running.children].flatMap((each) => ((each as HTMLElement).hidden ? [] : [each.textContent ?? ""]));
  assert.match(seen().join(), /^The time is up\. Nothing is lost/);
  assert.equal(document.activeElement?.textContent, "Close", "the focus that stood on the clock stays there");
  press("Close");
  assert.equal(field.running.hidden, true);
  assert.equal(ended(), 1, "the focus is led on");
  press("Start the clock");
  assert.match(seen().join(), /^Time left/);
});

test("times are said in words", () => {
  assert.deepEqual([0, 1000, 60_000, 90_000, 120_000].map(sayTime), ["0 seconds", "1 second", "1 minute", "1 minute 30 seconds", "2 minutes"]);
});
