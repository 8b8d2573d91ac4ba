// What the device is like.

/** Is the panel a sheet (style/phone.css)? */
export const isPhone = () => matchMedia('(max-width: 720px)').matches;

/** Does the reader want no motion? */
export const calm = () => matchMedia('(prefers-reduced-motion: reduce)').matches;
