import { z } from 'zod';
import { secondsOf } from '#preload/domain/span.ts';
import type { AnnotationSet, ImportedAnnotations, Written } from '../annotation-set.ts';
import type { Format } from '../format.ts';
import { heldSegments } from './held-segments.ts';
import { checkedJson, readJson } from './json-file.ts';
import { SegmentRows } from './segment-rows.ts';

export const via3: Format = {
  id: 'via3',
  name: 'VIA 3 project',
  extensions: ['json'],
  description: 'A project of the VGG Image Annotator for video, with every video: a time segment and its class.',
  layout: 'file',
  keeps: ['times to the frame', 'overlaps', 'classes without segments'],
  read,
  write,
};

const format = 'a VIA 3 project';
const id = z.union([z.string(), z.number()]).transform(String);
const project = z.looseObject({
  attribute: z.record(
    z.string(),
    z.looseObject({ aname: z.string(), options: z.record(z.string(), z.string()).catch({}).default({}) }),
  ),
  file: z.record(z.string(), z.looseObject({ fname: z.string() })),
  view: z.record(z.string(), z.looseObject({ fid_list: z.array(id) })),
  metadata: z.record(z.string(), z.unknown()),
});
const metadata = z.looseObject({
  vid: id,
  z: z.array(z.number()),
  av: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]).transform(String)),
});

/** Each value of a time segment is one of our segments; of an attribute with options, the words of the option. */
function read(text: string, file: string): ImportedAnnotations {
  const {
    attribute,
    file: files,
    view,
    metadata: all,
  } = checkedJson(readJson(text, file, format), project, file, format);
  const rows = new SegmentRows('via3');
  for (const { fname } of Object.values(files)) rows.video(fname);
  if (isOurs(attribute)) for (const name of Object.values(attribute[actionId]!.options)) rows.label(name);
  for (const [key, value] of Object.entries(all)) {
    const place = `metadata ${key}`;
    const told = rows.checks.read(metadata, value, { place, path: place, separator: ', ' });
    if (told === null) continue;
    const fname = files[view[told.vid]?.fid_list[0] ?? '']?.fname;
    const values = Object.entries(told.av).flatMap(([aid, chosen]) =>
      chosen
        .split(',')
        .map((one) => (attribute[aid]?.options[one] ?? (hasOptions(attribute[aid]) ? one : chosen)).trim()),
    );
    const labels = new Set(values.filter((label) => label !== ''));
    if (fname === undefined) rows.refuse(place, 'the file must list the video');
    else if (told.z.length !== 2) rows.refuse(place, 'it is no segment of time');
    else if (labels.size === 0) rows.refuse(place, 'a segment without a value has no class');
    else for (const label of labels) rows.add({ place, video: fname, label, startS: told.z[0]!, endS: told.z[1]! });
  }
  return rows.done(file, format);
}

/** Of an attribute with several choices, those that were made are parted by commas. */
const hasOptions = (attribute: z.infer<typeof project>['attribute'][string] | undefined): boolean =>
  attribute !== undefined && Object.keys(attribute.options).length > 0;

const actionId = '1';
const isOurs = (attribute: z.infer<typeof project>['attribute']): boolean =>
  Object.keys(attribute).length === 1 && attribute[actionId]?.aname === 'action';

function write(set: AnnotationSet): Written {
  const { videos, warnings } = heldSegments(set);
  const ids = videos.map((_, index) => String(index + 1));
  const options = Object.fromEntries(set.classes.map(({ name }, index) => [String(index), name]));
  const segments = videos.flatMap(({ segments: own }, index) =>
    own.map(({ startUs, endUs, labelId }, at) => [
      `${ids[index]!}_${String(at + 1).padStart(8, '0')}`,
      {
        vid: ids[index]!,
        flg: 0,
        z: [secondsOf(startUs), secondsOf(endUs)],
        xy: [],
        av: { [actionId]: String(labelId) },
      },
    ]),
  );
  const document = {
    project: {
      pid: '__VIA_PROJECT_ID__',
      rev: '__VIA_PROJECT_REV_ID__',
      rev_timestamp: '__VIA_PROJECT_REV_TIMESTAMP__',
      pname: 'Cuepoint',
      creator: `Cuepoint ${set.version}`,
      created: 0,
      vid_list: ids,
    },
    config: {
      file: { loc_prefix: { 1: '', 2: '', 3: '', 4: '' } },
      ui: {
        file_content_align: 'center',
        file_metadata_editor_visible: true,
        spatial_metadata_editor_visible: true,
        temporal_segment_metadata_editor_visible: true,
        spatial_region_label_attribute_id: '',
        gtimeline_visible_row_count: '4',
      },
    },
    attribute: {
      [actionId]: {
        aname: 'action',
        anchor_id: 'FILE1_Z2_XY0',
        // A choice of one.
        type: 4,
        desc: 'The action that a segment shows',
        options,
        default_option_id: '',
      },
    },
    file: Object.fromEntries(
      videos.map(({ name }, index) => [ids[index]!, { fid: ids[index]!, fname: name, type: 4, loc: 1, src: '' }]),
    ),
    metadata: Object.fromEntries(segments),
    view: Object.fromEntries(ids.map((one) => [one, { fid_list: [one] }])),
  };
  return { text: `${JSON.stringify(document)}\n`, warnings };
}
