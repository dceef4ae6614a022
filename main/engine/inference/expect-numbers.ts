import { Failure } from '#preload/domain/failure.ts';
import { say } from '#preload/domain/saying.ts';

/** A damaged weight shows nowhere but in the answers, and must not get into the store. */
export function expectNumbers(features: Float32Array, folder: string): void {
  if (features.every(Number.isFinite)) return;
  throw new Failure(
    'unreadable-model',
    say('The model in {{folder}} answers with values that are not numbers; its weights are damaged, get them again.', {
      folder,
    }),
    { file: folder },
  );
}
