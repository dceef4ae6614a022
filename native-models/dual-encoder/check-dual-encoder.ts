import { Failure } from '#preload/domain/failure.ts';
import { say } from '#preload/domain/saying.ts';
import { transposeLast } from '../graph/arrange.ts';
import { crossEntropy, l2Normalise } from '../graph/composites.ts';
import { gradients } from '../graph/differentiate.ts';
import { add, div, mul } from '../graph/elementwise.ts';
import { matmul } from '../graph/linear-algebra.ts';
import { lowerToOnnx } from '../graph/lower-to-onnx.ts';
import { input, parameter, type Tensor } from '../graph/tensor.ts';
import type { Recomputed, ReferenceTensors } from '../reference-tensors.ts';
import { openOnBestProvider, type ProviderOptions, type ProviderReport } from '../runtime/providers.ts';
import { floats, floatsOf, type TensorValue, type TensorValues } from '../runtime/tensor-value.ts';
import type { DualEncoder } from './dual-encoder.ts';
import { layOutPrompts, promptedText, promptFeeds, type TextMarks } from './prompted-text.ts';
import { rowFeeds, selectPositions, textLeaves } from './text-feeds.ts';

/** The temperature of Efficient-Prompt's loss (Ju et al. 2022, s.3.2). */
const temperature = 0.07;

/**
 * Recomputes the tensors of a dual encoder's reference file: both towers, their logits, and prompt vectors with loss and
 * gradients.
 */
export async function checkDualEncoder(
  encoder: DualEncoder,
  reference: ReferenceTensors,
  options: ProviderOptions,
): Promise<Recomputed> {
  const computed = new Map<string, Float32Array>();
  const run = async ([outputs, feeds]: GraphAndFeeds): Promise<ProviderReport> => {
    const { session, report } = await openOnBestProvider(lowerToOnnx(outputs), () => feeds, options);
    await using _ = session;
    const values = await session.run(feeds);
    for (const name of Object.keys(outputs)) computed.set(name, floatsOf(values, name));
    return report;
  };

  const rows = rowsOf(reference.take('input_ids'));
  // Where the padding has no effect the mask says nothing new.
  const real = reference.has('attention_mask') ? rowsOf(reference.take('attention_mask')) : null;
  const lengths = rows.map((row, at) => real?.[at]!.filter((one) => one === 1).length ?? row.length);
  const provider = await run(towers(encoder, rows, lengths, reference.take('pixel_values')));
  if (reference.has('prompt.prefix')) {
    const labels = Array.from(reference.take('prompt.labels').data, Number);
    const vectors = { prefix: reference.take('prompt.prefix'), suffix: reference.take('prompt.postfix') };
    await run(
      promptLoss(encoder, rows, marksOf(encoder, rows, lengths), labels, vectors, reference.take('prompt.video')),
    );
  }
  return { computed, provider };
}

/** The marks around the texts of the file, which may come without a tokenizer. */
function marksOf(
  { texts, tokenizer }: DualEncoder,
  rows: readonly (readonly number[])[],
  lengths: readonly number[],
): TextMarks {
  const [first] = rows as [readonly number[]];
  const startOfText = texts.beginsWithMark ? first[0]! : null;
  if (tokenizer !== null) return { startOfText, endOfText: tokenizer.endOfText };
  if (texts.paddingIs === 'masked') return { startOfText, endOfText: first[lengths[0]! - 1]! };
  if (texts.paddingIs === 'unseen') return { startOfText, endOfText: first[texts.readAt(first)]! };
  // Either every text ends with the same mark, or it is filled up with the mark itself.
  const [last, ...others] = rows.map((row) => row.findLast((id) => id !== texts.padding));
  return { startOfText, endOfText: others.every((id) => id === last) ? last! : texts.padding };
}

type GraphAndFeeds = [outputs: Readonly<Record<string, Tensor>>, feeds: TensorValues];

function towers(
  { pictures, texts, logitScale, logitBias }: DualEncoder,
  rows: readonly (readonly number[])[],
  lengths: readonly number[],
  pixels: TensorValue,
): GraphAndFeeds {
  const shape = [rows.length, rows[0]!.length];
  const vision = pictures.encode(input('pixels', pixels.shape));
  const { ids, readAt, real } = textLeaves(texts, shape);
  const text = texts.encode(texts.tokenVectors(ids), readAt, real);
  const imageEmbeds = l2Normalise(vision.embeds);
  const textEmbeds = l2Normalise(text.embeds);
  const outputs = {
    vision_last_hidden: vision.lastHidden,
    image_embeds: imageEmbeds,
    text_last_hidden: text.lastHidden,
    // Of a reference that was given no attention mask: the causal mask alone.
    text_last_hidden_nomask: text.lastHidden,
    text_embeds: textEmbeds,
    logits_per_image: add(mul(matmul(imageEmbeds, transposeLast(textEmbeds)), logitScale), logitBias ?? 0),
  };
  return [outputs, { pixels, ...rowFeeds(texts, rows, lengths) }];
}

function promptLoss(
  { texts }: DualEncoder,
  rows: readonly (readonly number[])[],
  marks: TextMarks,
  labels: readonly number[],
  { prefix, suffix }: { readonly prefix: TensorValue; readonly suffix: TensorValue },
  video: TensorValue,
): GraphAndFeeds {
  const start = marks.startOfText === null ? 0 : 1;
  const layout = layOutPrompts(
    texts,
    rows.map((row) => row.slice(start, row.indexOf(marks.endOfText))),
    { prefix: prefix.shape[0]!, suffix: suffix.shape[0]! },
    marks,
  );
  if (layout === null)
    throw new Failure(
      'unreadable-model',
      say('expected.safetensors holds prompts that are longer than the context of the model.'),
    );
  const { classes, length } = layout;
  const target = [labels.length, classes];
  const before = parameter('prefix', prefix.shape);
  const after = parameter('suffix', suffix.shape);
  const classEmbeds = l2Normalise(promptedText(texts, [classes, length], before, after).embeds);
  const logits = div(matmul(l2Normalise(input('video', video.shape)), transposeLast(classEmbeds)), temperature);
  const loss = crossEntropy(logits, input('target', target));
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
      ...promptFeeds(texts, layout),
      prefix,
      suffix,
      video,
      target: floats(selectPositions(labels, classes), target),
    },
  ];
}

function rowsOf({ data, shape: [rows, length] }: TensorValue): number[][] {
  const numbers = Array.from(data, Number);
  return Array.from({ length: rows! }, (_, row) => numbers.slice(row * length!, (row + 1) * length!));
}
