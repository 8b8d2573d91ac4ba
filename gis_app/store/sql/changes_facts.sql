-- Facts of {side} for the rows of `changes` that have no finding of it: as they are on its day by
-- what is recorded now. `facts` is that of the day.
update changes c set {side}_inputs = {inputs}, {side}_geom = x.geom
from facts x
where c.subject = {subject} and c.rule = any ({rules}::text[]) and c.{side}_finding is null
  and x.subject_id = c.subject_id
