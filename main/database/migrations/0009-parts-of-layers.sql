-- What its annotator was asked for of the video, JSON: [{"startUs", "endUs"}]. NULL: all of it.
ALTER TABLE layer_videos ADD COLUMN parts TEXT;
