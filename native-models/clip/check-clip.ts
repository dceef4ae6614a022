import { Failure } from '#preload/domain/failure.ts';
import { transposeLast } from '../graph/arrange.ts';
import { crossEntropy, l2Normalise } from '../graph/composites.ts';
import { gradients } from '../graph/differentiate.ts';
import { div, mul } from '../graph/elementwise.ts';
import { matmul } from '../graph/linear-algebra.ts';
import { lowerToOnnx } from '../graph/lower-to-onnx.ts';
import { input, parameter, type Tensor } from '../graph/tensor.ts';
import type { Recomputed, ReferenceTensors } from '../reference-tensors.ts';
import { openOnBestProvider, type ProviderOptions, type ProviderReport } from '../runtime/providers.ts';
import { floats, floatsOf, integers, type TensorValue, type TensorValues } from '../runtime/tensor-value.ts';
import { readClipParts, type ClipParts } from './clip-parts.ts';
import { layOutPrompts, promptedText } from './prompted-text.ts';
import { endOfTextPosition, selectPositions, textTower, tokenEmbeddings } from './text-tower.ts';
import { visionTower } from './vision-tower.ts';

/** The temperature of Efficient-Prompt's loss (Ju et al. 2022, s.3.2). */
const temperature = 0.07;

/** Recomputes the tensors of a CLIP reference file: both towers, their logits, and prompt vectors with loss and gradients. */
export async function checkClip(
  folder: string,
  reference: ReferenceTensors,
  options: ProviderOptions,
): Promise<Recomputed> {
  const parts = readClipParts(folder);
  const computed = new Map<string, Float32Array>();
  const run = async ([outputs, feeds]: GraphAndFeeds): Promise<ProviderReport> => {
    const { session, report } = await openOnBestProvider(lowerToOnnx(outputs), () => feeds, options);
    await using _ = session;
    const values = await session.run(feeds);
    for (const name of Object.keys(outputs)) computed.set(name, floatsOf(values, name));
    return report;
  };

  const rows = rowsOf(reference.take('input_ids'));
  const provider = await run(towers(parts, rows, reference.take('pixel_values')));
  if (reference.has('prompt.prefix')) {
    const labels = Array.from(reference.take('prompt.labels').data, Number);
    const vectors = { prefix: reference.take('prompt.prefix'), suffix: reference.take('prompt.postfix') };
    await run(promptLoss(parts, rows, labels, vectors, reference.take('prompt.video')));
  }
  return { computed, provider };
}

type GraphAndFeeds = [outputs: Readonly<Record<string, Tensor>>, feeds: TensorValues];

function towers(
  { config, checkpoint }: ClipParts,
  rows: readonly (readonly number[])[],
  pixels: TensorValue,
): GraphAndFeeds {
  const shape = [rows.length, rows[0]!.length];
  const vision = visionTower(input('pixels', pixels.shape), config, checkpoint);
  const ids = input('ids', shape, 'int64');
  const text = textTower(tokenEmbeddings(ids, config, checkpoint), input('end_of_text', shape), config, checkpoint);
  const images = l2Normalise(vision.embeds);
  const texts = l2Normalise(text.embeds);
  const outputs = {
    vision_last_hidden: vision.lastHidden,
    image_embeds: images,
    // The reference gave no attention mask: the causal mask alone, as here.
    text_last_hidden_nomask: text.lastHidden,
    text_embeds: texts,
    logits_per_image: mul(matmul(images, transposeLast(texts)), Math.exp(checkpoint.number('logit_scale'))),
  };
  const ends = rows.map((row) => endOfTextPosition(row, config.text_config.eos_token_id));
  return [
    outputs,
    { pixels, ids: integers(rows.flat(), shape), end_of_text: floats(selectPositions(ends, shape[1]!), shape) },
  ];
}

function promptLoss(
  { config, checkpoint }: ClipParts,
  rows: readonly (readonly number[])[],
  labels: readonly number[],
  { prefix, suffix }: { readonly prefix: TensorValue; readonly suffix: TensorValue },
  video: TensorValue,
): GraphAndFeeds {
  const ends = rows.map((row) => endOfTextPosition(row, config.text_config.eos_token_id));
  const layout = layOutPrompts(
    rows.map((row, at) => row.slice(1, ends[at])),
    { prefix: prefix.shape[0]!, suffix: suffix.shape[0]! },
    {
      startOfText: rows[0]![0]!,
      endOfText: rows[0]![ends[0]!]!,
      contextLength: config.text_config.max_position_embeddings,
    },
  );
  if (layout === null)
    throw new Failure(
      'unreadable-model',
      'expected.safetensors holds prompts that are longer than the context of the model.',
    );
  const { classes, length } = layout;
  const shapes = {
    ids: [classes, length],
    placement: [classes, length, prefix.shape[0]! + suffix.shape[0]!],
    target: [labels.length, classes],
  };
  const before = parameter('prefix', prefix.shape);
  const after = parameter('suffix', suffix.shape);
  const prompt = {
    ids: input('ids', shapes.ids, 'int64'),
    placement: input('placement', shapes.placement),
    endOfText: input('end_of_text', shapes.ids),
    prefix: before,
    suffix: after,
  };
  const classEmbeds = l2Normalise(promptedText(prompt, config, checkpoint).embeds);
  const logits = div(matmul(l2Normalise(input('video', video.shape)), transposeLast(classEmbeds)), temperature);
  const loss = crossEntropy(logits, input('target', shapes.target));
  const [prefixGradient, suffixGradient] = gradients(loss, [before, after]);
  return [
    {
      'prompt.class_embeds': classEmbeds,
      'prompt.logits': logits,
      'prompt.loss': loss,
      'prompt.grad_prefix': prefixGradient!,
      'prompt.grad_postfix': suffixGradient!,
    },
    {
      ids: integers(layout.ids, shapes.ids),
      placement: floats(layout.placement, shapes.placement),
      end_of_text: floats(layout.endOfText, shapes.ids),
      prefix,
      suffix,
      video,
      target: floats(selectPositions(labels, classes), shapes.target),
    },
  ];
}

function rowsOf({ data, shape: [rows, length] }: TensorValue): number[][] {
  const numbers = Array.from(data, Number);
  return Array.from({ length: rows! }, (_, row) => numbers.slice(row * length!, (row + 1) * length!));
}
