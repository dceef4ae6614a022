import { Failure } from '#preload/domain/failure.ts';

/** A damaged weight shows nowhere but in the answers, and must not get into the store. */
export function expectNumbers(features: Float32Array, folder: string): void {
  if (features.every(Number.isFinite)) return;
  const message = `The model in ${folder} answers with values that are not numbers; its weights are damaged, get them again.`;
  throw new Failure('unreadable-model', message, { file: folder });
}
