import assert from "node:assert/strict";
import test from "node:test";
import * as decode from "../../geo/static/core/decode.js";
import { textColumn } from "../../geo/static/core/prose.js";
import { block } from "./blocks.mjs";

/** A block with one column of rows of word numbers, coded after docs/design.md. */
async function column(vocabulary, rows) {
  const code = (rank) =>
    rank < 192
      ? [rank]
      : rank < 192 + 63 * 256
        ? [192 + ((rank - 192) >> 8), (rank - 192) & 255]
        : [255, rank & 255, (rank >> 8) & 255, rank >> 16];
  const words = vocabulary.map((word) => Buffer.from(word));
  const coded = rows.map((row) => row.flatMap(code));
  const found = await decode.block(
    block(
      {},
      {
        vocabulary: ["utf8", [...Buffer.concat(words)]],
        "vocabulary:lengths": ["u8", words.map((word) => word.length)],
        title: ["prose", coded.flat()],
        "title:lengths": ["u8", coded.map((row) => row.length)],
      },
    ),
  );
  return textColumn(found, "title");
}

test("numbers of words become text with spaces between", async () => {
  const title = await column(["", "the", "کابل", "bomb"], [[1, 3], [0], [2], [0, 0, 1], [3, 0]]);
  assert.deepEqual([0, 1, 2, 3, 4].map(title.get), ["the bomb", "", "کابل", "  the", "bomb "]);
  const { bytes, ends } = title.flat();
  assert.equal(Buffer.from(bytes).toString(), "the bombکابل  thebomb ");
  assert.deepEqual([...ends], [8, 8, 16, 21, 26]);
});

test("words are found at every width of their number", async () => {
  const vocabulary = Array.from({ length: 17000 }, (_, k) => `w${k}`);
  const ranks = [0, 191, 192, 193, 447, 448, 192 + 63 * 256 - 1, 192 + 63 * 256, 16999];
  const title = await column(
    vocabulary,
    ranks.map((rank) => [rank, rank]),
  );
  assert.deepEqual(
    ranks.map((_, i) => title.get(i)),
    ranks.map((rank) => `w${rank} w${rank}`),
  );
});

test("planes of bytes become values again", async () => {
  const values = Int32Array.of(1, -2, 2 ** 31 - 1, -(2 ** 31), 258);
  const bytes = new Uint8Array(values.buffer);
  const planes = new Uint8Array(20);
  for (let byte = 0; byte < 4; byte++) for (let i = 0; i < 5; i++) planes[byte * 5 + i] = bytes[i * 4 + byte];
  const found = await decode.block(block({}, { days: ["i32", new Int32Array(planes.buffer), { planes: true }] }));
  assert.deepEqual([...found.section("days")], [...values]);
});

test("names that end in numbers are put together from stem and number", async () => {
  const names = ["acled-0", "acled-10", "acled-9", "a", "acled-999999999", "", "کابل7", "acled-10", "42"];
  const stems = ["acled-", "a", "", "کابل"];
  const codes = [0, 0, 0, 1, 0, 2, 3, 0, 2];
  const sent = [1, 11, 10, 0, 1e9, 0, 8, 11, 43]; // one higher, zero for none
  const changes = Uint32Array.from(sent, (value, i) => value - (sent[i - 1] ?? 0));
  const found = await decode.block(
    block(
      {},
      {
        id: ["u32", changes, { stems: true }],
        "id:codes": ["u8", codes],
        "id:stems": ["utf8", [...Buffer.from(stems.join(""))]],
        "id:stems:lengths": ["u8", stems.map((stem) => Buffer.byteLength(stem))],
      },
    ),
  );
  const column = textColumn(found, "id");
  assert.deepEqual(
    names.map((_, i) => column.get(i)),
    names,
  );
  const { bytes, ends } = column.flat();
  assert.deepEqual(
    names.map((_, i) => Buffer.from(bytes.subarray(i ? ends[i - 1] : 0, ends[i])).toString()),
    names,
  );
});
