"""Groundwater zoning and well registry: law as code over PostGIS."""
