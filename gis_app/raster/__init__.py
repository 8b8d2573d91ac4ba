"""Raster files: read, brought onto one metric grid, written as cloud-optimised GeoTIFF.

The only room that opens raster files; it touches no database. `source` looks a file over and names
what is wrong with it, `grid` is where everything is brought to, `align` brings it there window by
window, `terrain`, `burn` and `interpolate` make rasters of heights, polygons and points, `cog`
writes them with their lineage.
"""
