import { Failure } from '#preload/domain/failure.ts';
import { say } from '#preload/domain/saying.ts';
import type { ModelEntry } from '#preload/domain/model.ts';
import type { ProjectSettings, ProjectSettingsChange } from '#preload/domain/settings.ts';

/**
 * Refuses settings that nothing could be scored by: a scorer without a model of clips, or a model in the place of
 * one that can do what it cannot. `modelNamed` fails with `not-found` for a model that is not added here.
 */
export function checkScorerSettings(
  current: ProjectSettings,
  change: ProjectSettingsChange,
  modelNamed: (name: string) => ModelEntry,
): void {
  if (typeof change.model === 'string' && !modelNamed(change.model).capabilities.embedsFrames) {
    throw new Failure(
      'bad-input',
      say(
        '"{{model}}" is of type {{kind}}, which scores clips and has no features of single frames: choose it as the scorer, and a CLIP as the model.',
        { model: change.model, kind: modelNamed(change.model).kind },
      ),
    );
  }
  if (typeof change.scorerModel === 'string' && !modelNamed(change.scorerModel).capabilities.scoresClips) {
    throw new Failure(
      'bad-input',
      say(
        '"{{model}}" is of type {{kind}}, which cannot score clips: choose it as the model, and an X-CLIP as the scorer.',
        { model: change.scorerModel, kind: modelNamed(change.scorerModel).kind },
      ),
    );
  }
  const scorer = change.scorer ?? current.scorer;
  const scorerModel = change.scorerModel === undefined ? current.scorerModel : change.scorerModel;
  if (scorer !== 'clip' && scorerModel === null) {
    throw new Failure(
      'bad-input',
      say('No X-CLIP is chosen for this project: choose the model that is to score first.'),
    );
  }
}
