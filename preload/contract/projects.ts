import { oc } from '@orpc/contract';
import { z } from 'zod';
import { projectSettings, projectSettingsChange } from '../domain/settings.ts';
import { modelName, placeToken } from './given.ts';

export const projectInfo = z.object({
  name: z.string(),
  location: z.string(),
  /** The folder cannot be written to: everything can be looked at, nothing changed. */
  readOnly: z.boolean(),
  /** It came with the studio, for newcomers to try things on. */
  isSample: z.boolean(),
  videoCount: z.int(),
  settings: projectSettings,
});
export type ProjectInfo = z.infer<typeof projectInfo>;

/** What using another model of frames in the open project would mean. */
export const modelSwitch = z.object({
  /** The model that it uses now. */
  from: z.string().nullable(),
  /** Segments that a person decided: they stay. */
  accepted: z.int(),
  rejected: z.int(),
  /** Proposals, which the other model's take the place of where nobody has touched them. */
  proposals: z.int(),
  /** Learned versions that mean nothing with the other model, and wait until this one is back. */
  restingVersions: z.int(),
  /** Videos whose features are not there yet: how many, how long they play, and how long computing takes, if known. */
  videos: z.int(),
  videoSeconds: z.number(),
  computingSeconds: z.number().nullable(),
});
export type ModelSwitch = z.infer<typeof modelSwitch>;

/** Bytes on the disk: what image encoders made of frames, what temporal modules made of that, and encoded clips. */
const storedSizes = z.object({ frames: z.int(), dense: z.int(), proposals: z.int(), clips: z.int() });
export type StoredSizes = z.infer<typeof storedSizes>;

export const projects = {
  open: oc.input(z.object({ place: placeToken })).output(projectInfo),
  /** Makes `<name>.cuepoint` inside the folder `place` and opens it. */
  create: oc
    .input(
      z.object({
        place: placeToken,
        name: z.string().trim().min(1).max(255),
        classes: z.array(z.string().max(200)).max(10_000).default([]),
      }),
    )
    .output(projectInfo),
  close: oc.output(z.void()),
  info: oc.output(projectInfo),
  /** What choosing this model would mean; nothing changes. */
  modelSwitch: oc.input(z.object({ model: modelName })).output(modelSwitch),
  storedSizes: oc.output(storedSizes),
  changeSettings: oc.input(projectSettingsChange).output(projectSettings),
};
