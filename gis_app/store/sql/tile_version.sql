-- A part of each tile's statement: its version, the changes of its layer in the cells it meets.
(select coalesce(sum(changes), 0) from gis.cell_version
 where layer = %(layer)s and x between %(west)s and %(east)s and y between %(north)s and %(south)s)
+ (select coalesce(sum(changes), 0) from gis.cell_version where layer = %(layer)s and x = -1)
