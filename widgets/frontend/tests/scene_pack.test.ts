import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { gzipSync } from "node:zlib";
import expected from "../../../tests/fixtures/anatomy_pack_small.json" with { type: "json" };
import { decodePack, readPack, type PackedPart } from "../src/scene/pack.ts";
import { madeHeader, madePack, madeParts, packBytes } from "./fixtures/solids.ts";

const FIXTURE = "../../tests/fixtures/anatomy_pack_small.bin";

const rows = (values: ArrayLike<number>, width: number): number[][] =>
  Array.from({ length: values.length / width }, (_, i) =>
    Array.from({ length: width }, (_, j) => values[width * i + j] as number),
  );

function assertNear(actual: readonly number[], wanted: readonly number[], what: string): void {
  assert.equal(actual.length, wanted.length, what);
  actual.forEach((each, i) => {
    assert.ok(Math.abs(each - (wanted[i] as number)) < 2e-4, `${what}: ${actual} is not ${wanted}`);
  });
}

test("Python's pack reads as Python says", async () => {
  const bytes = await readFile(FIXTURE);
  const pack = await readPack(Uint8Array.from(bytes).buffer);
  assert.deepEqual(pack.header.bones, expected.header.bones);
  assert.deepEqual(pack.header.poses, expected.header.poses);
  assert.equal(pack.parts.length, expected.parts.length);
  expected.parts.forEach((wanted, index) => {
    const part = pack.parts[index] as PackedPart;
    const entry = expected.header.parts[index];
    assert.equal(part.name, wanted.name);
    assert.deepEqual(part.regions.map((each) => [each.structure, each.start, each.count]), entry?.regions);
    const vertices = rows(part.positions, 3);
    wanted.vertices.forEach((vertex, i) => assertNear(vertices[i] ?? [], vertex, `vertex ${i}`));
    assertNear(vertices.at(-1) ?? [], wanted.last_vertex, "the last vertex");
    const triangles = rows(part.triangles, 3);
    assert.deepEqual(triangles.slice(0, wanted.triangles.length), wanted.triangles);
    assert.deepEqual(triangles.at(-1), wanted.last_triangle);
    const weights = part.weights && rows(part.weights, part.bones.length);
    assert.equal(weights === null, wanted.weights === null);
    (wanted.weights ?? []).forEach((row, i) => assertNear(weights?.[i] ?? [], row as number[], `weight ${i}`));
    for (const [name, shifts] of Object.entries(wanted.morphs)) {
      const read = rows(part.morphs[name] ?? [], 3);
      (shifts as number[][]).forEach((shift, i) => assertNear(read[i] ?? [], shift, `${name} ${i}`));
    }
  });
});

test("landmarks are read with and without the bone that carries them", () => {
  const { landmarks } = madePack();
  assert.deepEqual(landmarks["L4.pedicle.left"], { at: [20, 10, 40], bone: "L4" });
  assert.deepEqual(landmarks.promontory, { at: [0, -15, 20], bone: null });
});

test("a pack may come gzipped or unpacked", async () => {
  const plain = packBytes();
  const packed = Uint8Array.from(gzipSync(new Uint8Array(plain))).buffer;
  assert.deepEqual(await readPack(packed), await readPack(plain));
});

test("what is no pack is refused with the reason", async () => {
  await assert.rejects(readPack(new TextEncoder().encode("<!doctype html>").buffer), /no|not an/);
  await assert.rejects(readPack(new ArrayBuffer(0)), /not an anatomy pack/);
  const newer = packBytes(madeParts(), { ...madeHeader(), version: 2 });
  assert.throws(() => decodePack(newer), /format 2, this page reads 1/);
  const whole = packBytes();
  assert.throws(() => decodePack(whole.slice(0, whole.byteLength - 40)), /ends too early/);
});
