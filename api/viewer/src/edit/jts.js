// Areas and lines into JTS and back: it judges validity, buffers and cuts faces.
import GeometryFactory from 'jsts/org/locationtech/jts/geom/GeometryFactory.js';
import GeoJSONReader from 'jsts/org/locationtech/jts/io/GeoJSONReader.js';
import GeoJSONWriter from 'jsts/org/locationtech/jts/io/GeoJSONWriter.js';
import { areaOf } from './rings.js';

export const factory = new GeometryFactory();
const reader = new GeoJSONReader(factory);
const writer = new GeoJSONWriter();

/** @param {import('./rings.js').Area} area */
export const jtsOf = (area) => reader.read({ type: 'MultiPolygon', coordinates: area });

/** @param {import('./rings.js').LngLat[]} line */
export const jtsLine = (line) => reader.read({ type: 'LineString', coordinates: line });

/** @param {any} geometry @returns {import('./rings.js').Area} */
export const fromJts = (geometry) => areaOf(writer.write(geometry));
