import { Failure } from '#preload/domain/failure.ts';
import { say } from '#preload/domain/saying.ts';
import type { Checkpoint } from '../checkpoint/checkpoint.ts';
import { parameter, type Tensor } from '../graph/tensor.ts';

/** Weights that are trained rather than read: every tensor that an architecture asks for becomes a parameter. */
export interface TrainableCheckpoint extends Checkpoint {
  /** All parameters that graphs built from this checkpoint use, by name, in the order they were asked for. */
  readonly parameters: ReadonlyMap<string, Tensor>;
}

/** An architecture built on this has parameters for leaves, so that `gradients` reaches every weight. */
export function trainableCheckpoint(): TrainableCheckpoint {
  const parameters = new Map<string, Tensor>();
  return {
    folder: '',
    files: [],
    parameters,
    has: (name) => parameters.has(name),
    shape: (name) => (parameters.get(name)?.shape as readonly number[] | undefined) ?? null,
    tensor(name, shape) {
      const known = parameters.get(name);
      if (known !== undefined) return known;
      const made = parameter(name, shape);
      parameters.set(name, made);
      return made;
    },
    rows: (name) => inTraining(name),
    values: (name) => inTraining(name),
    number: (name) => inTraining(name),
  };
}

/** A checkpoint of which the tensors that `isTrained` names become parameters; all others stay frozen weights. */
export function partlyTrainable(frozen: Checkpoint, isTrained: (name: string) => boolean): TrainableCheckpoint {
  const trained = trainableCheckpoint();
  return {
    ...frozen,
    parameters: trained.parameters,
    tensor: (name, shape) => (isTrained(name) ? trained.tensor(name, shape) : frozen.tensor(name, shape)),
  };
}

function inTraining(name: string): never {
  throw new Failure(
    'internal',
    say("'{{name}}' belongs to a model in training: its numbers are fed, not stored.", { name }),
  );
}
