import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createBackend } from '#main/backend.ts';
import { childProcessCarrier } from '#main/engine/carriers.ts';
import { startEngine } from '#main/engine/start-engine.ts';
import { createHandler } from '#main/http/handle.ts';
import { loadNpy } from '#main/pipeline/feature-store/npy-file.ts';
import { writeNpy } from '#main/pipeline/feature-store/npy.ts';
import type { SeededRandom } from '#main/random/seeded-random.ts';
import type { Format } from '#main/transfer/format.ts';
import { formats } from '#main/transfer/formats.ts';
import { readAnnotations } from '#main/transfer/read-annotations.ts';
import { openCheckpoint } from '#native-models/checkpoint/checkpoint.ts';
import { readClipConfig } from '#native-models/clip/config.ts';
import { readTemporalModule } from '#native-models/temporal/temporal-module-file.ts';
import { Failure, failureCodes } from '#preload/domain/failure.ts';
import { verbatim } from '#preload/domain/saying.ts';
import type { FailureCode } from '#preload/domain/failure.ts';
import type { FuzzTarget } from './fuzz-target.ts';
import { mediaTarget } from './media-target.ts';
import { mutated } from './mutate.ts';
import { makeTorturedProject, storedSegments, withProject } from './tortured-project.ts';
import { writtenExamples } from './written-examples.ts';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const starter = join(root, 'resources', 'starter-model');

/** Whole files of a kind, one of which is spoilt at a time. */
function spoilingOneOf(
  files: Readonly<Record<string, Buffer>>,
  take: (folder: string, name: string) => unknown,
): FuzzTarget {
  return {
    prepare(random, folder) {
      const name = random.pick(Object.keys(files));
      for (const [each, bytes] of Object.entries(files)) writeFileSync(join(folder, each), bytes);
      writeFileSync(join(folder, name), mutated(files[name]!, random));
      return () => take(folder, name);
    },
    [Symbol.asyncDispose]: async () => undefined,
  };
}

const read = (folder: string, names: readonly string[]): Record<string, Buffer> =>
  Object.fromEntries(names.map((name) => [name, readFileSync(join(folder, name))]));

/** What is read in formats that it is not of, as when a person chooses the wrong one. */
const texts: Readonly<Record<string, string>> = {
  'labels.json': readFileSync(join(root, 'resources', 'sample', 'labels.json'), 'utf8'),
  'activitynet.json': JSON.stringify({
    database: { v_a: { subset: 'training', duration: 9, annotations: [{ segment: [1, 2.5], label: 'jump' }] } },
  }),
  'results.json': JSON.stringify({ results: { a: [{ segment: [1, 2.5], label: 'jump', score: 0.5 }] } }),
  'table.csv': 'video,class,start_s,end_s,state\na.mp4,jump,1,2.5,accepted\n"b, c.mp4",run,0,1e0,proposed\n',
  'kinetics.csv': 'label,youtube_id,time_start,time_end,split\njump,abcdefghijk,1,11,train\n',
};

/** Files of every format, one of which is spoilt at a time, read as the folder that they are or one by one. */
function annotations(): FuzzTarget {
  const readers = formats.filter(({ read: reads }) => reads !== undefined);
  return {
    prepare(random, folder) {
      if (random.chance(0.1)) {
        const name = random.pick(Object.keys(texts));
        const path = join(folder, name);
        writeFileSync(path, mutated(Buffer.from(texts[name]!), random));
        const format = random.pick(readers);
        return () => readWhole(format, path);
      }
      const { format, files } = random.pick(writtenExamples);
      for (const { name, text } of files) {
        mkdirSync(dirname(join(folder, name)), { recursive: true });
        writeFileSync(join(folder, name), text);
      }
      const spoilt = random.pick(files);
      const path = join(folder, spoilt.name);
      writeFileSync(path, mutated(Buffer.from(spoilt.text), random));
      const isWhole = format.layout === 'folder' && random.chance(0.5);
      return () => readWhole(format, isWhole ? folder : path);
    },
    [Symbol.asyncDispose]: async () => undefined,
  };
}

/** Fails where what was read points nowhere or has times that are no numbers. */
async function readWhole(format: Format, path: string): Promise<void> {
  const { imported } = await readAnnotations(format, path);
  for (const segment of imported.segments) {
    const isOfSomething =
      imported.videos[segment.video] !== undefined &&
      (segment.class === null || imported.classes[segment.class] !== undefined);
    const [start, end] = 'startS' in segment ? [segment.startS, segment.endS] : [segment.startFrame, segment.endFrame];
    if (!isOfSomething || Number.isNaN(start) || Number.isNaN(end))
      throw new Error(`${format.id} took what it should have listed: ${JSON.stringify(segment)}`);
  }
}

const checkpoints = (): FuzzTarget =>
  spoilingOneOf(
    {
      ...read(join(root, 'native-models', 'fixtures', 'clip-gelu'), ['config.json', 'model.safetensors']),
      ...read(starter, ['temporal_module.safetensors']),
    },
    (folder, name) => {
      if (name === 'config.json') return readClipConfig(folder);
      return name.startsWith('temporal') ? readTemporalModule(folder, 64) : openCheckpoint(folder);
    },
  );

const features = (): FuzzTarget =>
  spoilingOneOf(
    { 'x.npy': Buffer.from(writeNpy({ data: Float32Array.from({ length: 40 }, Math.sin), shape: [10, 4] })) },
    (folder, name) => loadNpy(join(folder, name)),
  );

/** A project of which one file is spoilt, opened and read. */
function projects(scratch: string): FuzzTarget {
  const whole = makeTorturedProject(scratch, 'whole');
  return {
    prepare(random, folder) {
      const project = join(folder, 'spoilt.cuepoint');
      cpSync(whole, project, { recursive: true });
      const name = random.pick([
        'project.sqlite',
        'project.sqlite',
        'project.sqlite',
        'project.lock',
        'project.sqlite-wal',
      ]);
      const file = join(project, name);
      const bytes = name.endsWith('-wal') ? Buffer.alloc(5000, 0xa5) : readFileSync(file);
      writeFileSync(file, mutated(bytes, random));
      return () => withProject(project, storedSegments);
    },
    [Symbol.asyncDispose]: async () => undefined,
  };
}

const addresses = [
  '/media/1',
  '/frames/1',
  '/thumbnail/1?at=0&width=80',
  '/picture/1?frame=0',
  '/strip/1?from=0&to=1000000&width=80',
  '/waveform/1',
  '/segments/1',
  '/download/x',
  '/',
  '/index.html',
];
const calls = [
  '/rpc/segments/create',
  '/rpc/classes/add',
  '/rpc/projects/open',
  '/rpc/videos/list',
  '/rpc/history/undo',
];
const body = '{"json":{"videoId":1,"classId":1,"startUs":0,"endUs":1000000,"name":"a","place":"x"},"meta":[]}';

/** Requests to a studio with a project, spoilt in address, range or body. */
async function http(scratch: string): Promise<FuzzTarget> {
  const engine = startEngine(childProcessCarrier);
  const backend = createBackend({ homeFolder: join(scratch, 'home'), engine, version: 'torture' });
  await backend.openProject(makeTorturedProject(scratch, 'asked'));
  const handle = createHandler(backend, join(root, 'dist', 'renderer'));
  const text = (value: string, random: SeededRandom): string => mutated(Buffer.from(value), random).toString('latin1');
  return {
    prepare(random, folder) {
      const isCall = random.chance(0.5);
      const address = random.pick(isCall ? calls : addresses);
      const path = random.chance(0.5) ? address : `/${encodeURI(text(address.slice(1), random))}`;
      const init = isCall
        ? { method: 'POST', headers: { 'content-type': 'application/json' }, body: text(body, random) }
        : { headers: { range: `bytes=${random.pick(['0-', '-1', '5-2', '0-0,2-3', '99999999999999999999-', 'x'])}` } };
      writeFileSync(join(folder, 'request.json'), JSON.stringify({ path, ...init }));
      return async () => {
        const response = await handle(new Request(`http://localhost${path}`, init));
        const answer = await response.text();
        const { code, message } =
          /"code":"(?<code>[\w-]+)".*?"message":"(?<message>[^"]*)"/u.exec(answer)?.groups ?? {};
        if (code !== undefined && failureCodes.includes(code as FailureCode))
          throw new Failure(code as FailureCode, verbatim(message!));
        if (response.status >= 500) throw new Error(`${response.status} ${answer.slice(0, 300)}`);
      };
    },
    async [Symbol.asyncDispose]() {
      await backend.close();
      await engine[Symbol.asyncDispose]();
    },
  };
}

export const fuzzTargets = {
  annotations,
  checkpoints,
  features,
  projects,
  media: mediaTarget,
  http,
} as const satisfies Readonly<Record<string, (scratch: string) => FuzzTarget | Promise<FuzzTarget>>>;
export type FuzzTargetName = keyof typeof fuzzTargets;

/** An empty folder for one input. */
export function emptyFolder(folder: string): string {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  return folder;
}
