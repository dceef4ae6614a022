import { eventIterator, oc } from '@orpc/contract';
import { z } from 'zod';
import { providerReport } from '../domain/model.ts';
import { studioSettings, studioSettingsChange } from '../domain/settings.ts';
import { keptView } from '../domain/kept-view.ts';
import { change } from './changes.ts';
import { projectInfo } from './projects.ts';

/** The program as a whole: which project is open, settings of this machine, and the stream of changes. */
export const studio = {
  state: oc.output(
    z.object({
      version: z.string(),
      project: projectInfo.nullable(),
      /** As the sign-in before this studio names who asks; null where there is none. */
      signedIn: z.object({ name: z.string(), isOwner: z.boolean() }).nullable(),
      /** Newest first. `place` opens it; null where the folder is gone. */
      recent: z.array(z.object({ name: z.string(), location: z.string(), place: z.string().nullable() })),
    }),
  ),
  settings: oc.output(studioSettings),
  changeSettings: oc.input(studioSettingsChange).output(studioSettings),
  /** Whether a token for the inference server is kept; what it is is told to the server alone. */
  hasServerToken: oc.output(z.boolean()),
  /** Keeps a token for the server that is set, until its address names another machine; null forgets it. */
  setServerToken: oc
    .input(
      z.object({
        token: z
          .string()
          .trim()
          .min(1)
          .max(8192)
          .regex(/^[\x21-\x7e]+$/)
          .nullable(),
      }),
    )
    .output(z.void()),
  /** How the window looks to this person at this machine, by name of the part; the texts are the window's own. */
  keptViews: oc.output(z.array(keptView)),
  /** Keeps one; an empty text forgets it. */
  keepView: oc.input(keptView).output(z.void()),
  /** How the execution provider was chosen for the current model; null before a model was used. */
  provider: oc.output(providerReport.nullable()),
  /** A page to send with a question: versions, what computes, the log's end. Paths and names are hidden unless asked for. */
  bugReport: oc.input(z.object({ withNames: z.boolean() })).output(z.object({ text: z.string() })),
  /** Reports on this machine what failed in the page. */
  noteFailure: oc.input(z.object({ trace: z.string().max(20_000) })).output(z.void()),
  /** Every change from now on. After a reconnect the client refetches everything. */
  changes: oc.output(eventIterator(change)),
};
