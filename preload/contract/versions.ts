import { oc } from '@orpc/contract';
import { z } from 'zod';
import { tuningPoint } from '../domain/tuning.ts';
import { learnedVersion, versionKind } from '../domain/version-kinds.ts';
import { placeToken } from './given.ts';

const one = z.object({ versionId: z.int() });

/** What was learned in a project, of every kind: each kind's live version has a say in proposals. */
export const versions = {
  /** Of one kind, or of every kind (null), newest first. */
  list: oc.input(z.object({ kind: versionKind.nullable() })).output(z.array(learnedVersion)),
  /** Makes a version live whatever the gate said. Fails with `bad-input` for one of another model. */
  setLive: oc.input(one).output(z.void()),
  /** No version of this kind is live any more: names and corrections, or the scorer untaught, decide. */
  goBack: oc.input(z.object({ kind: versionKind })).output(z.void()),
  rename: oc.input(one.extend({ name: z.string().min(1).max(200) })).output(z.void()),
  /** Forgets a version and its file; a live one is refused. */
  remove: oc.input(one).output(z.void()),
  /** What a version was learned along, thinned to what a chart shows; empty where nothing was kept. */
  curve: oc.input(one).output(z.array(tuningPoint)),
  /**
   * Writes a version into a folder: its tensors as safetensors, and a JSON file of the same name that says what it is.
   * Both together can be taken into another project.
   */
  export: oc.input(one.extend({ place: placeToken })).output(z.object({ path: z.string() })),
  /**
   * The same for what the corrections of now teach at once, which is no version here: it changes with each of them.
   * Fails with `nothing-to-do` where they teach nothing.
   */
  exportCorrections: oc.input(z.object({ place: placeToken })).output(z.object({ path: z.string() })),
  /**
   * Takes in a version that was exported, by either of its two files; it is not live yet. Fails with `bad-input` where
   * the project's model is not the one that it was learned for, `unreadable-model` for files that are no such version.
   */
  import: oc.input(z.object({ place: placeToken })).output(learnedVersion),
};
