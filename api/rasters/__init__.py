"""What the API says of raster layers: their collections, tilesets, legends, values."""
