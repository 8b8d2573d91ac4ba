// The engine's map once it has started, for what is fetched later and draws on it.

/** @type {import('maplibre-gl').Map|null} */
let engine = null;
export const theMap = () => engine;
export const hangMap = (/** @type {import('maplibre-gl').Map} */ map) => (engine = map);
