import { readFileSync, writeFileSync } from 'node:fs';
import { readDualEncoder } from '#native-models/open-model.ts';
import { seededRandom } from '#main/random/seeded-random.ts';
import { openPromptLearner, type PromptLearner } from '#native-models/prompt-learning/prompt-learner.ts';
import { adamWDefaults, adamWStep, zeroMoments } from '#native-models/training/adamw.ts';

/** One way to learn prompts, as a process of its own measures it. */
export interface StepSetting {
  readonly checkpoint: string;
  readonly classes: number;
  readonly prefix: number;
  readonly suffix: number;
  readonly form: 'shared-prefix' | 'plain';
  readonly provider: 'cpu' | 'cpu-int8';
}

export interface StepCost {
  readonly milliseconds: number;
  /** Highest memory of the process above what it had before the first step, MiB; null where the system does not tell. */
  readonly peakMiB: number | null;
}

/** What the parent may ask: to get ready, then step after step. */
export type StepRequest = StepSetting | 'step';

const clips = 64;
/** Tokens of names, in turn: what names of actions usually have. */
const nameLengths = [1, 2, 3, 4, 5];

interface Trainer {
  readonly learner: PromptLearner;
  readonly learned: Map<string, Float32Array>;
  step(): Promise<void>;
}

async function openTrainer({ checkpoint, classes, prefix, suffix, form, provider }: StepSetting): Promise<Trainer> {
  const encoder = readDualEncoder(checkpoint);
  const { dim } = encoder;
  const vocabulary = encoder.texts.tokenTable().length / encoder.texts.width;
  const { between } = seededRandom(1);
  const numbers = (length: number, scale: number): Float32Array =>
    Float32Array.from({ length }, () => between(-scale, scale));
  const names = Array.from({ length: classes }, (_, row) =>
    Array.from({ length: nameLengths[row % nameLengths.length]! }, (__, at) => (7 * row + 13 * at) % (vocabulary - 2)),
  );
  const learner = await openPromptLearner(
    encoder,
    {
      names,
      startOfText: vocabulary - 2,
      endOfText: vocabulary - 1,
      anchors: numbers(classes * dim, 0.05),
      background: numbers(2 * dim, 0.05),
    },
    {
      prompt: { prefix, suffix },
      temporal: null,
      scale: 100,
      anchorWeight: 8,
      classesPerChunk: classes,
      form,
      provider,
    },
  );
  const targets = new Float32Array(clips * classes);
  for (let row = 0; row < clips; row += 1) targets[row * classes + (row % classes)] = 1;
  const examples = {
    count: clips,
    features: numbers(clips * dim, 0.05),
    targets,
    backgroundTargets: new Float32Array(clips * 2),
    weights: new Float32Array(clips).fill(1 / clips),
  };
  const learned = new Map([...learner.shapes].map(([name, [rows, width]]) => [name, numbers(rows! * width!, 0.02)]));
  const moments = new Map([...learned].map(([name, values]) => [name, zeroMoments(values.length)]));
  let steps = 0;
  return {
    learner,
    learned,
    async step() {
      const { gradients } = await learner.step(learned, null, examples);
      steps += 1;
      for (const [name, values] of learned)
        adamWStep(values, gradients.get(name)!, moments.get(name)!, steps, 2e-3, adamWDefaults);
    },
  };
}

const statusKiB = (field: 'VmHWM' | 'VmRSS'): number =>
  Number(new RegExp(`${field}:\\s+(\\d+) kB`).exec(readFileSync('/proc/self/status', 'utf8'))![1]);

let trainer: Trainer | null = null;
let restingKiB: number | null = null;

async function answer(request: StepRequest): Promise<void> {
  if (request !== 'step') {
    trainer = await openTrainer(request);
    if (process.platform === 'linux') {
      // Forgets the highest memory so far, which building the graph reached.
      writeFileSync('/proc/self/clear_refs', '5');
      restingKiB = statusKiB('VmRSS');
    }
    process.send!('ready');
    return;
  }
  const start = performance.now();
  await trainer!.step();
  const milliseconds = performance.now() - start;
  const peakMiB = restingKiB === null ? null : (statusKiB('VmHWM') - restingKiB) / 1024;
  process.send!({ milliseconds, peakMiB } satisfies StepCost);
}

// A rejection ends the process with its words.
process.on('message', (request: StepRequest) => void answer(request));
