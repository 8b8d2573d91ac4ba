// Rasters on the map: drawn, compared by a bar, asked for their value. Fetched when the first map stands.
import { theMap } from '../map/engine.js';
import '../ui/raster/gw-raster-value.js';
import '../ui/raster/gw-rasters.js';
import '../ui/raster/gw-swipe.js';
import { dressRasters } from './paint.js';

export { ask } from './values.js';

export function start() {
  const map = theMap();
  if (map) dressRasters(map);
}
