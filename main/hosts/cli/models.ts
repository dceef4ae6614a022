import type { ModelEntry } from '#preload/domain/model.ts';
import { addModel, chooseModel } from './choose-model.ts';
import type { Outcome } from './outcome.ts';
import type { Session } from './session.ts';

export async function listModels(session: Session): Promise<Outcome> {
  const { client } = await session.backend();
  const all = await client.models.list();
  return {
    document: { models: all.map(documentOf) },
    text: all.map(wordsOf).join('\n') || 'No models are registered.',
  };
}

/** Registers a checkpoint folder under its name. */
export async function registerModel(session: Session, folder: string): Promise<Outcome> {
  const entry = await addModel(await session.backend(), folder);
  return { document: documentOf(entry), text: wordsOf(entry) };
}

/** Forgets a model; its files stay. */
export async function removeModel(session: Session, name: string): Promise<Outcome> {
  const { client } = await session.backend();
  await client.models.remove({ name });
  return { document: { removed: name }, text: `${name} is no longer registered; its folder stays.` };
}

/** Loads a model and holds it against the folder's `expected.safetensors`, where there is one. */
export async function checkModel(session: Session, given: string): Promise<Outcome> {
  const { folder, provider } = await chooseModel(session, given);
  const checked = await session.engine.run(
    'checkModel',
    { folder, provider },
    session.progress.task(given, session.signal),
  );
  const rows = Object.entries(checked.tensors);
  const verdict =
    rows.length === 0 ? 'loads; the folder holds no expected.safetensors' : 'agrees with expected.safetensors';
  return {
    document: {
      model: checked.model,
      tensors: checked.tensors,
      passed: checked.passed,
      provider: checked.provider.chosen,
    },
    text: [
      ...rows.map(([name, difference]) => `${name}\t${difference.toExponential(3)}`),
      `${checked.model} on ${checked.provider.chosen}: ${checked.passed ? verdict : 'differs from expected.safetensors'}`,
    ].join('\n'),
    incomplete: !checked.passed,
  };
}

const documentOf = (entry: ModelEntry) => ({
  name: entry.name,
  folder: entry.folder,
  kind: entry.kind,
  dim: entry.dim,
  image_size: entry.imageSize,
  reads_text: entry.readsText,
  problem: entry.problem,
});

const wordsOf = (entry: ModelEntry): string =>
  `${entry.name}\t${entry.kind}\t${entry.dim} numbers a ${entry.kind === 'xclip' ? 'clip' : 'frame'}\t${entry.folder}${entry.problem ? `\t${entry.problem}` : ''}`;
