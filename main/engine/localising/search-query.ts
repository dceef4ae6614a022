import type { WithTexts } from '../memory/ports.ts';
import { ownModuleAt } from './own-module.ts';
import { liveVersion, type LiveVersion } from './live-version.ts';
import { tunedText, type WithTunedRows } from './tuned-classes.ts';
import type { SearchInput } from '../vocabulary.ts';

/** A text as it is compared with frame features, and the version through which those are seen as well. */
export interface SearchQuery {
  /** `[D]`. */
  readonly embedding: Float32Array;
  readonly version: LiveVersion | null;
  readonly warnings: readonly string[];
}

/** Reads a text to search for, through the live version's prompts where there is one for this model. */
export async function searchQuery(
  memory: WithTexts & WithTunedRows,
  { text, model, settings, versionFile = null }: SearchInput,
): Promise<SearchQuery> {
  const { samplingFps } = settings;
  const { embeddings: plain, warnings: aboutText } = await memory.texts.embed(model, [text]);
  const own = ownModuleAt(await memory.models.facts(model), samplingFps);
  const live = await liveVersion(memory, model, samplingFps, versionFile);
  return {
    embedding: await tunedText(memory, model, live.version, text, plain),
    version: live.version,
    warnings: [...aboutText, ...own.warnings, ...live.warnings],
  };
}
