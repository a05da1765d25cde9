import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readSafetensors, writeSafetensors, type Weights } from "./weights";

/** A safetensors file with any header and body. */
function file(header: unknown, body = new Uint8Array(0)): Uint8Array {
  const json = new TextEncoder().encode(
    typeof header === "string" ? header : JSON.stringify(header),
  );
  const bytes = new Uint8Array(8 + json.length + body.length);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(json.length), true);
  bytes.set(json, 8);
  bytes.set(body, 8 + json.length);
  return bytes;
}

const bits = (data: Float32Array) =>
  new Uint32Array(data.buffer, data.byteOffset, data.length);

describe("safetensors", () => {
  test("reads back bit-equal what it wrote, NaN payloads and -0 included", () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.record({
            name: fc
              .string({ minLength: 1 })
              .filter((n) => n !== "__metadata__" && n !== "__proto__"),
            bits: fc.array(fc.nat(0xffffffff)),
          }),
          { minLength: 1, maxLength: 5 },
        ),
        (tensors) => {
          const weights: Weights = new Map(
            tensors.map(({ name, bits }) => [
              name,
              {
                shape: [1, bits.length],
                data: new Float32Array(new Uint32Array(bits).buffer),
              },
            ]),
          );
          const bytes = writeSafetensors(weights, { step: "7" });
          const header = Number(
            new DataView(bytes.buffer).getBigUint64(0, true),
          );
          expect(header % 8).toBe(0);
          const back = readSafetensors(bytes, "model.safetensors");
          expect([...back.keys()].sort()).toEqual([...weights.keys()].sort());
          for (const [name, { shape, data }] of weights) {
            expect(back.get(name)!.shape).toEqual(shape);
            expect([...bits(back.get(name)!.data)]).toEqual([...bits(data)]);
          }
        },
      ),
      { numRuns: 50 },
    );
  });

  test("reads the bundled model and writes it again bit-equal", () => {
    const weights = readSafetensors(
      readFileSync("public/models/attune-tiny-en/model.safetensors"),
      "model.safetensors",
    );
    expect(
      weights.get("bert.embeddings.word_embeddings.weight")!.shape,
    ).toEqual([16384, 128]);
    const again = readSafetensors(writeSafetensors(weights), "again");
    for (const [name, { data }] of weights)
      expect(
        Buffer.compare(
          Buffer.from(again.get(name)!.data.buffer),
          Buffer.from(data.buffer),
        ),
      ).toBe(0);
  });

  test("widens F16 and BF16 exactly: zero, subnormals, infinity, the largest number", () => {
    const body = new Uint8Array(
      new Uint16Array([
        0x0000, 0x8000, 0x0001, 0x03ff, 0x0400, 0x3c00, 0xc000, 0x7bff, 0x7c00,
        0xfc00, 0x3555, 0x3f80, 0xc040,
      ]).buffer,
    );
    const weights = readSafetensors(
      file(
        {
          h: { dtype: "F16", shape: [11], data_offsets: [0, 22] },
          b: { dtype: "BF16", shape: [2], data_offsets: [22, 26] },
        },
        body,
      ),
      "x",
    );
    expect([...weights.get("h")!.data]).toEqual([
      0,
      -0,
      2 ** -24,
      1023 * 2 ** -24,
      2 ** -14,
      1,
      -2,
      65504,
      Infinity,
      -Infinity,
      0.333251953125,
    ]);
    expect([...weights.get("b")!.data]).toEqual([1, -3]);
  });

  test("every subnormal half is its fraction times 2⁻²⁴", () => {
    const halves = Uint16Array.from({ length: 1024 }, (_, i) => i);
    const { data } = readSafetensors(
      file(
        { h: { dtype: "F16", shape: [1024], data_offsets: [0, 2048] } },
        new Uint8Array(halves.buffer),
      ),
      "x",
    ).get("h")!;
    expect([...data]).toEqual([...halves].map((i) => i * 2 ** -24));
  });

  test("leaves out tensors that are not floats, such as position_ids", () => {
    const weights = readSafetensors(
      file(
        {
          "embeddings.position_ids": {
            dtype: "I64",
            shape: [1, 1],
            data_offsets: [0, 8],
          },
          w: { dtype: "F32", shape: [], data_offsets: [8, 12] },
        },
        new Uint8Array(12),
      ),
      "x",
    );
    expect([...weights.keys()]).toEqual(["w"]);
    expect(weights.get("w")!.data).toHaveLength(1);
  });

  const bad: [string, Uint8Array, RegExp][] = [
    [
      "an empty file",
      new Uint8Array(0),
      /^m: 0 bytes where the header length alone takes 8\. Choose/,
    ],
    [
      "a text file",
      new TextEncoder().encode("label,text\nham,hello there\n"),
      /its header claims \d+ bytes, the file has 27/,
    ],
    ["a header that is not JSON", file("{nope"), /its header is not JSON/],
    ["a header that is a list", file("[]"), /not a JSON object/],
    [
      "a tensor without dtype",
      file({ w: { shape: [1], data_offsets: [0, 4] } }),
      /w has no dtype/,
    ],
    ["a tensor with null for an entry", file({ w: null }), /w has no dtype/],
    [
      "a negative shape",
      file({ w: { dtype: "F32", shape: [-1], data_offsets: [0, 4] } }),
      /w has no proper shape/,
    ],
    [
      "missing offsets",
      file({ w: { dtype: "F32", shape: [1] } }),
      /w has no proper data_offsets/,
    ],
    [
      "data past the end",
      file(
        { w: { dtype: "F32", shape: [2], data_offsets: [0, 8] } },
        new Uint8Array(4),
      ),
      /w lies at bytes 0–8 of 4; the file is cut off/,
    ],
    [
      "a size that disagrees",
      file(
        { w: { dtype: "F32", shape: [2, 2], data_offsets: [0, 8] } },
        new Uint8Array(8),
      ),
      /w has 8 bytes where 2 × 2 in F32 takes 16/,
    ],
    [
      "bytes that two tensors share",
      file(
        {
          v: { dtype: "F32", shape: [2], data_offsets: [0, 8] },
          w: { dtype: "F32", shape: [1], data_offsets: [4, 8] },
        },
        new Uint8Array(8),
      ),
      /v \(bytes 0–8\) and w \(4–8\) overlap/,
    ],
    [
      "eight-bit floats",
      file(
        { w: { dtype: "F8_E4M3", shape: [1], data_offsets: [0, 1] } },
        new Uint8Array(1),
      ),
      /w is F8_E4M3/,
    ],
    ["no tensors", file({}), /it holds no float tensors/],
  ];
  test.each(bad)(
    "says in a sentence what is wrong with %s",
    (_, bytes, sentence) => {
      expect(() => readSafetensors(bytes, "m")).toThrow(sentence);
    },
  );
});
