-- Tables of sensors beside videos: where each file is and how it is read, how its clock lies to the video's, what is drawn.
CREATE TABLE recordings (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  video_id INTEGER NOT NULL,
  body TEXT NOT NULL           -- JSON: the rest of the row
) STRICT;
CREATE INDEX recordings_by_video ON recordings (video_id);
