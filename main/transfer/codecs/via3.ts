import { say } from '#preload/domain/saying.ts';
import { z } from 'zod';
import { longestText } from '#preload/domain/attribute.ts';
import { longestSubject } from '#preload/domain/segment.ts';
import { secondsOf } from '#preload/domain/span.ts';
import type { AnnotationSet, ImportedAnnotations, Written } from '../annotation-set.ts';
import type { Format } from '../format.ts';
import { heldSegments } from './held-segments.ts';
import { checkedJson, readJson } from './json-file.ts';
import { SegmentRows, type SaidRow } from './segment-rows.ts';
import { toldAttribute } from './told-attribute.ts';
import { classAttributeId, viaAttributes } from './via3-attributes.ts';

export const via3: Format = {
  id: 'via3',
  name: 'VIA 3 project',
  extensions: ['json'],
  description:
    'A project of the VGG Image Annotator for video, with every video: a time segment, its class, and what more is said of it as further attributes.',
  layout: 'file',
  keeps: ['times to the frame', 'overlaps', 'subjects', 'ambiguous', 'attributes', 'classes without segments'],
  read,
  write,
};

const format = say('a VIA 3 project');
const id = z.union([z.string(), z.number()]).transform(String);
/** What an attribute of ours is for: VIA keeps keys that it does not know. */
const role = z.discriminatedUnion('says', [
  z.looseObject({ says: z.enum(['class', 'subject', 'ambiguous']) }),
  z.looseObject({ says: z.literal('attribute'), definition: toldAttribute }),
]);
const viaAttribute = z.looseObject({
  aname: z.string(),
  options: z.record(z.string(), z.string()).catch({}).default({}),
  cuepoint: role.optional().catch(undefined),
});
type ViaAttribute = z.infer<typeof viaAttribute>;
const project = z.looseObject({
  attribute: z.record(z.string(), viaAttribute),
  file: z.record(z.string(), z.looseObject({ fname: z.string() })),
  view: z.record(z.string(), z.looseObject({ fid_list: z.array(id) })),
  metadata: z.record(z.string(), z.unknown()),
});
const metadata = z.looseObject({
  vid: id,
  z: z.array(z.number()),
  av: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]).transform(String)),
});

/**
 * Each value of a time segment is one of our segments; of an attribute with options, the words of the option. In a project
 * of ours one attribute alone holds classes, and the others say more of the segment.
 */
function read(text: string, file: string): ImportedAnnotations {
  const {
    attribute,
    file: files,
    view,
    metadata: all,
  } = checkedJson(readJson(text, file, format), project, file, format);
  const rows = new SegmentRows('via3');
  for (const { fname } of Object.values(files)) rows.video(fname);
  const ofClasses = ownClasses(attribute);
  if (ofClasses !== undefined) for (const name of Object.values(attribute[ofClasses]!.options)) rows.label(name);
  for (const { cuepoint } of Object.values(attribute))
    if (cuepoint?.says === 'attribute') rows.attribute(cuepoint.definition);
  for (const [key, value] of Object.entries(all)) {
    const place = say('metadata {{key}}', { key });
    const told = rows.checks.read(metadata, value, { place });
    if (told === null) continue;
    const fname = files[view[told.vid]?.fid_list[0] ?? '']?.fname;
    const said = Object.entries(told.av);
    const values = said
      .filter(([aid]) => ofClasses === undefined || aid === ofClasses)
      .flatMap(([aid, chosen]) => choicesIn(attribute[aid], chosen));
    const labels = new Set(values.filter((label) => label !== ''));
    const details = ofClasses === undefined ? {} : detailsIn(attribute, said);
    if (fname === undefined) rows.refuse(place, say('the file must list the video'));
    else if (told.z.length !== 2) rows.refuse(place, say('it is no segment of time'));
    else if (labels.size === 0) rows.refuse(place, say('a segment without a value has no class'));
    else
      for (const label of labels)
        rows.add({ place, video: fname, label, startS: told.z[0]!, endS: told.z[1]!, ...details });
  }
  return rows.done(file, format);
}

/** Of an attribute with several choices, those that were made are parted by commas. */
const choicesIn = (attribute: ViaAttribute | undefined, chosen: string): string[] =>
  chosen.split(',').map((one) => (attribute?.options[one] ?? (hasOptions(attribute) ? one : chosen)).trim());

const hasOptions = (attribute: ViaAttribute | undefined): boolean =>
  attribute !== undefined && Object.keys(attribute.options).length > 0;

/** The attribute that holds classes in a project of ours: it says so, or is alone, as earlier ones wrote it. */
function ownClasses(attribute: Readonly<Record<string, ViaAttribute>>): string | undefined {
  const all = Object.entries(attribute);
  const isAlone = all.length === 1 && attribute[classAttributeId]?.aname === 'action';
  return all.find(([, { cuepoint }]) => cuepoint?.says === 'class')?.[0] ?? (isAlone ? classAttributeId : undefined);
}

/** What the other attributes of a project of ours say of a segment; also those that somebody added in VIA. */
function detailsIn(
  attribute: Readonly<Record<string, ViaAttribute>>,
  said: readonly (readonly [string, string])[],
): Pick<SaidRow, 'subject' | 'ambiguous' | 'values'> {
  const told = said.flatMap(([aid, chosen]) => {
    const one = attribute[aid];
    const value = hasOptions(one) ? choicesIn(one, chosen).join(', ') : chosen.trim();
    return one === undefined || one.cuepoint?.says === 'class' || value === '' ? [] : [{ one, value }];
  });
  const valueOf = (says: 'subject' | 'ambiguous') => told.find(({ one }) => one.cuepoint?.says === says)?.value;
  const values = told.flatMap(({ one: { aname, cuepoint }, value }) =>
    cuepoint === undefined || cuepoint.says === 'attribute' ? [[aname.trim(), value.slice(0, longestText)]] : [],
  );
  return {
    subject: valueOf('subject')?.slice(0, longestSubject),
    ...(valueOf('ambiguous') !== undefined && { ambiguous: true }),
    ...(values.length > 0 && { values: Object.fromEntries(values) as Record<string, string> }),
  };
}

function write(set: AnnotationSet): Written {
  const { videos, warnings } = heldSegments(set);
  const ids = videos.map((_, index) => String(index + 1));
  const { attribute, valuesOf } = viaAttributes(set);
  const segments = videos.flatMap(({ segments: own }, index) =>
    own.map((segment, at) => [
      `${ids[index]!}_${String(at + 1).padStart(8, '0')}`,
      {
        vid: ids[index]!,
        flg: 0,
        z: [secondsOf(segment.startUs), secondsOf(segment.endUs)],
        xy: [],
        av: { [classAttributeId]: String(segment.labelId), ...valuesOf(segment) },
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
    attribute,
    file: Object.fromEntries(
      videos.map(({ name }, index) => [ids[index]!, { fid: ids[index]!, fname: name, type: 4, loc: 1, src: '' }]),
    ),
    metadata: Object.fromEntries(segments),
    view: Object.fromEntries(ids.map((one) => [one, { fid_list: [one] }])),
  };
  return { text: `${JSON.stringify(document)}\n`, warnings };
}
