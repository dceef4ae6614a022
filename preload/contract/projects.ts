import { oc } from '@orpc/contract';
import { z } from 'zod';
import { projectSettings, projectSettingsChange } from '../domain/settings.ts';

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

/** Bytes on the disk: what image encoders made of frames, what temporal modules made of that, and encoded clips. */
const storedSizes = z.object({ frames: z.int(), dense: z.int(), clips: z.int() });
export type StoredSizes = z.infer<typeof storedSizes>;

export const projects = {
  open: oc.input(z.object({ place: z.string() })).output(projectInfo),
  /** Makes `<name>.cuepoint` inside the folder `place` and opens it. */
  create: oc
    .input(z.object({ place: z.string(), name: z.string().trim().min(1), classes: z.array(z.string()).default([]) }))
    .output(projectInfo),
  close: oc.output(z.void()),
  info: oc.output(projectInfo),
  storedSizes: oc.output(storedSizes),
  changeSettings: oc.input(projectSettingsChange).output(projectSettings),
};
