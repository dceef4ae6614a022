-- What people decided is a small part of all segments, and is asked for as a whole whenever a video is scored again.
CREATE INDEX segments_decided ON segments (video_id, start_us) WHERE state IN ('accepted', 'rejected');
CREATE INDEX segments_ambiguous ON segments (video_id) WHERE ambiguous = 1;
