import assert from "node:assert/strict";
import test from "node:test";
import * as topology from "../../geo/static/core/topology.js";
import { varint } from "./blocks.mjs";

const close = (a, b) => assert.ok(Math.abs(a - b) < 1e-9, `${a} is not ${b}`);

test("Mercator units are those of web maps", () => {
  close(topology.mercatorX(-180), 0);
  close(topology.mercatorX(90), 0.75);
  close(topology.mercatorY(0), 0.5);
  close(topology.mercatorY(85.0511287798066), topology.mercatorY(89));
  assert.ok(topology.mercatorY(89) < 1e-6 && topology.mercatorY(-89) > 1 - 1e-6);
  close(topology.mercatorY(34.5), 0.5 - Math.asinh(Math.tan((34.5 * Math.PI) / 180)) / (2 * Math.PI));
  for (const lat of [-60, -1, 0, 34.5, 71]) close(topology.latitude(topology.mercatorY(lat)), lat);
  for (const lng of [-179, 0, 69.2]) close(topology.longitude(topology.mercatorX(lng)), lng);
});

test("arcs come back from differences; an arc starts from the start of the one before", () => {
  const bytes = Uint8Array.from(varint([6920000, 3450000, 100, -200, -30000, 5, 7, 8]));
  const { x, y, ends } = topology.decodeArcs(bytes, Uint8Array.of(3, 1));
  assert.deepEqual([...ends], [3, 4]);
  close(topology.longitude(x[0]), 69.2);
  close(topology.latitude(y[1]), 34.498);
  close(topology.longitude(x[2]), 68.901);
  close(topology.longitude(x[3]), 69.20007);
  close(topology.latitude(y[3]), 34.50008);
});

test("thinning keeps both ends of an arc and drops what is nearer than the distance", () => {
  const line = {
    x: Float64Array.of(0, 0.1, 0.2, 0.9, 1, 5),
    y: Float64Array.of(0, 0, 0, 0, 0, 5),
    ends: Uint32Array.of(5, 6),
  };
  const { x, ends } = topology.thin(line, 1, 0.5);
  assert.deepEqual([...x], [0, 0.9, 1, 5]);
  assert.deepEqual([...ends], [3, 4]);
  assert.deepEqual([...topology.thin(line, 100, 0.5).x], [...line.x]);
});

test("an arc is a country's outline unless both sides belong to one country", () => {
  const areas = [{ rings: [[0, 1]] }, { rings: [[~1, 2, 3]] }, { rings: [[~3, 4]] }];
  const country = [0, 0, 1];
  assert.deepEqual([...topology.borderKinds(areas, [0, 1, 2], (area) => country[area], 6)], [1, 2, 1, 1, 1, 0]);
  assert.deepEqual([...topology.borderKinds(areas, [0, 2], (area) => country[area], 6)], [1, 1, 0, 1, 1, 0]);
});

test("an area cut at the antimeridian is put together beyond it; others stay", () => {
  const corners = [
    [17900000, 0, 18000000, 100000],
    [-18000000, 0, -17900000, 100000],
    [-17000000, 0, -16900000, 100000],
  ];
  let before = [0, 0];
  const numbers = corners.flatMap(([west, south, east, north]) => {
    const points = [
      [west, south],
      [east, south],
      [east, north],
      [west, south],
    ];
    const deltas = points.flatMap(([x, y], k) =>
      k ? [x - points[k - 1][0], y - points[k - 1][1]] : [x - before[0], y - before[1]],
    );
    before = points[0];
    return deltas;
  });
  const sections = {
    arcs: varint(numbers),
    "arcs:lengths": [4, 4, 4],
    ring_arcs: [0, 1, 2],
    "ring_arcs:lengths": [1, 1, 1],
    "areas:lengths": [2, 1],
  };
  const { areas } = topology.openTopology({ section: (name) => Uint8Array.from(sections[name]) });
  close(areas[0].box[0], topology.mercatorX(179));
  close(areas[0].box[2], topology.mercatorX(181));
  close(areas[1].box[0], topology.mercatorX(-170));
});
