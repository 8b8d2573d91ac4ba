/** The name of the bundled MapLibre worker, beside the bundle (build.mjs). */
declare const __WORKER__: string;

interface Window {
  /** For tests and bookmarklets: is everything loaded and drawn, the engine's map, and how many times the screen's fineness a sheet's map has. */
  __gw: { readonly idle: boolean; readonly map: import('maplibre-gl').Map | null; fineness: number };
}

// jsts ships no types
declare module 'jsts/*';
