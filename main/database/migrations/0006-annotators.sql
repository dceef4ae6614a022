-- The person who decided on a segment last, as they name themselves; NULL: not said.
ALTER TABLE segments ADD COLUMN annotator TEXT;
