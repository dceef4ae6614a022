-- The part of the data set that a video belongs to; NULL: none.
ALTER TABLE videos ADD COLUMN split TEXT CHECK (split IN ('train', 'validation', 'test'));
