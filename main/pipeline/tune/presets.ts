import { actionClipTemplates } from './actionclip-templates.ts';

/** How prompts are learned. */
export interface TuningPreset {
  readonly id: 'quick' | 'full' | 'efficient-prompt' | 'actionclip' | 'clip4clip';
  /**
   * Words that the prefix starts from, through the token table; null starts from N(0, 0.01²). Vectors beyond the words
   * start from small noise.
   */
  readonly prefixWords: string | null;
  /** Texts that every name is read in, for `{}`; null takes the project's. */
  readonly templates: readonly string[] | null;
  /** Whether prompt vectors stay as they begin, so that time alone is learned. */
  readonly frozenPrompts: boolean;
  /** Vectors before the name; 0 stands for as many as the words have tokens. */
  readonly prefix: number;
  readonly suffix: number;
  /** Whether class features start as exactly the zero-shot ones, and learning only moves them from there. */
  readonly fromZeroShot: boolean;
  /** 1 / τ; null takes the checkpoint's own scale. */
  readonly scale: number | null;
  /** Weight of the anchor loss. */
  readonly anchorWeight: number;
  /** Frames of the temporal transformer; null for none. `minimumShots` a class before it is trained at all. */
  readonly temporal: {
    readonly frames: number;
    readonly layers: number;
    readonly skip: 'outer' | 'none';
    readonly minimumShots: number;
  } | null;
  readonly learningRate: number;
  readonly weightDecay: number;
  readonly steps: number;
  /** `cosine` falls to zero over the steps; `constant` is what the published schedule comes to. */
  readonly schedule: 'cosine' | 'constant';
  /** Runs with different seeds whose class features are averaged. */
  readonly seeds: number;
}

/** Our recipe for a handful of corrections: it begins at the zero-shot answer and is held near it. */
const quick: TuningPreset = {
  id: 'quick',
  templates: null,
  frozenPrompts: false,
  prefixWords: 'a video of a person',
  prefix: 0,
  suffix: 0,
  fromZeroShot: true,
  scale: null,
  anchorWeight: 8,
  temporal: null,
  learningRate: 2e-3,
  weightDecay: 0,
  steps: 100,
  schedule: 'cosine',
  seeds: 1,
};

export const tuningPresets: Readonly<Record<TuningPreset['id'], TuningPreset>> = {
  quick,
  /** 16 + X + 16 vectors and, with enough shots, the temporal transformer, still from the zero-shot answer. */
  full: {
    ...quick,
    id: 'full',
    prefix: 16,
    suffix: 16,
    temporal: { frames: 16, layers: 1, skip: 'outer', minimumShots: 8 },
    seeds: 3,
  },
  /** The published setting (Ju et al. 2022, released code): random starts, τ 0.07, temporal transformer, AdamW 1e-4. */
  'efficient-prompt': {
    id: 'efficient-prompt',
    templates: null,
    frozenPrompts: false,
    prefixWords: null,
    prefix: 16,
    suffix: 16,
    fromZeroShot: false,
    scale: 1 / 0.07,
    anchorWeight: 0,
    temporal: { frames: 16, layers: 1, skip: 'none', minimumShots: 0 },
    learningRate: 1e-4,
    weightDecay: 0.01,
    steps: 1100,
    schedule: 'constant',
    seeds: 1,
  },
  /**
   * ActionCLIP's way with time and texts over frozen towers (Wang et al. 2021, released code): names through its
   * sixteen texts, six layers over eight frames with an outer skip, the rate of its added parts. It trains the towers
   * too; here they stay as they are.
   */
  actionclip: {
    ...quick,
    id: 'actionclip',
    templates: actionClipTemplates,
    frozenPrompts: true,
    anchorWeight: 0,
    temporal: { frames: 8, layers: 6, skip: 'outer', minimumShots: 0 },
    learningRate: 5e-5,
    weightDecay: 0.2,
    steps: 400,
  },
  /**
   * CLIP4Clip's sequential transformer over frozen towers (Luo et al. 2021, released code: `seqTransf`): four layers
   * over twelve frames with an outer skip, then the mean. Its `meanP`, the mean of plain features, is what there is
   * before anything is learned.
   */
  clip4clip: {
    ...quick,
    id: 'clip4clip',
    frozenPrompts: true,
    anchorWeight: 0,
    temporal: { frames: 12, layers: 4, skip: 'outer', minimumShots: 0 },
    learningRate: 1e-4,
    weightDecay: 0.2,
    steps: 400,
  },
};
