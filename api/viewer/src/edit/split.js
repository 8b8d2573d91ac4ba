// An area cut along a line that crosses it.
import InteriorPointArea from 'jsts/org/locationtech/jts/algorithm/InteriorPointArea.js';
import Polygonizer from 'jsts/org/locationtech/jts/operation/polygonize/Polygonizer.js';
import UnaryUnionOp from 'jsts/org/locationtech/jts/operation/union/UnaryUnionOp.js';
import { factory, fromJts, jtsLine } from './jts.js';
import { tidy } from './overlay.js';
import { inArea } from './rings.js';

/**
 * @typedef {import('./rings.js').LngLat} LngLat
 * @typedef {import('./rings.js').Area} Area
 */

/**
 * The pieces an area falls into along a line, largest first; one piece means the line does not
 * cross it. @param {Area} area @param {LngLat[]} line @returns {Area[]}
 */
export function split(area, line) {
  const lines = [...area.flat(), line].map(jtsLine);
  const noded = UnaryUnionOp.union(factory.createMultiLineString(lines));
  const faces = new Polygonizer();
  faces.add(noded);
  /** @type {{area:Area, size:number}[]} */
  const pieces = [];
  for (const face of faces.getPolygons().toArray()) {
    const inside = InteriorPointArea.getInteriorPoint(face);
    if (inArea([inside.x, inside.y], area)) pieces.push({ area: tidy(fromJts(face)), size: face.getArea() });
  }
  return pieces.sort((a, b) => b.size - a.size).map((p) => p.area);
}
