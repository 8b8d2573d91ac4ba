"""Pollution-priority zones from rasters: a profile rates, an overlay decides, drafts follow.

`profile`, `rating`, `index`, `overlay` and `load` are arithmetic on arrays; `plan`, `inputs` and
`compute` turn files into files; `polygons` into shapes; only `drafts` touches the database.
docs/zoning.md tells it in words.
"""
