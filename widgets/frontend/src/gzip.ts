// JSON that travels gzipped.

/** Unpack what Python packed with gzip as JSON. */
export function unpackJson<T>(packed: DataView): Promise<T> {
  const { buffer, byteOffset, byteLength } = packed;
  const bytes = new Uint8Array(buffer as ArrayBuffer, byteOffset, byteLength);
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Response(stream).json() as Promise<T>;
}
