import { defaultBackgroundTexts, defaultTemplates, fillTemplates } from '#main/pipeline/propose/background-texts.ts';
import type { ClassSet } from '#main/pipeline/propose/class-set.ts';
import { averageTemplates } from '#main/pipeline/encode/average-templates.ts';
import type { WithModels, WithTexts } from '../memory/ports.ts';
import type { LocalisationSettings, ModelChoice, PromptedClass } from '../vocabulary.ts';
import type { Saying } from '#preload/domain/saying.ts';

/**
 * What frames are compared with: each class's prompts through every template, and the background texts. Without classes
 * no text is embedded, so that a model without a text tower still proposes where something changes.
 */
export async function classSetOf(
  memory: WithModels & WithTexts,
  model: ModelChoice,
  classes: readonly PromptedClass[],
  settings: Pick<LocalisationSettings, 'templates' | 'backgroundTexts'>,
): Promise<{ readonly classSet: ClassSet; readonly warnings: readonly Saying[] }> {
  const { dim, logitScale } = await memory.models.facts(model);
  if (classes.length === 0) {
    const nothing = new Float32Array(0);
    return { classSet: { classEmbeddings: nothing, backgroundEmbeddings: nothing, logitScale }, warnings: [] };
  }
  const templates = settings.templates.length > 0 ? settings.templates : defaultTemplates;
  const backgroundTexts = settings.backgroundTexts.length > 0 ? settings.backgroundTexts : defaultBackgroundTexts;
  const ofClass = classes.map((one) => textsOf(one, templates));
  const classTexts = ofClass.flat();
  const { embeddings, warnings } = await memory.texts.embed(model, [...classTexts, ...backgroundTexts]);
  const classRows = embeddings.subarray(0, classTexts.length * dim);
  return {
    classSet: {
      classEmbeddings: averageTemplates(
        classRows,
        ofClass.map(({ length }) => length),
        dim,
      ),
      backgroundEmbeddings: embeddings.slice(classTexts.length * dim),
      logitScale,
    },
    warnings,
  };
}

/** `[K, D]` unit rows of classes, its prompts through every template. */
export async function namesThrough(
  memory: WithTexts,
  model: ModelChoice,
  classes: readonly PromptedClass[],
  templates: readonly string[],
): Promise<Float32Array> {
  const texts = classes.map((one) => textsOf(one, templates));
  const { embeddings, dim } = await memory.texts.embed(model, texts.flat());
  return averageTemplates(
    embeddings,
    texts.map(({ length }) => length),
    dim,
  );
}

/** Each prompt of a class through every template. */
const textsOf = ({ prompt, morePrompts = [] }: PromptedClass, templates: readonly string[]): string[] =>
  [prompt, ...morePrompts].flatMap((text) => fillTemplates(text, templates));
