-- What the history, restore points and jobs say, with its values apart, so that each window says it in its own language; JSON.
-- NULL: it has no other words, as what a person typed and what an older program said in English.
ALTER TABLE edits ADD COLUMN said TEXT;
ALTER TABLE restore_points ADD COLUMN said TEXT;
ALTER TABLE jobs ADD COLUMN said TEXT;
