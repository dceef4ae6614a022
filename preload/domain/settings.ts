import { z } from 'zod';
import { inferenceServer } from './inference-server.ts';
import { executionProvider } from './model.ts';
import { scene } from './scene.ts';
import { tableColumns } from './table-columns.ts';

const studioFields = {
  theme: z.enum(['dark', 'light', 'system']),
  /** How much room rows and controls take. */
  density: z.enum(['comfortable', 'compact']),
  /** `reduced`: nothing moves by itself but the video that is played. */
  motion: z.enum(['system', 'reduced']),
  /** Of the timeline: its pointers and the playhead. */
  pointers: z.enum(['system', 'large']),
  /** The window's language as a BCP 47 tag, or `system`. */
  language: z
    .string()
    .regex(/^[A-Za-z\d-]{2,}$/)
    .max(35),
  /** `auto`: chosen by trial. */
  provider: z.union([z.literal('auto'), executionProvider]),
  /** Frames per run that a trial found best on a provider. */
  bestBatch: z.object({ provider: executionProvider, frames: z.int().min(1).max(256) }).nullable(),
  /** The server that computes where the provider is `remote`; its token is kept apart. */
  server: inferenceServer.nullable(),
  /** The guided tour has opened by itself, which it does once. */
  tourSeen: z.boolean(),
  /** The model that a new project begins with, where it was added: the one that was downloaded last. */
  newProjectModel: z.string().max(1000).nullable(),
  /** Who labels here: signs edits and segments. Empty: nobody says. */
  annotator: z.string().trim().max(200),
  /** Which newer versions of the program are looked for when it starts; `off` asks nobody. */
  updates: z.enum(['off', 'stable', 'beta']),
  /** A newer version that was found is downloaded without being asked for. */
  downloadUpdates: z.boolean(),
};

/** What belongs to the person at this machine. */
export const studioSettings = z.object({
  theme: studioFields.theme.default('dark'),
  density: studioFields.density.default('comfortable'),
  motion: studioFields.motion.default('system'),
  pointers: studioFields.pointers.default('system'),
  language: studioFields.language.default('system'),
  provider: studioFields.provider.default('auto'),
  bestBatch: studioFields.bestBatch.default(null),
  server: studioFields.server.default(null),
  tourSeen: studioFields.tourSeen.default(false),
  newProjectModel: studioFields.newProjectModel.default(null),
  annotator: studioFields.annotator.default(''),
  updates: studioFields.updates.default('off'),
  downloadUpdates: studioFields.downloadUpdates.default(false),
});
export type StudioSettings = z.infer<typeof studioSettings>;

/** What of it is each one's own where several people use a studio that stands behind a sign-in. */
export const personalSettings = studioSettings.pick({
  theme: true,
  density: true,
  motion: true,
  pointers: true,
  language: true,
  tourSeen: true,
});
export type PersonalSettings = z.infer<typeof personalSettings>;

/** What to change; what is left out stays. Not `studioSettings.partial()`: zod fills defaults in there too. */
export const studioSettingsChange = z.object(studioFields).partial();
export type StudioSettingsChange = z.infer<typeof studioSettingsChange>;

/** Who says which class a proposal shows: frame features, an X-CLIP that looks at the clip, or both together. */
export const scorerMode = z.enum(['clip', 'xclip', 'fused']);
export type ScorerMode = z.infer<typeof scorerMode>;

/** Which square of a picture that is none is looked at: its middle, or where a video shows what moves. */
export const framing = z.enum(['middle', 'moving']);
export type Framing = z.infer<typeof framing>;

/** In which numbers frame features are kept. Half precision takes half the space, and rounds each number to 11 bits. */
export const featureNumbers = z.enum(['float32', 'float16']);
export type FeatureNumbers = z.infer<typeof featureNumbers>;

const projectFields = {
  /** Name of an added model, or null while none is chosen. */
  model: z.string().max(1000).nullable(),
  scorer: scorerMode,
  /** Name of an added X-CLIP; used where the scorer is not `clip`. */
  scorerModel: z.string().max(1000).nullable(),
  /** Frames per second at which features are sampled. */
  samplingFps: z.number().positive().max(60),
  framing,
  /** Whether frames that hardly differ from the one before share its features: several times faster for still cameras. */
  shareStill: z.boolean(),
  featureNumbers,
  /** `{}` stands for the class's prompt text. Empty: the built-in short list. */
  templates: z.array(z.string().max(1000).includes('{}')).max(1000),
  /** Texts that describe nothing happening. Empty: the built-in list. */
  backgroundTexts: z.array(z.string().min(1).max(1000)).max(1000),
  /** Proposals below this score are hidden in the timeline and the queue, never deleted. */
  scoreThreshold: z.number().min(0).max(1),
  /** Tune by itself after this many new corrections; 0: only when asked. */
  automaticTuning: z.int().nonnegative(),
  /** How the last table that was imported by its columns is laid out. */
  tableColumns: tableColumns.nullable(),
  /** Where a project was handed out to label parts of videos: those parts. A video that is not named is asked for whole. */
  askedParts: z.array(z.object({ videoId: z.int().positive(), startUs: z.int(), endUs: z.int() })).max(100_000),
  /** Which videos filmed the same scene at once, and how their clocks lie to each other. */
  scenes: z.array(scene).max(10_000),
};

/** What belongs to the project and travels with its folder. */
export const projectSettings = z.object({
  model: projectFields.model.default(null),
  scorer: projectFields.scorer.default('clip'),
  scorerModel: projectFields.scorerModel.default(null),
  samplingFps: projectFields.samplingFps.default(4),
  framing: projectFields.framing.default('middle'),
  shareStill: projectFields.shareStill.default(false),
  featureNumbers: projectFields.featureNumbers.default('float32'),
  templates: projectFields.templates.default([]),
  backgroundTexts: projectFields.backgroundTexts.default([]),
  scoreThreshold: projectFields.scoreThreshold.default(0.3),
  automaticTuning: projectFields.automaticTuning.default(0),
  tableColumns: projectFields.tableColumns.default(null),
  askedParts: projectFields.askedParts.default([]),
  scenes: projectFields.scenes.default([]),
});
export type ProjectSettings = z.infer<typeof projectSettings>;

/** What to change; what is left out stays. */
export const projectSettingsChange = z.object(projectFields).partial();
export type ProjectSettingsChange = z.infer<typeof projectSettingsChange>;
