// Protects: over TLS a server is who its address names, by the word of an authority that this machine knows or was given;
// no other is sent a frame or the token, and the person is told why.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { playInferenceServer, testAuthority, type PlayedInferenceServer } from '#e2e/models/inference-server.ts';
import { makeTinyCheckpoint } from '#e2e/models/tiny-checkpoint.ts';
import { inferenceServer } from '#preload/domain/inference-server.ts';
import { openModel } from '../open-model.ts';
import { writeRepository } from '../serving/write-repository.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'cuepoint-certificate-'));
const clip = path.join(folder, 'tiny');
const repository = path.join(folder, 'repository');
const another = readFileSync(path.join(import.meta.dirname, '../../e2e/models/tls/other-name.pem'), 'utf8');

beforeAll(async () => {
  await makeTinyCheckpoint(clip);
  writeRepository({ folder: clip, hash: '', name: 'lab', precision: 'fp32', out: repository });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const textOf = async (address: string, authority: string): Promise<Float32Array> => {
  const provider = { ...inferenceServer.parse({ address, model: 'lab', authority }), token: 'secret' };
  await using model = await openModel(clip, { provider });
  return await model.encodeTexts(['jump']);
};

async function played(...[protocol, certificate]: [PlayedForm, ('server' | 'other-name')?]) {
  const server: PlayedInferenceServer = await playInferenceServer(protocol, repository, 0, certificate);
  onTestFinished(() => server[Symbol.asyncDispose]());
  return server;
}
type PlayedForm = Parameters<typeof playInferenceServer>[0];

describe.each(['https', 'grpcs'] as const)('%s', (protocol) => {
  test('the lab’s own authority is believed where it was given, by name and by number', async () => {
    const server = await played(protocol);
    await using local = await openModel(clip, { provider: 'cpu' });
    const own = await local.encodeTexts(['jump']);
    for (const address of [server.address, server.address.replace('127.0.0.1', 'localhost')]) {
      const answered = await textOf(address, testAuthority());
      expect(Math.max(...answered.map((value, at) => Math.abs(value - own[at]!)))).toBeLessThan(1e-4);
    }
    expect(server.authorization).toBe('Bearer secret');
  });

  test.each([
    ['an authority that nobody knows', 'server', '', 'signed by an authority that this machine does not know'],
    ['another authority than was given', 'server', another, 'not signed by the authority whose certificate was given'],
    ['a certificate for another machine', 'other-name', testAuthority(), 'is for another name'],
  ] as const)('%s: refused in words, and nothing is sent', async (_, certificate, authority, words) => {
    const server = await played(protocol, certificate);
    await expect(textOf(server.address, authority)).rejects.toMatchObject({
      code: 'bad-input',
      message: expect.stringContaining(words),
    });
    expect(server.rows).toEqual([]);
    expect(server.authorization).toBeUndefined();
  });
});

test('an address with TLS at which nobody speaks it is said to be so', async () => {
  const server = await played('http');
  await expect(textOf(server.address.replace('http:', 'https:'), '')).rejects.toMatchObject({
    code: 'bad-input',
    message: expect.stringContaining('nobody speaks TLS'),
  });
});
