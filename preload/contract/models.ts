import { eventIterator, oc } from '@orpc/contract';
import { z } from 'zod';
import { keptPlan, planProgress, planReport } from '../domain/compute-plan.ts';
import { libraryModel, modelDownload } from '../domain/model-library.ts';
import { modelDownloadProgress, modelEntry, providerReport } from '../domain/model.ts';
import { modelName, placeToken } from './given.ts';

/** `owner/name`. */
const repository = z
  .string()
  .max(255)
  .regex(/^(?!\.)[\w.-]+\/(?!\.)[\w.-]+$/, 'a model of the hub is named owner/name');
const source = z.object({
  repository,
  /** A branch, a tag or a commit; absent: of a model of the library its own, else `main`. */
  revision: z.string().min(1).max(255).optional(),
});

export const models = {
  list: oc.output(z.array(modelEntry)),
  /** Loads the folder once to see that it works. */
  add: oc.input(z.object({ place: placeToken })).output(modelEntry),
  /**
   * Brings a model from the hub into Cuepoint's own folder and adds it; tells how far it has come until the entry is
   * there. Ends with its caller; what has arrived is kept, and another call goes on. A model that was brought before is
   * only added.
   */
  download: oc.input(source).output(eventIterator(modelDownloadProgress, modelEntry)),
  /** The models that are worth a recommendation, the first one first. */
  library: oc.output(
    z.object({
      models: z.array(
        libraryModel.extend({
          /** The name under which it was added; null while it was not. */
          added: z.string().nullable(),
          /** How fast it is here: as its own trial measured, or about, as the machine's did. Null before any. */
          speed: z.object({ framesPerSecond: z.number().positive(), measured: z.boolean() }).nullable(),
        }),
      ),
      /** Where downloads are put, and how much room is left there. */
      folder: z.string(),
      freeBytes: z.number(),
      /** Where they come from. */
      hub: z.string(),
    }),
  ),
  /** Measures for some seconds how much this machine computes, for the library's speeds. */
  measureMachine: oc.output(z.void()),
  /** Downloads that the studio carries on by itself and that are not over. */
  downloads: oc.output(z.array(modelDownload)),
  /** Begins one, or goes on where it stopped; `model-arrived` tells when the model is there. */
  startDownload: oc.input(source).output(z.void()),
  /** Stops it; what has arrived is kept. */
  pauseDownload: oc.input(z.object({ repository })).output(z.void()),
  /** Stops it and removes what has arrived. */
  discardDownload: oc.input(z.object({ repository })).output(z.void()),
  /** Measures for some seconds how fast the model is on this machine, and keeps the figure with its entry. */
  tryOut: oc.input(z.object({ name: modelName })).output(modelEntry),
  /** Lets the server that is in use answer for the project's model, holds its answers against this machine's and times them. */
  tryServer: oc.output(z.object({ framesPerSecond: z.number().positive(), provider: providerReport })),
  /**
   * Encodes frames of the open project's videos in every way that this machine has, and tells which of those that agree
   * is fastest; the settings stay as they are.
   */
  tryPlans: oc.output(eventIterator(planProgress, planReport)),
  /** The way in which the open project's frames are read, found by trial before the first of them; null where none was made. */
  keptPlan: oc.output(keptPlan.nullable()),
  /** What the last trial of every way found on the open project's frames; null where none was made. */
  planReport: oc.output(planReport.nullable()),
  /** Forgets the folder; its files stay. */
  remove: oc.input(z.object({ name: modelName })).output(z.void()),
  check: oc.input(z.object({ name: modelName })).output(
    z.object({
      model: z.string(),
      tensors: z.record(z.string(), z.number()),
      passed: z.boolean(),
      provider: providerReport,
      temporal: modelEntry.shape.temporal,
    }),
  ),
};
