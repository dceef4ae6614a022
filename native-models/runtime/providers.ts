import { Failure } from '#preload/domain/failure.ts';
import { say, type SaidValue, type Told } from '#preload/domain/saying.ts';
import { computingHere, type Computing } from '#preload/domain/inference-server.ts';
import type { OnnxModel } from '../graph/lower-to-onnx.ts';
import type { Precision } from '../graph/quantise.ts';
import { agrees, pointsAlike, relativeDifference } from './agreement.ts';
import { planOf, withoutMerging, type Provider } from './plan.ts';
import { reasonOf } from './reason-of.ts';
import { builtInProviders, openSession, type Session } from './session.ts';
import type { TensorValues } from './tensor-value.ts';
import { openRemoteSession } from '../remote/remote-session.ts';
import type { ServedPiece } from '../serving/served-graph.ts';
import { openTrialJournal } from './trial-journal.ts';

/** How one execution provider did on a model. */
export interface ProviderTrial {
  readonly provider: Provider;
  /** Why it cannot be used; null if it can. */
  readonly error: Told | null;
  /** Largest difference from the CPU on the probe, relative to the largest magnitude there; null if it never ran. */
  readonly maxDifference: number | null;
  /** Time of one run on the probe; null if it was not timed (it failed, or there was no choice to make). */
  readonly milliseconds: number | null;
}

/** Other forms of a graph, written when they are asked for. */
export interface Forms {
  readonly inPrecision?: (precision: Precision) => OnnxModel | string;
  /** With tokens of pictures merged; null: it encodes pictures and cannot. What encodes none is computed as it is. */
  readonly withMergedTokens?: ((precision: Precision) => OnnxModel | string) | null;
}

/** What was asked, tried and chosen; shown in the studio. */
export interface ProviderReport {
  readonly requested: Provider | 'auto';
  /** Null until the model has run for the first time. */
  readonly chosen: Provider | null;
  readonly trials: readonly ProviderTrial[];
}

export interface ProviderOptions {
  /** `auto` (the default) tries all; a provider's name, or a server, forces it: then it works or opening fails. */
  readonly provider?: Computing;
  readonly threads?: number;
  /** Whether the forced provider was found good on this model before, which comes in its form and is not tried again. */
  readonly isTried?: boolean;
  /**
   * A file in which a trial is noted before it starts. A driver that takes the process down then does so once: next
   * time its provider is reported as crashed and passed over, until it is forced.
   */
  readonly trialJournal?: string;
}

/** One work on one provider: loaded, and ready to be tried. */
export interface Trialled extends AsyncDisposable {
  readonly provider: Provider;
  /** Does the work on a probe that is always the same. */
  run(): Promise<TensorValues>;
}

/**
 * Opens `model` on the fastest provider whose results on a probe (values in the shapes of its inputs) agree with the
 * CPU's. A server is asked where it may have the graph, as a `piece` of a model; any other graph is computed here, and the
 * report says so.
 */
export async function openOnBestProvider(
  model: OnnxModel | string,
  makeProbe: (session: Session) => TensorValues,
  options: ProviderOptions,
  { inPrecision, withMergedTokens }: Forms = {},
  piece?: ServedPiece,
): Promise<{ readonly session: Session; readonly report: ProviderReport }> {
  const requested = options.provider ?? 'auto';
  const server = typeof requested === 'object' && piece !== undefined ? { requested, piece } : null;
  const threads = options.threads === undefined ? {} : { threads: options.threads };
  let probe: TensorValues | null = null;
  let local: Session | null = null;
  const open = async (provider: Provider) => {
    const { precision, mergesTokens } = planOf(provider);
    if (mergesTokens && withMergedTokens === null) throw new Failure('bad-input', nothingToMerge);
    const write = mergesTokens ? withMergedTokens : precision === 'fp32' ? null : inPrecision;
    const form = write?.(precision) ?? model;
    const session =
      provider === 'remote'
        ? await openRemoteSession(server!.requested, server!.piece, local!)
        : await openSession(form, { provider, ...threads });
    local ??= session;
    return {
      session,
      provider,
      run: () => session.run((probe ??= makeProbe(session))),
      [Symbol.asyncDispose]: () => session[Symbol.asyncDispose](),
    };
  };
  const here = computingHere(requested);
  const forced = server === null ? (withMergedTokens === undefined ? withoutMerging(here) : here) : 'remote';
  if (options.isTried && forced !== 'auto') {
    const session = await openSession(model, { provider: forced, ...threads });
    return { session, report: { requested: forced, chosen: forced, trials: [] } };
  }
  // A graph that has no such form is computed exactly, and the report says so; one whose tokens should merge and cannot fails.
  const hasForm = forced === 'auto' || inPrecision !== undefined || planOf(forced).mergesTokens;
  const own = hasForm ? forced : planOf(forced).backend;
  const { best, report } = await openFastest(open, options, own);
  const trials = typeof requested === 'object' && server === null ? [notServed, ...report.trials] : report.trials;
  return { session: best.session, report: { requested: forced, chosen: report.chosen, trials } };
}

/**
 * Opens a work on the fastest provider that gives the CPU's results. A provider that fails, crashes or disagrees is passed
 * over and the report says why; a forced one that does makes this fail with 'bad-input'. Of other precisions those in
 * `besides` are tried.
 */
export async function openFastest<Work extends Trialled>(
  open: (provider: Provider) => Promise<Work>,
  options: Omit<ProviderOptions, 'provider'>,
  requested: Provider | 'auto',
  besides: readonly Provider[] = [],
): Promise<{ readonly best: Work; readonly report: ProviderReport }> {
  const cpu = await open('cpu');
  if (requested === 'cpu') return { best: cpu, report: { requested, chosen: 'cpu', trials: [untimed('cpu')] } };

  const devices = builtInProviders().filter((provider) => provider !== 'cpu');
  const rivals = requested === 'auto' ? [...devices, ...besides] : [requested];
  const journal = openTrialJournal(options.trialJournal);
  const trials: ProviderTrial[] = [];
  let best: { readonly work: Work; readonly trial: ProviderTrial } | null = null;
  let reference: TimedRun | null = null;
  let isOpen = true;
  const closeCpu = async () => {
    if (isOpen) await cpu[Symbol.asyncDispose]();
    isOpen = false;
  };
  // What is forced has nothing to fall back to: the processor's own form need not take memory beside it.
  if (requested !== 'auto' && requested !== 'remote') {
    try {
      reference = await timedRun(cpu);
    } finally {
      await closeCpu();
    }
  }
  for (const provider of rivals) {
    if (requested === 'auto' && journal.crashed(provider)) {
      trials.push(
        failed(provider, say('took the program down when it was last tried; force it in the settings to try again')),
      );
      continue;
    }
    journal.start(provider);
    let work: Work | null = null;
    try {
      work = await open(provider);
      reference ??= await timedRun(cpu);
      const trial = await tryProvider(work, reference);
      trials.push(trial);
      if (trial.error === null && (best === null || trial.milliseconds! < best.trial.milliseconds!)) {
        await best?.work[Symbol.asyncDispose]();
        best = { work, trial };
        work = null;
      }
    } catch (error) {
      // A server that is away, or whose asker gave up, was not tried: whoever asked for it decides whether to wait.
      if (error instanceof Failure && (error.code === 'server-away' || error.code === 'cancelled')) {
        await closeCpu();
        throw error;
      }
      trials.push(failed(provider, reasonOf(error)));
    } finally {
      journal.finish(provider);
      await work?.[Symbol.asyncDispose]();
    }
  }

  if (requested !== 'auto' && best === null) {
    await closeCpu();
    const reason = trials[0]!.error ?? '';
    const said =
      requested === 'remote'
        ? say(
            "The inference server, which the settings ask for, cannot be used: {{reason}}. Choose another provider or 'auto'.",
            { reason },
          )
        : say(
            "The {{provider}} provider, which the settings ask for, cannot be used: {{reason}}. Choose another provider or 'auto'.",
            { provider: requested, reason },
          );
    throw new Failure('bad-input', said, { provider: requested, trials });
  }
  trials.push(reference === null ? untimed('cpu') : { ...untimed('cpu'), milliseconds: reference.milliseconds });
  if (best !== null && (requested !== 'auto' || best.trial.milliseconds! < reference!.milliseconds)) {
    await closeCpu();
    return { best: best.work, report: { requested, chosen: best.trial.provider, trials } };
  }
  await best?.work[Symbol.asyncDispose]();
  return { best: cpu, report: { requested, chosen: 'cpu', trials } };
}

const nothingToMerge = say(
  'its pictures have no tokens that could be merged: that takes a vision transformer with two patches for each of its blocks',
);

/** Of a graph that no server has. */
const notServed: ProviderTrial = {
  provider: 'remote',
  error: say('servers do not have this part of the model, which this machine computes'),
  maxDifference: null,
  milliseconds: null,
};

const untimed = (provider: Provider): ProviderTrial => ({
  provider,
  error: null,
  maxDifference: 0,
  milliseconds: null,
});
const failed = (provider: Provider, error: Told): ProviderTrial => ({
  provider,
  error,
  maxDifference: null,
  milliseconds: null,
});

interface TimedRun {
  readonly values: TensorValues;
  readonly milliseconds: number;
}

async function tryProvider(work: Trialled, reference: TimedRun): Promise<ProviderTrial> {
  const { values, milliseconds } = await timedRun(work, 1000 + 10 * reference.milliseconds);
  const maxDifference = relativeDifference(values, reference.values);
  const { precision, mergesTokens } = planOf(work.provider);
  const isExact = precision === 'fp32' && !mergesTokens;
  const isClose = isExact ? agrees(maxDifference) : pointsAlike(values, reference.values, mergesTokens);
  const error = isClose
    ? null
    : say("its results differ from the CPU's by {{difference}} of their size", {
        difference: inTwoDigits(maxDifference),
      });
  return { provider: work.provider, error, maxDifference, milliseconds };
}

/** Its first two digits; what is written with an exponent, or is no number, as it is. */
function inTwoDigits(value: number): SaidValue {
  const text = value.toPrecision(2);
  return /^[\d.]+$/.test(text) ? { value, digits: text.split('.')[1]?.length ?? 0 } : text;
}

/**
 * The second run's time, since the first also compiles and allocates; but the first's where that alone was beyond
 * `patience` ms: software drivers of GPUs are so slow that nothing is left to find out.
 */
async function timedRun(work: Trialled, patience = Number.POSITIVE_INFINITY): Promise<TimedRun> {
  const first = await clocked(work);
  return first.milliseconds > patience ? first : clocked(work);
}

async function clocked(work: Trialled): Promise<TimedRun> {
  const start = performance.now();
  const values = await work.run();
  return { values, milliseconds: performance.now() - start };
}
