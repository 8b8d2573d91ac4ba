/** The name of the bundled MapLibre worker, beside the bundle (build.mjs). */
declare const __WORKER__: string;

interface Window {
  /** For tests and bookmarklets: is everything loaded and drawn, and the engine's map. */
  __gw: { readonly idle: boolean; readonly map: import('maplibre-gl').Map | null };
}

// jsts ships no types
declare module 'jsts/*';
