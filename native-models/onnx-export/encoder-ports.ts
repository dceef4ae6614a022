import { Failure } from '#preload/domain/failure.ts';
import { say, type Saying } from '#preload/domain/saying.ts';
import type { PortInfo, Session } from '../runtime/session.ts';

/** How to talk to one encoder of an export, read from the file itself: exporters agree on no names. */
export interface EncoderPorts {
  readonly input: string;
  readonly inputType: 'float32' | 'int64' | 'int32';
  /** Name of an attention mask input; null if it takes none. */
  readonly mask: { readonly name: string; readonly type: 'int64' | 'int32' } | null;
  /** Rows the file is fixed to; null if any number goes. */
  readonly batch: number | null;
  /** Image side, or tokens per text, that the file is fixed to; null if it leaves that open. */
  readonly size: number | null;
  readonly output: string;
  /** D; null if the file does not say. */
  readonly width: number | null;
}

const fixed = (size: number | string | undefined): number | null =>
  typeof size === 'number' && size > 0 ? size : null;

/** Reads an image encoder's ports: one float32 `[B, 3, H, W]` input, an output `[B, D]` in the joint space. */
export function imagePorts(file: string, session: Session): EncoderPorts {
  const pixels = session.inputs.find(({ shape }) => shape.length === 4);
  if (pixels?.type !== 'float32')
    throw unusable(
      file,
      say('takes no float32 pixels [B, 3, H, W]; its inputs are {{inputs}}', { inputs: listed(session.inputs) }),
    );
  const [batch, , height] = pixels.shape;
  return {
    input: pixels.name,
    inputType: 'float32',
    mask: null,
    batch: fixed(batch),
    size: fixed(height),
    ...joint(file, session, 'image_embeds'),
  };
}

/** Reads a text encoder's ports: token ids `[K, L]`, perhaps a mask, an output `[K, D]` in the joint space. */
export function textPorts(file: string, session: Session): EncoderPorts {
  const integral = session.inputs.filter(
    ({ type, shape }) => (type === 'int64' || type === 'int32') && shape.length === 2,
  );
  const mask = integral.find(({ name }) => /mask/i.test(name));
  const ids = integral.find((port) => port !== mask);
  if (ids === undefined)
    throw unusable(
      file,
      say('takes no token ids [K, L]; its inputs are {{inputs}}', { inputs: listed(session.inputs) }),
    );
  const type = (port: PortInfo): 'int64' | 'int32' => (port.type === 'int32' ? 'int32' : 'int64');
  return {
    input: ids.name,
    inputType: type(ids),
    mask: mask === undefined ? null : { name: mask.name, type: type(mask) },
    batch: fixed(ids.shape[0]),
    size: fixed(ids.shape[1]),
    ...joint(file, session, 'text_embeds'),
  };
}

/**
 * The output in the joint space: the one with the customary name, or the only `[B, D]` output there is. A pooled hidden
 * state is not in the joint space: cosines with it mean nothing.
 */
function joint(file: string, session: Session, customary: string): Pick<EncoderPorts, 'output' | 'width'> {
  const flat = session.outputs.filter(({ name, shape }) => shape.length === 2 && !/pool|hidden/i.test(name));
  const output = flat.find(({ name }) => name === customary) ?? (flat.length === 1 ? flat[0] : undefined);
  if (output === undefined) {
    throw unusable(
      file,
      say("was exported without its projection: none of its outputs ({{outputs}}) is '{{customary}}'", {
        outputs: listed(session.outputs),
        customary,
      }),
    );
  }
  if (output.type !== 'float32') throw unusable(file, say('answers in {{type}}, not float32', { type: output.type }));
  return { output: output.name, width: fixed(output.shape[1]) };
}

const listed = (ports: readonly PortInfo[]): string =>
  ports.map(({ name, type, shape }) => `${name} ${type} [${shape.join(', ')}]`).join('; ');

const unusable = (file: string, why: Saying): Failure =>
  new Failure(
    'unreadable-model',
    say('{{file}} {{why}}. Export it again "with projection", or use the checkpoint (model.safetensors).', {
      file,
      why,
    }),
    { file },
  );
