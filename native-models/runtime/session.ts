import './runtime-environment.ts';
import * as ort from 'onnxruntime-node';
import { asFailure, Failure, isFailure } from '#preload/domain/failure.ts';
import { say, type Saying, type Told } from '#preload/domain/saying.ts';
import type { OnnxModel } from '../graph/lower-to-onnx.ts';
import { planOf, type Backend, type Provider } from './plan.ts';
import type { TensorValue, TensorValues } from './tensor-value.ts';

// Providers whose libraries are absent are expected while they are tried; the reasons are reported, not logged.
ort.env.logLevel = 'fatal';

export interface SessionOptions {
  readonly provider: Provider;
  /** Threads of one run on the CPU; onnxruntime's own choice (all cores) when absent. */
  readonly threads?: number;
}

/** What a session says about one of its inputs or outputs; an axis that varies is given by its name. */
export interface PortInfo {
  readonly name: string;
  readonly type: string;
  readonly shape: readonly (number | string)[];
}

/**
 * For how long a thread that has done its part looks out for the next one before it sleeps, microseconds. Frames are
 * decoded while others are encoded: at onnxruntime's own measure a thread that waits takes the processor from one that has
 * work, and as much of it again as whole numbers need.
 */
const lookoutUs = '20';

/** A loaded graph. `run` computes on the calling thread until it is done: keep sessions off threads that must answer. */
export interface Session extends AsyncDisposable {
  readonly provider: Provider;
  readonly inputs: readonly PortInfo[];
  readonly outputs: readonly PortInfo[];
  /** What fails on a device is a failure that names it: see `isOfDevice`. */
  run(feeds: TensorValues): Promise<TensorValues>;
}

/** The providers that this build of onnxruntime knows on this system, whether or not their drivers are here. */
export function builtInProviders(): Backend[] {
  const known: readonly string[] = ort.listSupportedBackends().map(({ name }) => name);
  return (['cuda', 'webgpu', 'coreml', 'dml', 'cpu'] as const).filter((provider) => known.includes(provider));
}

/**
 * Loads a graph written by `lowerToOnnx`, or an ONNX file by its path, on one provider and no other (operators that the
 * provider lacks run on the CPU). Fails with 'unreadable-model' if the runtime refuses it.
 */
export async function openSession(model: OnnxModel | string, options: SessionOptions): Promise<Session> {
  // Asked for a provider it was not built with, onnxruntime would run on the CPU and say nothing.
  const { backend } = planOf(options.provider);
  if (backend === 'remote' || !builtInProviders().includes(backend)) {
    const reason = say('it is not for this system');
    throw new Failure(
      'bad-input',
      say('onnxruntime has no {{provider}} provider here: {{reason}}.', { provider: options.provider, reason }),
      { provider: options.provider, reason },
    );
  }
  const configuration = { intra_op: { spin_duration_us: lookoutUs } };
  const sessionOptions: ort.InferenceSession.SessionOptions = {
    executionProviders: backend === 'cpu' ? ['cpu'] : [backend, 'cpu'],
    logSeverityLevel: 4,
    ...(options.threads === undefined ? {} : { intraOpNumThreads: options.threads }),
  };
  try {
    const session =
      typeof model === 'string'
        ? await ort.InferenceSession.create(model, { ...sessionOptions, extra: { session: configuration } })
        : await ort.InferenceSession.create(model.bytes, {
            ...sessionOptions,
            ...(model.externalData.length === 0 ? {} : { externalData: model.externalData }),
            extra: {
              session: {
                ...configuration,
                // Weights in files are mapped by the runtime itself: they never pass through this process's heap.
                ...(model.weightsFolder !== null && {
                  model_external_initializers_file_folder_path: model.weightsFolder,
                }),
              },
            },
          });
    return wrap(session, options.provider);
  } catch (error) {
    const reason = reasonOf(error);
    const what = typeof model === 'string' ? model : say('a graph');
    throw new Failure(
      'unreadable-model',
      say('onnxruntime could not load {{what}} on {{provider}}: {{reason}}', {
        what,
        provider: options.provider,
        reason,
      }),
      { provider: options.provider, reason },
      { cause: error },
    );
  }
}

/**
 * Whether what failed is a device on which graphs were opened or run: it is not here, or stopped working (its driver was
 * reset, it was unplugged, its memory is full). The processor can do the same work.
 */
export function isOfDevice(error: unknown, provider: Provider): boolean {
  const { backend } = planOf(provider);
  if (backend === 'cpu' || backend === 'remote') return false;
  return isFailure(error) && asFailure(error).details['provider'] === provider;
}

/** What is missing on most machines, and what becomes of devices, in words of our own. */
const ownWords: readonly (readonly [RegExp, Saying])[] = [
  [/Failed to load shared library/, say('its libraries are not on this machine')],
  [/No supported adapters|Failed to get a WebGPU adapter/, say('there is no graphics card here that it can use')],
  [/requires f16 but the device does not support it/, say('the graphics card here has no half precision')],
  [/\[Device\] is lost/, say('the graphics card was lost')],
];

/** What onnxruntime has to say, without the place in its own source that it says it from. */
function reasonOf(error: unknown): Told {
  const message = error instanceof Error ? error.message : String(error);
  const known = ownWords.find(([said]) => said.test(message));
  if (known !== undefined) return known[1];
  return message
    .replace(/\/onnxruntime_src\/.*? was false\. /s, '')
    .trim()
    .replace(/\.+$/, '');
}

function wrap(session: ort.InferenceSession, provider: Provider): Session {
  const isOnProcessor = planOf(provider).backend === 'cpu';
  const compute = async (tensors: Record<string, ort.Tensor>) => {
    try {
      return await session.run(tensors);
    } catch (error) {
      if (isOnProcessor) throw error;
      const reason = reasonOf(error);
      throw new Failure(
        'bad-input',
        say('{{provider}} stopped working while it was used: {{reason}}', { provider, reason }),
        { provider, reason },
        { cause: error },
      );
    }
  };
  return {
    provider,
    inputs: session.inputMetadata.map(portInfo),
    outputs: session.outputMetadata.map(portInfo),
    async run(feeds) {
      const tensors = Object.entries(feeds).map(([name, value]) => [name, toOrt(value)] as const);
      const results = await compute(Object.fromEntries(tensors));
      const values = Object.entries(results).map(([name, tensor]) => [name, fromOrt(name, tensor)] as const);
      return Object.fromEntries(values);
    },
    async [Symbol.asyncDispose]() {
      // A device that is gone may not even let go.
      await session.release().catch((error: unknown) => {
        if (isOnProcessor) throw error;
      });
    },
  };
}

const portInfo = (port: ort.InferenceSession.ValueMetadata): PortInfo =>
  port.isTensor
    ? { name: port.name, type: port.type, shape: port.shape }
    : { name: port.name, type: 'not a tensor', shape: [] };

const toOrt = (value: TensorValue): ort.Tensor => new ort.Tensor(value.type, value.data as never, value.shape);

function fromOrt(name: string, tensor: ort.Tensor): TensorValue {
  const { type, data, dims } = tensor;
  if (type !== 'float32' && type !== 'int64' && type !== 'int32') {
    throw new Failure(
      'unreadable-model',
      say("Output '{{name}}' of the model is {{type}}; only float32 and integer outputs can be used.", { name, type }),
    );
  }
  return { type, data, shape: dims } as TensorValue;
}
