import type Database from 'better-sqlite3';
import { z } from 'zod';
import { actionClass } from '#preload/domain/action-class.ts';
import { attribute } from '#preload/domain/attribute.ts';
import { edit } from '#preload/domain/edit.ts';
import { FrameTable } from '#preload/domain/frame-table.ts';
import { failureValue, jobKind } from '#preload/domain/job.ts';
import { recording, type Recording } from '#preload/domain/recording.ts';
import { review, segment } from '#preload/domain/segment.ts';
import { told } from '#preload/domain/saying.ts';
import { projectSettings } from '#preload/domain/settings.ts';
import { tuningPoint } from '#preload/domain/tuning.ts';
import { versionKinds } from '#preload/domain/version-kinds.ts';
import { videoFacts } from '#preload/domain/video-facts.ts';
import { layerSegmentBody } from './layers-table.ts';
import { frameTableFromBlob } from './frame-table-blob.ts';

/** What must hold for the rows of a table, since somebody else may have written them. */
export interface RowRule {
  readonly table: string;
  /** What is wrong with a row that breaks the rule; completes "row 3 of videos". */
  readonly says: string;
  /** SQL that is true of such a row. */
  readonly broken: string;
  /**
   * SQL that sets all such rows right; null where that would touch what a person made, or what only a person can find
   * again.
   */
  readonly mend: string | null;
  /** Looked at whenever a project is opened, or, where that takes long, when it is checked. */
  readonly when: 'opening' | 'checking';
}

/** A file name, in this folder or one named after it: no way up, no other drive, nothing that a system reads otherwise. */
const plainName = /^(?![.~])[\w .@+-]{1,200}$/u;

const isPlainName = (text: unknown): boolean => typeof text === 'string' && plainName.test(text) && !text.endsWith('.');

/** From the project's folder to a media file: ways up come first, and nothing is absolute. */
function isRelativePath(text: unknown): boolean {
  if (typeof text !== 'string' || text.length > 4096 || /[\0\\]|^[/~]|^[A-Za-z]:/u.test(text)) return false;
  const parts = text.split('/');
  const down = parts.findIndex((part) => part !== '..');
  return down >= 0 && parts.slice(down).every((part) => part !== '' && part !== '.' && part !== '..');
}

/** Absolute as some system writes it: a project may come from another one. */
const isAbsolutePath = (text: unknown): boolean =>
  typeof text === 'string' && text.length <= 4096 && !text.includes('\0') && /^(?:[/\\]|[A-Za-z]:[/\\])/u.test(text);

const isVersionFile = (text: unknown): boolean =>
  typeof text === 'string' && isPlainName(text.replace(/^scorer\//u, '')) && text.endsWith('.safetensors');

const fits = (schema: z.ZodType, value: unknown): boolean => schema.safeParse(value).success;

function parsed(json: unknown): unknown {
  try {
    return typeof json === 'string' ? JSON.parse(json) : undefined;
  } catch {
    return undefined;
  }
}

/** JSON in a column that may be empty. */
const jsonOrNull = (json: unknown): unknown => (json === null ? null : parsed(json));

/** What is null in a row is left out of a value. */
const given = (values: object): object =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== null));

function isFrameTable(blob: unknown, facts: unknown): boolean {
  const { frameCount } = (parsed(facts) ?? {}) as { frameCount?: unknown };
  try {
    return FrameTable.fromArray(frameTableFromBlob(blob as Uint8Array)).frameCount === frameCount;
  } catch {
    return false;
  }
}

const versionText = { id: 1, name: 'a', createdAt: 0, model: '', live: false, usable: true };

function isVersion(kind: unknown, facts: unknown): boolean {
  if (typeof kind !== 'string' || !Object.hasOwn(versionKinds, kind)) return true;
  const value = parsed(facts) as { curve?: unknown } | undefined;
  const { facts: schema } = versionKinds[kind as keyof typeof versionKinds];
  return fits(schema, { ...value, ...versionText, kind }) && fits(tuningPoint.array().default([]), value?.curve);
}

const settingNames = Object.keys(projectSettings.shape) as (keyof typeof projectSettings.shape)[];

function isSetting(name: unknown, value: unknown): boolean {
  const known = settingNames.find((one) => one === name);
  const setting = parsed(value);
  return setting !== undefined && (known === undefined || fits(projectSettings.shape[known], setting));
}

/** Functions that the rules' SQL calls. Each answers 1 or 0. */
const functions: Readonly<Record<string, (...values: never[]) => boolean>> = {
  is_plain_name: isPlainName,
  is_relative_path: isRelativePath,
  is_absolute_path: isAbsolutePath,
  is_version_file: isVersionFile,
  is_version: isVersion,
  is_setting: isSetting,
  is_frame_table: isFrameTable,
  is_video_facts: (json) => fits(videoFacts, parsed(json)),
  is_class: (id, name, prompt, colour, digitKey, position, parentId, definition, morePrompts, examples) =>
    fits(actionClass.omit({ removed: true, kind: true, exclusive: true }), {
      id,
      name,
      prompt,
      colour,
      digitKey,
      position,
      ...given({ parentId, definition, morePrompts: jsonOrNull(morePrompts), examples: jsonOrNull(examples) }),
    }),
  is_attribute: (id, name, kind, options, required, classIds, position) =>
    fits(attribute.omit({ removed: true }), {
      id,
      name,
      kind,
      options: parsed(options),
      required: required === 1,
      classIds: jsonOrNull(classIds),
      position,
    }),
  is_segment: (id, startUs, endUs, score, source, ranking, note, annotator, subject, attributes) =>
    fits(segment.omit({ videoId: true, classId: true, state: true, touched: true, ambiguous: true, locked: true }), {
      id,
      startUs,
      endUs,
      score,
      source: parsed(source),
      ranking: parsed(ranking),
      note,
      ...given({ annotator, subject, attributes: jsonOrNull(attributes) }),
    }),
  is_recording: (id, videoId, body) => {
    const row = { ...(parsed(body) as Recording | undefined), id, videoId };
    const isPath = row.relativePath === null || isRelativePath(row.relativePath);
    return fits(recording, row) && isPath && isAbsolutePath(row.absolutePath);
  },
  is_layer_segment: (body) => fits(layerSegmentBody, parsed(body)),
  is_review: (videoId, classId, state) => fits(review, { videoId, classId, state }),
  is_edit: (label, said, source, record, body) =>
    fits(edit, { ...(parsed(body) as object), label: said === null ? label : parsed(said), source, record }),
  is_job: (kind, said, work, notes, failure) =>
    !fits(jobKind, kind) ||
    (parsed(work) !== undefined &&
      (said === null || fits(told, parsed(said))) &&
      fits(z.array(told), parsed(notes)) &&
      (failure === null || fits(failureValue, parsed(failure)))),
};

/** Makes the functions of the rules known to a connection. */
export function registerRules(connection: Database.Database): void {
  for (const [name, holds] of Object.entries(functions)) {
    connection.function(name, { deterministic: true, varargs: true }, (...values: unknown[]) =>
      (holds as (...given: unknown[]) => boolean)(...values) ? 1 : 0,
    );
  }
}

export const rowRules: readonly RowRule[] = [
  {
    table: 'videos',
    says: 'has a checksum that is none',
    broken: 'NOT is_plain_name(checksum)',
    mend: null,
    when: 'opening',
  },
  {
    table: 'videos',
    says: 'has a name that leads elsewhere',
    broken: "name IN ('', '.', '..') OR instr(name, '/') OR instr(name, char(0)) OR length(name) > 1000",
    mend: null,
    when: 'opening',
  },
  {
    table: 'videos',
    says: 'names a media file by a path that is not relative to the project',
    broken: 'relative_path IS NOT NULL AND NOT is_relative_path(relative_path)',
    // Where the file was is known by its absolute path too, and it is looked for by its content.
    mend: 'UPDATE videos SET relative_path = NULL WHERE',
    when: 'opening',
  },
  {
    table: 'videos',
    says: 'names a media file by a path that leads from nowhere',
    broken: 'NOT is_absolute_path(absolute_path) OR size_bytes < 0',
    mend: null,
    when: 'opening',
  },
  {
    table: 'videos',
    says: 'has facts that cannot be read',
    broken: 'NOT is_video_facts(facts)',
    mend: null,
    when: 'opening',
  },
  {
    table: 'videos',
    says: 'names a playable copy outside the project',
    broken: 'proxy IS NOT NULL AND NOT is_plain_name(proxy)',
    mend: 'UPDATE videos SET proxy = NULL WHERE',
    when: 'opening',
  },
  {
    table: 'videos',
    says: 'has a frame table that cannot be read',
    broken: 'NOT is_frame_table(frames, facts)',
    mend: null,
    when: 'checking',
  },
  {
    table: 'features',
    says: 'names features outside the project',
    broken: 'NOT is_plain_name(key)',
    mend: 'DELETE FROM features WHERE',
    when: 'opening',
  },
  {
    table: 'versions',
    says: 'names tensors outside the project',
    broken: 'NOT is_version_file(file)',
    mend: 'DELETE FROM versions WHERE',
    when: 'opening',
  },
  {
    table: 'versions',
    says: 'does not say what was learned',
    broken: 'NOT is_version(kind, facts)',
    mend: 'DELETE FROM versions WHERE',
    when: 'opening',
  },
  {
    table: 'settings',
    says: 'has a value that cannot be',
    broken: 'NOT is_setting(name, value)',
    mend: 'DELETE FROM settings WHERE',
    when: 'opening',
  },
  {
    table: 'jobs',
    says: 'does not say what is to be done',
    broken: 'NOT is_job(kind, said, work, notes, failure)',
    mend: 'DELETE FROM jobs WHERE',
    when: 'opening',
  },
  {
    table: 'classes',
    says: 'is no class that can be shown',
    broken:
      'NOT is_class(id, name, prompt, colour, digit_key, position, parent_id, definition, more_prompts, examples)',
    mend: null,
    when: 'opening',
  },
  {
    table: 'classes',
    says: 'lies below itself',
    broken: `id IN (WITH RECURSIVE above (id, parent) AS (
        SELECT id, parent_id FROM classes WHERE parent_id IS NOT NULL
        UNION SELECT above.id, parent_id FROM above JOIN classes ON classes.id = parent WHERE parent_id IS NOT NULL)
      SELECT id FROM above WHERE id = parent)`,
    // A tree that goes round says nothing that could be kept.
    mend: 'UPDATE classes SET parent_id = NULL WHERE',
    when: 'opening',
  },
  {
    table: 'attributes',
    says: 'is no attribute that can be shown',
    broken: 'NOT is_attribute(id, name, kind, options, required, class_ids, position)',
    mend: null,
    when: 'opening',
  },
  {
    table: 'recordings',
    says: 'is no recording of a sensor that can be shown',
    broken: 'NOT is_recording(id, video_id, body)',
    mend: null,
    when: 'opening',
  },
  {
    table: 'segments',
    says: 'has times, a score or a source that cannot be',
    broken: 'NOT is_segment(id, start_us, end_us, score, source, ranking, note, annotator, subject, attributes)',
    mend: null,
    when: 'checking',
  },
  {
    table: 'reviews',
    says: 'has a state that cannot be',
    broken: 'NOT is_review(video_id, class_id, state)',
    mend: null,
    when: 'checking',
  },
  {
    table: 'layer_segments',
    says: 'says a segment that cannot be',
    broken: 'NOT is_layer_segment(body)',
    mend: null,
    when: 'checking',
  },
  {
    table: 'edits',
    says: 'cannot be read, so it can be neither undone nor done again',
    broken: 'NOT is_edit(label, said, source, record, body)',
    mend: null,
    when: 'checking',
  },
];
