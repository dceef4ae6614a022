import { inputsOf } from '../graph/lower-to-onnx.ts';
import type { Shape } from '../graph/dimension.ts';
import type { ElementType, Tensor } from '../graph/tensor.ts';
import type { ServedGraph } from './served-graph.ts';

/** How long a request waits for others to be computed with, microseconds. */
const longestQueueUs = 2000;

const dataTypes: Readonly<Record<ElementType, string>> = { float32: 'TYPE_FP32', int64: 'TYPE_INT64' };

/**
 * A graph's `config.pbtxt` (ModelConfig of Triton's model_config.proto): what goes in and out, requests batched as they
 * come, the two newest versions served, and one request of zeros before the first.
 */
export function tritonConfig(name: string, graph: ServedGraph, hash: string): string {
  const { outputs, largestBatch } = graph;
  const inputs = inputsOf(outputs).map(({ name: port, tensor }) => portOf(port, tensor, largestBatch));
  const answers = Object.entries(outputs).map(([port, tensor]) => portOf(port, tensor, largestBatch));
  return [
    `name: "${name}"`,
    'backend: "onnxruntime"',
    'default_model_filename: "model.onnx"',
    `max_batch_size: ${largestBatch ?? 0}`,
    ...inputs.map((port) => `input { ${fieldsOf(port)} }`),
    ...answers.map((port) => `output { ${fieldsOf(port)} }`),
    ...(largestBatch === null ? [] : [`dynamic_batching { max_queue_delay_microseconds: ${longestQueueUs} }`]),
    'version_policy { latest { num_versions: 2 } }',
    'model_warmup {',
    '  name: "one row of zeros"',
    ...(largestBatch === null ? [] : ['  batch_size: 1']),
    ...inputs.map(
      ({ name: key, type, dims }) =>
        `  inputs { key: "${key}" value { data_type: ${type} dims: [ ${dims.map((size) => Math.abs(size)).join(', ')} ] zero_data: true } }`,
    ),
    '}',
    `parameters { key: "cuepoint_model_hash" value { string_value: "${hash}" } }`,
    '',
  ].join('\n');
}

interface ConfigPort {
  readonly name: string;
  readonly type: string;
  /** Without the batch, where there is one; -1 where any size goes. */
  readonly dims: readonly number[];
}

const fieldsOf = ({ name, type, dims }: ConfigPort): string =>
  `name: "${name}" data_type: ${type} dims: [ ${dims.join(', ')} ]`;

function portOf(
  name: string,
  { type, shape }: Pick<Tensor, 'type' | 'shape'>,
  largestBatch: number | null,
): ConfigPort {
  const own: Shape = largestBatch === null ? shape : shape.slice(1);
  return { name, type: dataTypes[type], dims: own.map((size) => (typeof size === 'number' ? size : -1)) };
}
