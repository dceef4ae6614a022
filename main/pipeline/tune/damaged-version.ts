import { unreadable } from '#native-models/checkpoint/safetensors.ts';
import type { Failure } from '#preload/domain/failure.ts';
import { say } from '#preload/domain/saying.ts';

/** What becomes of a file of something learned that lacks a tensor which it announces, or holds it in another shape. */
export const damagedVersion = (file: string, tensor: string): Failure =>
  unreadable(
    file,
    say("is damaged: tensor '{{name}}' is not there as it says itself", { name: tensor }),
    tensor,
    undefined,
    chooseAnother,
  );

export const chooseAnother = say('Choose another version.');
