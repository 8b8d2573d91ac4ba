"""Rasters on record: brought, taken back, asked for values and statistics.

The journeys over `gis_app.raster` (files) and `gis_app.store.rasters` (which holds on which day).
"""
