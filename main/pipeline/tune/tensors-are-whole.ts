import { Failure } from '#preload/domain/failure.ts';
import { readSafetensorsHeader } from '#native-models/checkpoint/safetensors.ts';
import { readLessonFile } from '../learn/lesson-file.ts';
import { readBoundaryVersion } from './boundary-version-file.ts';
import { readTunedVersion } from './tuned-version-file.ts';

/** Whether a version's file of tensors can be used: it is all there, and of the shapes that it says itself. */
export function tensorsAreWhole(file: string, kind: 'prompts' | 'boundaries' | 'corrections' | 'scorer'): boolean {
  try {
    if (kind === 'prompts') readTunedVersion(file);
    else if (kind === 'boundaries') readBoundaryVersion(file);
    else if (kind === 'corrections') readLessonFile(file);
    else readSafetensorsHeader(file);
    return true;
  } catch (error) {
    if (error instanceof Failure && error.code === 'unreadable-model') return false;
    throw error;
  }
}
