// Requests to a studio that a sign-in stands before, as a table: whoever is not the proxy, or comes by another site, is refused.
import { say } from '#preload/domain/saying.ts';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { createBackend, type Backend } from '#main/backend.ts';
import { PlayedEngine } from '#main/testing/played-engine.ts';
import { sendRaw, statusOf, type RawHeaders } from '#main/testing/raw-request.ts';
import { serveStudio, type ServedStudio } from './serve.ts';
import { readTeamFile } from './team-file.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'cuepoint-team-'));
const secret = 'f'.repeat(64);
const host = 'studio.lab.example';
const quiet = vi.spyOn(console, 'error');
let backend: Backend;
let studio: ServedStudio;

const file = (name: string, text: string): string => {
  const at = path.join(folder, name);
  writeFileSync(at, text);
  chmodSync(at, 0o600);
  return at;
};
const teamFile = (over: object = {}) =>
  file(
    'team.json',
    JSON.stringify({
      address: `https://${host}/jumps/`,
      personHeader: 'X-Forwarded-User',
      secretFile: 'secret',
      owners: ['Olga'],
      ...over,
    }),
  );

beforeAll(async () => {
  file('index.html', '<!doctype html><title>Cuepoint</title>');
  file('secret', `${secret}\n`);
  backend = createBackend({ homeFolder: path.join(folder, 'home'), engine: new PlayedEngine(), version: '0.1.0' });
  await backend.client.projects.create({ place: backend.placeOf(folder).token, name: 'demo', classes: ['jump'] });
  studio = await serveStudio(backend, folder, { port: 0, team: readTeamFile(teamFile()) });
});

afterAll(async () => {
  expect(quiet.mock.calls, 'what was written to the terminal').toEqual([]);
  await studio[Symbol.asyncDispose]();
  await backend.close();
  rmSync(folder, { recursive: true, force: true });
});

/** As the proxy passes a request of our page on. */
const passed: RawHeaders = {
  host,
  'sec-fetch-site': 'same-origin',
  'sec-fetch-mode': 'cors',
  'sec-fetch-dest': 'empty',
  'x-forwarded-user': 'Ana',
  'x-cuepoint-proxy-secret': secret,
};
const ask = (line: string, headers: RawHeaders = {}, body = '') =>
  sendRaw(studio.port, `${line} HTTP/1.1`, { ...passed, ...headers }, body);
const read = async (headers: RawHeaders = {}, address = '/jumps/frames/1') =>
  statusOf(await ask(`GET ${address}`, headers));
const call = (name: string, json: unknown, headers: RawHeaders = {}) => {
  const body = JSON.stringify({ json });
  const length = String(Buffer.byteLength(body));
  const calling = { origin: `https://${host}`, 'content-type': 'application/json', 'content-length': length };
  return ask(`POST /jumps/rpc/${name}`, { ...calling, ...headers }, body);
};
const write = async (headers: RawHeaders = {}) => statusOf(await call('classes/add', { name: 'smuggled' }, headers));

test('whom the proxy names is let in by that name, which signs what they do', async () => {
  expect(await read({}, '/jumps/')).toBe(200);
  expect(
    await read(
      { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' },
      '/jumps/',
    ),
  ).toBe(200);
  expect(statusOf(await call('classes/add', { name: 'run' }, { 'x-forwarded-user': 'Ben' }))).toBe(200);
  expect((await backend.client.history.list({ limit: 1 }))[0]).toMatchObject({
    label: say("Add class '{{name}}'", { name: 'run' }),
    annotator: 'Ben',
  });
  expect(await call('studio/state', undefined)).toContain('"signedIn":{"name":"Ana","isOwner":false}');
});

test('the address is the public one: no link lets anybody in', async () => {
  expect(studio.newLink()).toBe(`https://${host}/jumps/`);
  expect(await read({ 'x-cuepoint-proxy-secret': null }, '/jumps/?token=x')).toBe(403);
});

const attacks: Readonly<Record<string, () => Promise<number>>> = {
  // Another user of this machine, at the port itself.
  'the name alone': () => write({ 'x-cuepoint-proxy-secret': null }),
  'the name alone, to read': () => read({ 'x-cuepoint-proxy-secret': null }),
  'the name alone, to see the page': () => read({ 'x-cuepoint-proxy-secret': null }, '/jumps/'),
  'a guessed secret': () => write({ 'x-cuepoint-proxy-secret': 'guess' }),
  'an empty secret': () => write({ 'x-cuepoint-proxy-secret': '' }),
  'the secret but for its last letter': () => write({ 'x-cuepoint-proxy-secret': secret.slice(1) }),
  'the secret twice': () => write({ 'x-cuepoint-proxy-secret': `${secret}, ${secret}` }),
  'the secret in the address': () => read({ 'x-cuepoint-proxy-secret': null }, `/jumps/?secret=${secret}`),
  'the secret as a cookie': () => read({ 'x-cuepoint-proxy-secret': null, cookie: `secret=${secret}` }),
  'the header of another proxy': () => write({ 'x-forwarded-user': null, 'remote-user': 'Ana' }),
  'loopback’s own host': () => write({ host: '127.0.0.1', 'x-cuepoint-proxy-secret': null }),
  // Through the proxy, which lets somebody through whom it does not name.
  nobody: () => write({ 'x-forwarded-user': null }),
  'an empty name': () => write({ 'x-forwarded-user': '' }),
  'two names, one of them made up': () => write({ 'x-forwarded-user': 'Ana, Olga' }),
  'the name in two headers': () => write({ 'x-forwarded-user': 'Ana\r\nx-forwarded-user: Olga' }),
  'a name without an end': () => write({ 'x-forwarded-user': 'x'.repeat(5000) }),
  // Another site, in the browser of somebody who is signed in.
  'a form of another site': () => write({ origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' }),
  'a page of another host of the lab': () =>
    write({ origin: 'https://wiki.lab.example', 'sec-fetch-site': 'same-site' }),
  'our host without TLS': () => write({ origin: `http://${host}` }),
  'our host at another port': () => write({ origin: `https://${host}:8443` }),
  'an origin that begins as ours': () => write({ origin: `https://${host}.evil.example` }),
  'an origin that is none': () => write({ origin: 'null' }),
  'a write without an origin': () => write({ origin: null }),
  'a write by another site’s own word': () => write({ 'sec-fetch-site': 'same-site' }),
  'a write that was typed': () => write({ 'sec-fetch-site': 'none' }),
  'no word of the site': () => write({ 'sec-fetch-site': null }),
  'a picture of ours in another site': () => read({ 'sec-fetch-site': 'cross-site', 'sec-fetch-dest': 'image' }),
  'our page in a frame of another site': () =>
    read({ 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'iframe' }, '/jumps/'),
  'a film of ours opened from another site': () =>
    read(
      { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' },
      '/jumps/media/1',
    ),
  'another name of the proxy': () => write({ host: 'evil.example' }),
  'our name as forwarded': () => write({ host: 'evil.example', 'x-forwarded-host': host }),
  'a path beside ours': () => read({}, '/rpc/studio/state'),
  'a way round our path': () => read({}, '/jumps/../rpc/studio/state'),
};

test.each(Object.entries(attacks))('%s', async (_, attack) => {
  expect(await attack()).toBe(403);
});

test('nothing came of all that', async () => {
  expect((await backend.client.classes.list()).map(({ name }) => name)).toEqual(['jump', 'run']);
});

describe('what is the machine’s', () => {
  test.each([
    ['projects/close', undefined],
    ['projects/open', { place: 'x' }],
    ['places/list', { token: null, purpose: 'videos' }],
    ['places/resolve', { path: '/etc/passwd' }],
    ['models/remove', { name: 'clip' }],
    ['studio/setServerToken', { token: 'x' }],
    ['studio/bugReport', { withNames: true }],
    ['studio/changeSettings', { provider: 'cpu' }],
    ['studio/changeSettings', { annotator: 'Olga' }],
  ])('is not for everybody: %s %j', async (name, input) => {
    expect(statusOf(await call(name, input))).toBe(403);
  });

  test('is for those whom the configuration names', async () => {
    const olga = { 'x-forwarded-user': 'Olga' };
    expect(statusOf(await call('places/list', { token: null, purpose: 'videos' }, olga))).toBe(200);
    expect(statusOf(await call('studio/changeSettings', { updates: 'off' }, olga))).toBe(200);
  });

  test('but the look is each one’s own', async () => {
    expect(statusOf(await call('studio/changeSettings', { theme: 'light' }))).toBe(200);
    await call('studio/keepView', { name: 'panels', text: 'of Ana' });
    expect(await call('studio/settings', undefined)).toContain('"theme":"light"');
    expect(await call('studio/settings', undefined, { 'x-forwarded-user': 'Ben' })).toContain('"theme":"dark"');
    expect(await call('studio/keptViews', undefined, { 'x-forwarded-user': 'Ben' })).not.toContain('of Ana');
    expect(await backend.client.studio.settings()).toMatchObject({ theme: 'dark' });
  });
});

describe('a configuration that would leave the door open is refused', () => {
  test.each([
    ['an address without TLS', { address: 'http://studio.lab.example/' }, /must begin with https/u],
    ['an address without its slash', { address: 'https://studio.lab.example/jumps' }, /slash at its end/u],
    ['no header', { personHeader: undefined }, /personHeader/u],
    ['a header that browsers send', { personHeader: 'Cookie' }, /a meaning of its own/u],
    ['the secret’s own header', { personHeader: 'x-cuepoint-proxy-secret' }, /a meaning of its own/u],
    ['a word that nobody knows', { personHeeder: 'x-user' }, /personHeeder/u],
    ['a short secret', { secretFile: 'short' }, /at least 32 characters/u],
    ['a secret that others read', { secretFile: 'open' }, /chmod 600/u],
    ['no secret', { secretFile: 'nowhere' }, /cannot be read/u],
  ])('%s', (_, over, words) => {
    file('short', 'x');
    chmodSync(file('open', secret), 0o644);
    expect(() => readTeamFile(teamFile(over))).toThrow(words);
  });
});
