import type { WithTexts } from '../memory/ports.ts';
import { ownModuleAt } from './own-module.ts';
import { liveVersion, type LiveVersion } from './live-version.ts';
import { isPrompted, tunedText, type WithTunedRows } from './tuned-classes.ts';
import type { SearchInput } from '../vocabulary.ts';
import type { Saying } from '#preload/domain/saying.ts';

/** A text as it is compared with frame features, and the version through which those are seen as well. */
export interface SearchQuery {
  /** `[D]`. */
  readonly embedding: Float32Array;
  readonly version: LiveVersion | null;
  readonly warnings: readonly Saying[];
}

/**
 * Reads a text to search for. The live version has a say in it only where it reads such a text under its prompts: one of
 * the names that it had shots of, or any text, where leave-one-class-out found that names without shots gain by them.
 * Whatever else a version learned was learned for those names, and others seldom gain by it.
 */
export async function searchQuery(
  memory: WithTexts & WithTunedRows,
  text: string,
  { model, settings, versionFile = null }: Pick<SearchInput, 'model' | 'settings' | 'versionFile'>,
): Promise<SearchQuery> {
  const { samplingFps } = settings;
  const { embeddings: plain, warnings: aboutText } = await memory.texts.embed(model, [text]);
  const own = ownModuleAt(await memory.models.facts(model), samplingFps);
  const live = await liveVersion(memory, model, samplingFps, versionFile);
  const version = live.version !== null && isPrompted(live.version, text) ? live.version : null;
  return {
    embedding: await tunedText(memory, model, version, text, plain),
    version,
    warnings: [...aboutText, ...own.warnings, ...live.warnings],
  };
}
