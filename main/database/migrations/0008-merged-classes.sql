-- The class into which a removed one was merged: what layers say of it is said of that one. NULL: none.
ALTER TABLE classes ADD COLUMN merged_into INTEGER REFERENCES classes (id);
