import { say } from '#preload/domain/saying.ts';
import { XmlElement } from '@rgrove/parse-xml';
import type { AnnotationSet, ImportedAnnotations, WrittenFolder } from '../annotation-set.ts';
import type { Format } from '../format.ts';
import { videoOfFile } from './file-of-video.ts';
import { frameRuns } from './frame-runs.ts';
import { heldSegments } from './held-segments.ts';
import { SegmentRows } from './segment-rows.ts';
import { childAt, childrenOf, readXml, xmlText } from './xml-file.ts';

export const cvat: Format = {
  id: 'cvat',
  name: 'CVAT for video',
  extensions: ['xml'],
  description:
    'A folder with one XML file per video: a segment is a track that is the whole picture. Read from tracks of any shape, each stretch in which it shows, and from tags of frames.',
  layout: 'folder',
  keeps: ['times to the frame', 'overlaps', 'classes without segments'],
  read,
  write,
};

const format = say('a CVAT file of a video');

function read(text: string, file: string): ImportedAnnotations {
  const root = readXml(text, 'annotations', file, format);
  const meta = childAt(root, 'meta');
  const task = childAt(meta, 'task') ?? childAt(meta, 'job');
  const named = [childAt(meta, 'source'), childAt(task, 'source'), childAt(task, 'name')];
  const video = named.map((one) => one?.text.trim() ?? '').find((name) => name !== '') ?? videoOfFile(file, ['.xml']);
  const rows = new SegmentRows('cvat');
  rows.video(video);
  for (const label of childrenOf(childAt(task, 'labels') ?? root, 'label'))
    // Points of a skeleton are no actions.
    if (childAt(label, 'parent') === undefined) rows.label(childAt(label, 'name')?.text.trim() ?? '');
  for (const track of childrenOf(root, 'track')) readTrack(track, video, rows);
  readTags(childrenOf(root, 'image'), video, rows);
  return rows.done(file, format);
}

/** A shape stands until the next one, or to its own frame where it is the last; `outside` ends it before its frame. */
function readTrack({ attributes, children }: XmlElement, video: string, rows: SegmentRows): void {
  const place = say('track {{id}}', { id: attributes['id'] ?? '' });
  const label = attributes['label'] ?? '';
  const shapes = children
    .flatMap((child) =>
      child instanceof XmlElement && child.attributes['frame'] !== undefined ? [child.attributes] : [],
    )
    .map((shape) => ({ frame: Number(shape['frame']), isOutside: shape['outside'] === '1' }))
    .toSorted((a, b) => a.frame - b.frame);
  if (label === '' || shapes.some(({ frame }) => !Number.isInteger(frame))) {
    rows.refuse(place, say('a track has a label, and its shapes have frames'));
    return;
  }
  let startFrame: number | null = null;
  for (const { frame, isOutside } of shapes) {
    if (!isOutside) startFrame ??= frame;
    else if (startFrame !== null) {
      rows.add({ place, video, label, startFrame, endFrame: frame });
      startFrame = null;
    }
  }
  if (startFrame !== null) rows.add({ place, video, label, startFrame, endFrame: shapes.at(-1)!.frame + 1 });
  else if (shapes.every(({ isOutside }) => isOutside)) rows.refuse(place, say('a track that never shows has no time'));
}

function readTags(images: readonly XmlElement[], video: string, rows: SegmentRows): void {
  const framesOf = new Map<string, number[]>();
  for (const image of images) {
    const tags = childrenOf(image, 'tag');
    const frame = Number(image.attributes['id']);
    if (tags.length === 0 && image.children.some((child) => child instanceof XmlElement))
      rows.refuse(
        say('image {{name}}', { name: image.attributes['id'] ?? '' }),
        say('a shape of one picture has no length'),
      );
    for (const label of tags.map(({ attributes }) => attributes['label'] ?? '')) {
      const frames = framesOf.get(label) ?? [];
      framesOf.set(label, frames);
      frames.push(frame);
    }
  }
  for (const [label, frames] of framesOf)
    for (const run of frameRuns(frames))
      rows.add({ place: say('image {{name}}', { name: String(run.startFrame) }), video, label, ...run });
}

function write(set: AnnotationSet): WrittenFolder {
  const { videos, warnings } = heldSegments(set);
  const labels = set.classes
    .map(
      ({ name, colour }) =>
        `<label><name>${xmlText(name)}</name><color>${colour}</color><attributes></attributes></label>`,
    )
    .join('\n');
  const files = videos.map(({ key, name, video: { facts }, segments }) => {
    const { width, height, frameCount } = facts;
    const box = (frame: number, isOutside: boolean) =>
      `  <box frame="${frame}" keyframe="1" outside="${isOutside ? 1 : 0}" occluded="0" xtl="0.00" ytl="0.00" xbr="${width.toFixed(2)}" ybr="${height.toFixed(2)}" z_order="0"></box>\n`;
    const tracks = segments.map(({ label, startFrame, endFrame }, index) => {
      // Behind the last frame nothing can be outside: there the last box ends the track.
      const isLast = endFrame >= frameCount;
      const end = isLast ? (endFrame - 1 > startFrame ? box(endFrame - 1, false) : '') : box(endFrame, true);
      return ` <track id="${index}" label="${xmlText(label)}" source="manual">\n${box(startFrame, false)}${end} </track>\n`;
    });
    return {
      name: `${key}.xml`,
      text: `<?xml version="1.0" encoding="utf-8"?>
<annotations>
 <version>1.1</version>
 <meta>
  <task>
   <name>${xmlText(name)}</name>
   <size>${frameCount}</size>
   <mode>interpolation</mode>
   <start_frame>0</start_frame>
   <stop_frame>${frameCount - 1}</stop_frame>
   <labels>
${labels}
   </labels>
   <original_size><width>${width}</width><height>${height}</height></original_size>
  </task>
  <source>${xmlText(name)}</source>
 </meta>
${tracks.join('')}</annotations>
`,
    };
  });
  return { files, warnings };
}
