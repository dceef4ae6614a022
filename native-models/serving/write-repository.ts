import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Failure } from '#preload/domain/failure.ts';
import { say } from '#preload/domain/saying.ts';
import { servedModel } from '#preload/domain/inference-server.ts';
import { familyOf } from '../families.ts';
import { lowerToOnnx } from '../graph/lower-to-onnx.ts';
import { weightsName, writeOnnxFolder } from '../graph/onnx-folder.ts';
import { servedName, type ServedPiece } from './served-graph.ts';
import { tritonConfig } from './triton-config.ts';
import { saidFault } from '#preload/domain/said-issue.ts';

export interface RepositoryRequest {
  /** The model's folder, and its identity. */
  readonly folder: string;
  readonly hash: string;
  /** The name under which it will be served. */
  readonly name: string;
  /** Of the arithmetic; what goes in and comes out is float32 in both. */
  readonly precision: 'fp32' | 'fp16';
  /** The repository; made if need be, and added to. */
  readonly out: string;
}

/** A piece of a model as it was written. */
export interface WrittenModel {
  readonly piece: ServedPiece;
  readonly name: string;
  readonly version: number;
  readonly folder: string;
}

/**
 * Writes a model's pieces as a model repository, as Triton and KServe serve one: `<name>-<piece>/config.pbtxt` and
 * `<name>-<piece>/<version>/model.onnx` with its weights beside it. Each export is another version; a version is there
 * whole or not at all. Fails with 'unreadable-model', and with 'bad-input' for a name that no address can hold.
 */
export function writeRepository({ folder, hash, name, precision, out }: RepositoryRequest): WrittenModel[] {
  const { kind, graphs } = familyOf(folder);
  if (graphs === undefined)
    throw new Failure(
      'bad-input',
      say(
        '{{folder}} holds a model of type {{kind}}, which is ONNX already: copy its files, or export the checkpoint.',
        { folder, kind },
      ),
      { folder },
    );
  const named = servedModel.safeParse(name);
  if (!named.success)
    throw new Failure(
      'bad-input',
      say('"{{name}}" cannot be the name of a served model: it takes {{reason}}.', {
        name,
        reason: saidFault(named.error.issues[0]!),
      }),
    );
  return graphs(folder).map((graph) => {
    const served = servedName(name, graph.piece);
    const place = path.join(out, served);
    mkdirSync(place, { recursive: true });
    const version =
      1 +
      Math.max(
        0,
        ...readdirSync(place)
          .filter((entry) => /^\d+$/.test(entry))
          .map(Number),
      );
    const model = lowerToOnnx(graph.outputs, precision, weightsName);
    const finished = path.join(place, String(version));
    writeOnnxFolder(finished, model);
    writeFileSync(path.join(place, 'config.pbtxt'), tritonConfig(served, graph, hash));
    return { piece: graph.piece, name: served, version, folder: finished };
  });
}
