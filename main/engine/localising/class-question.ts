import path from 'node:path';
import { computingName } from '#preload/domain/inference-server.ts';
import type { ClassSet } from '#main/pipeline/propose/class-set.ts';
import type { FeatureKey } from '#main/pipeline/feature-store/feature-key.ts';
import type { CarriedLesson } from '#main/pipeline/learn/carried-lesson.ts';
import { classSetOf } from './class-set-of.ts';
import type { WithTexts } from '../memory/ports.ts';
import type { LocalisationInput } from '../vocabulary.ts';
import { liveBoundaries, liveLesson, liveVersion, type LiveBoundaries, type LiveVersion } from './live-version.ts';
import { ownHeadOf, ownModuleAt, type OwnHead } from './own-module.ts';
import { tunedClassSet, type WithTunedRows } from './tuned-classes.ts';

export type Asked = Pick<LocalisationInput, 'model' | 'featuresFolder' | 'classes' | 'settings' | 'taught'>;

/** The classes of a project as they are asked for in every video. */
export interface ClassQuestion {
  readonly dim: number;
  readonly classIds: readonly number[];
  /** Names as the live version reads them. */
  readonly classSet: ClassSet;
  /** The classes by their names alone. */
  readonly zeroShot: ClassSet;
  /** The live version, where it belongs to this model. */
  readonly version: LiveVersion | null;
  /** The boundary head beside the temporal module that is in use; null where the model brings none along. */
  readonly ownHead: OwnHead | null;
  /** The live boundary head, where it belongs to this model. */
  readonly edges: LiveBoundaries | null;
  /** What corrections of another project taught, where it belongs to this model. */
  readonly carried: CarriedLesson | null;
  /** The key of a video's features, by its checksum. */
  readonly featureKeyOf: (videoChecksum: string) => FeatureKey;
  /** Equal questions have equal keys. */
  readonly key: string;
  readonly warnings: readonly string[];
}

/**
 * Zero-shot classes; those that the live version reads under its prompts as they are under them. Prompts tuned on some
 * names seldom carry over to others, which would lose by them.
 */
export async function classQuestion(memory: WithTexts & WithTunedRows, asked: Asked): Promise<ClassQuestion> {
  const { model, classes, settings, taught = null } = asked;
  const { classSet: zeroShot, warnings: aboutNames } = await classSetOf(memory, model, classes, settings);
  const facts = await memory.models.facts(model);
  const own = ownModuleAt(facts, settings.samplingFps);
  const {
    versionFile,
    boundaryFile,
    lessonFile = null,
  } = taught === null || classes.length === 0 ? nothingLive : taught;
  const live = await liveVersion(memory, model, settings.samplingFps, versionFile);
  const edges = await liveBoundaries(memory, model, settings.samplingFps, boundaryFile);
  const carried = await liveLesson(memory, model, settings.samplingFps, lessonFile);
  const { version } = live;
  return {
    dim: facts.dim,
    classIds: classes.map(({ classId }) => classId),
    classSet: version === null ? zeroShot : await tunedClassSet(memory, { model, classes }, zeroShot, version),
    zeroShot,
    version,
    ownHead: classes.length === 0 ? null : ownHeadOf(facts, settings.samplingFps),
    edges: edges.version,
    carried: carried.version,
    featureKeyOf: await memory.models.featureKeys(model, settings.samplingFps),
    // What is kept under it on the disk goes with a project that is moved: versions have names of their own anywhere.
    key: JSON.stringify([
      facts.hash,
      computingName(model.provider),
      model.framing ?? 'middle',
      model.shareStill ?? false,
      ...(model.numbers === 'float16' ? ['float16'] : []),
      own.hash,
      nameOf(version?.file),
      nameOf(edges.version?.file),
      carried.version === null ? null : nameOf(lessonFile),
      classes,
      settings,
    ]),
    warnings:
      classes.length === 0
        ? aboutNames
        : [...aboutNames, ...own.warnings, ...live.warnings, ...edges.warnings, ...carried.warnings],
  };
}

const nameOf = (file: string | null | undefined): string | null => (file == null ? null : path.basename(file));

const nothingLive = { versionFile: null, boundaryFile: null, lessonFile: null };
