// Strangers' requests to the studio on loopback, as a table: each is refused, nothing is changed, the terminal stays quiet.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { createBackend, type Backend } from '#main/backend.ts';
import { PlayedEngine } from '#main/testing/played-engine.ts';
import { sendRaw, statusOf, type RawHeaders } from '#main/testing/raw-request.ts';
import { proofHeader } from '#preload/contract/contract.ts';
import { serveStudio, type ServedStudio } from './serve.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'cuepoint-serve-'));
const quiet = vi.spyOn(console, 'error');
let backend: Backend;
let studio: ServedStudio;
/** What the one browser that was let in holds. */
let us: { readonly host: string; readonly base: string; readonly cookie: string; readonly proof: string };

beforeAll(async () => {
  writeFileSync(path.join(folder, 'index.html'), '<!doctype html><title>Cuepoint</title>');
  writeFileSync(path.join(folder, 'secret.txt'), 'not for pages');
  backend = createBackend({ homeFolder: path.join(folder, 'home'), engine: new PlayedEngine(), version: '0.1.0' });
  await backend.client.projects.create({ place: backend.placeOf(folder).token, name: 'demo', classes: ['jump'] });
  studio = await serveStudio(backend, folder, { port: 0 });
  const { host, pathname, search } = new URL(studio.newLink());
  const welcome = await send(`GET ${pathname}${search} HTTP/1.1`, { host });
  const cookie = /^set-cookie: (cuepoint-\w+=[\w-]+);/m.exec(welcome)![1]!;
  us = { host, base: pathname, cookie, proof: /url=\.\/#([\w-]+)"/.exec(welcome)![1]! };
});

afterAll(async () => {
  expect(quiet.mock.calls, 'what was written to the terminal').toEqual([]);
  expect((await backend.client.classes.list()).map(({ name }) => name)).toEqual(['jump']);
  expect(Object.keys(Object.prototype)).toEqual([]);
  await studio[Symbol.asyncDispose]();
  await backend.close();
  rmSync(folder, { recursive: true, force: true });
});

type Headers = RawHeaders;
const send = (line: string, headers: Headers, sent = ''): Promise<string> => sendRaw(studio.port, line, headers, sent);

const ours = (): Headers => ({ host: us.host, cookie: us.cookie, 'sec-fetch-site': 'same-origin' });
const body = JSON.stringify({ json: { name: 'smuggled' } });
const read = async (headers: Headers = {}, address = 'frames/1') =>
  statusOf(await send(`GET ${us.base}${address} HTTP/1.1`, { ...ours(), ...headers }));
const write = async (headers: Headers = {}, address = 'rpc/classes/add', sent = body) => {
  const calling = { origin: `http://${us.host}`, [proofHeader]: us.proof, 'content-type': 'application/json' };
  const length = String(Buffer.byteLength(sent));
  return statusOf(
    await send(
      `POST ${us.base}${address} HTTP/1.1`,
      { ...ours(), ...calling, 'content-length': length, ...headers },
      sent,
    ),
  );
};
const raw = async (line: string, headers: Headers = {}, sent = '') =>
  statusOf(await send(line, { host: us.host, ...headers }, sent));

test('what is refused below, our own page may', async () => {
  expect(await read({}, '')).toBe(200);
  expect(await write({}, 'rpc/classes/list', '{}')).toBe(200);
});

test('what other ports of this machine toss into the browser keeps our own page from nothing', async () => {
  const tossed = Array.from({ length: 180 }, (_, index) => `tossed-${index}=${'x'.repeat(4000)}`);
  const cookie = [...tossed, us.cookie, `${us.cookie.split('=')[0]}=theirs`].join('; ');
  expect(await read({ cookie }, '')).toBe(200);
  expect(await write({ cookie }, 'rpc/classes/list', '{}')).toBe(200);
});

const attacks: Readonly<Record<string, readonly [() => Promise<number>, number]>> = {
  // Another name for this machine: DNS rebinding.
  'a name of the attacker': [() => read({ host: 'evil.example' }), 403],
  'a name of the attacker with our port': [() => read({ host: `evil.example:${studio.port}` }), 403],
  'a name that begins as ours': [() => read({ host: `127.0.0.1.evil.example:${studio.port}` }), 403],
  'our address without a port': [() => read({ host: '127.0.0.1' }), 403],
  'our address with another port': [() => read({ host: '127.0.0.1:1' }), 403],
  'our address in another writing': [() => read({ host: `2130706433:${studio.port}` }), 403],
  'the address of IPv6': [() => read({ host: `[::1]:${studio.port}` }), 403],
  'every address': [() => read({ host: `0.0.0.0:${studio.port}` }), 403],
  'a name with a user': [() => read({ host: `x@127.0.0.1:${studio.port}` }), 403],
  'a write under another name': [() => write({ host: `evil.example:${studio.port}` }), 403],

  'our address with a dot at its end': [() => read({ host: `127.0.0.1.:${studio.port}` }), 403],
  'localhost with a dot at its end': [() => read({ host: `localhost.:${studio.port}` }), 403],
  'our address, shortened': [() => read({ host: `127.1:${studio.port}` }), 403],
  'our address with a zero in the port': [() => read({ host: `127.0.0.1:0${studio.port}` }), 403],
  'our address, mapped to IPv6': [() => read({ host: `[::ffff:127.0.0.1]:${studio.port}` }), 403],
  'our name as a proxy would pass it on': [() => read({ host: 'evil.example', 'x-forwarded-host': us.host }), 403],
  'our name and another': [() => read({ host: `${us.host}, evil.example` }), 403],
  'a second host': [() => raw(`GET ${us.base} HTTP/1.1\r\nhost: evil.example`, ours()), 403],
  'a host in the address that is not the named one': [
    () => raw(`GET http://evil.example${us.base} HTTP/1.1`, ours()),
    400,
  ],
  'an address that is a host to browsers': [() => raw(`GET //evil.example${us.base} HTTP/1.1`, ours()), 403],

  // Another origin: CSRF.
  'a form of another site': [() => write({ origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' }), 403],
  'a form that posts plain text': [() => write({ origin: 'null', 'content-type': 'text/plain' }), 403],
  'a page of another port': [() => write({ origin: 'http://127.0.0.1:1', 'sec-fetch-site': 'same-site' }), 403],
  'a page of localhost': [() => write({ origin: `http://localhost:${studio.port}` }), 403],
  'our origin over https': [() => write({ origin: `https://${us.host}` }), 403],
  'an extension of the browser': [() => write({ origin: 'chrome-extension://abcdefgh' }), 403],
  'a file that was opened in the browser': [() => write({ origin: 'file://' }), 403],
  'a write without an origin': [() => write({ origin: null }), 403],
  'a read from another origin': [() => read({ origin: 'https://evil.example' }), 403],

  'two origins': [() => write({ origin: `http://${us.host}, https://evil.example` }), 403],
  'an origin that begins as ours': [() => write({ origin: `http://${us.host}.evil.example` }), 403],
  'the question whether another site may': [
    () =>
      raw(`OPTIONS ${us.base}rpc/classes/add HTTP/1.1`, {
        ...ours(),
        origin: 'https://evil.example',
        'access-control-request-method': 'POST',
        'access-control-request-headers': proofHeader,
        'access-control-request-private-network': 'true',
      }),
    403,
  ],
  'a socket of another site': [
    () =>
      read({
        origin: 'https://evil.example',
        connection: 'Upgrade',
        upgrade: 'websocket',
        'sec-websocket-version': '13',
        'sec-websocket-key': 'MDEyMzQ1Njc4OWFiY2RlZg==',
      }),
    403,
  ],
  'a read that calls itself a write': [() => read({ 'x-http-method-override': 'POST' }, 'rpc/history/undo'), 405],

  // Another site by the browser's own word.
  'a video of ours in a page of another site': [() => read({ 'sec-fetch-site': 'cross-site' }, 'media/1'), 403],
  'a picture of ours in a page of another port': [
    () => read({ 'sec-fetch-site': 'same-site' }, 'thumbnail/1?at=0&width=9'),
    403,
  ],
  'a page of ours in a frame of another site': [() => read({ 'sec-fetch-site': 'cross-site' }, ''), 403],
  'no word of the site': [() => read({ 'sec-fetch-site': null }), 403],
  'an unknown word of the site': [() => read({ 'sec-fetch-site': 'friendly' }), 403],
  'a write that was typed into the address bar': [() => write({ 'sec-fetch-site': 'none' }), 403],

  'two words of the site': [() => read({ 'sec-fetch-site': 'same-origin, cross-site' }), 403],

  // Without what the one browser holds.
  'no cookie': [() => read({ cookie: null }), 403],
  'a guessed cookie': [() => read({ cookie: `${us.cookie.split('=')[0]}=guess` }), 403],
  'an empty cookie': [() => read({ cookie: `${us.cookie.split('=')[0]}=` }), 403],
  'half of the cookie': [() => read({ cookie: us.cookie.slice(0, -9) }), 403],
  'the cookie of another start': [() => read({ cookie: `cuepoint-0123456789abcdef=${us.cookie.split('=')[1]}` }), 403],
  'a cookie that does not parse': [() => read({ cookie: '=;;%%=%E0%A4%A;\xff' }), 403],
  'the secret of the cookie as a query': [
    () => read({ cookie: null }, `frames/1?session=${us.cookie.split('=')[1]}`),
    403,
  ],
  'a stolen cookie without the proof': [() => write({ [proofHeader]: null }), 403],
  'a stolen cookie with a guessed proof': [() => write({ [proofHeader]: 'guess' }), 403],
  'the cookie for a proof': [() => write({ [proofHeader]: us.cookie.split('=')[1]! }), 403],
  'the proof without the cookie': [() => write({ cookie: null }), 403],
  'a user of this machine with the port alone': [() => raw('GET / HTTP/1.1'), 403],
  'a user of this machine with a scanned path': [
    () => raw('GET /rpc/studio/state HTTP/1.1', { 'sec-fetch-site': 'none' }),
    403,
  ],
  'the path of an earlier start': [() => raw('GET /bm90LW91cnM/ HTTP/1.1', ours()), 403],
  'no path': [() => raw('GET / HTTP/1.1', ours()), 403],
  'the path in another case': [() => raw(`GET ${us.base.toUpperCase()} HTTP/1.1`, ours()), 403],
  'the path by a way round': [() => raw(`GET /x/..${us.base.slice(0, -3)}/ HTTP/1.1`, ours()), 403],

  // The one-time token.
  'the token again': [() => raw(`GET ${us.base}?token=${'x'.repeat(43)} HTTP/1.1`, { 'sec-fetch-site': 'none' }), 403],
  'an empty token': [() => raw(`GET ${us.base}?token= HTTP/1.1`, { 'sec-fetch-site': 'none' }), 403],
  'a token that is a list': [() => raw(`GET ${us.base}?token[]=x&token=y HTTP/1.1`, { 'sec-fetch-site': 'none' }), 403],
  'an unused token for another page': [
    async () => raw(`GET ${us.base}rpc/studio/state${new URL(studio.newLink()).search} HTTP/1.1`),
    403,
  ],
  'an unused token in a POST': [
    async () => raw(`POST ${us.base}${new URL(studio.newLink()).search} HTTP/1.1`, { origin: `http://${us.host}` }),
    403,
  ],
  'an unused token without the path': [async () => raw(`GET /${new URL(studio.newLink()).search} HTTP/1.1`), 403],
  'an unused token under another name': [
    async () => raw(`GET ${us.base}${new URL(studio.newLink()).search} HTTP/1.1`, { host: 'evil.example' }),
    403,
  ],

  // From inside, out of the folders that are meant.
  'a file beside the pages': [() => read({}, '../secret.txt'), 403],
  'a file beside the pages, encoded': [() => read({}, '%2e%2e/secret.txt'), 403],
  'a file beside the pages, encoded slashes': [() => read({}, '..%2f..%2fsecret.txt'), 404],
  'a file beside the pages, backslashes': [() => read({}, '..%5c..%5csecret.txt'), 404],
  'a name with a zero': [() => read({}, 'secret%00.txt'), 404],
  'an address that is no UTF-8': [() => read({}, '%ff.txt'), 404],
  'a path for a number': [() => read({}, 'media/..%2f..%2fsecret.txt'), 400],
  'a negative number': [() => read({}, 'media/-1'), 400],
  'a number in another writing': [() => read({}, 'media/1e3x'), 400],
  'a number beyond what is whole': [() => read({}, `media/${'9'.repeat(40)}`), 400],
  'a video that is not there': [() => read({}, 'media/999'), 404],
  'a download that was never offered': [() => read({}, 'download/guess'), 404],
  'a picture of no size': [() => read({}, 'thumbnail/1?at=0'), 400],
  'a call by GET': [() => read({}, 'rpc/history/undo'), 405],
  'a call of what every object has': [() => write({}, 'rpc/constructor/constructor'), 404],
  'a call of the prototype': [() => write({}, 'rpc/__proto__/toString'), 404],
  'a call that is no JSON': [() => write({}, 'rpc/classes/add', '{"json": '), 400],
  'a call with the wrong shape': [() => write({}, 'rpc/classes/add', '[]'), 400],
  'a call that would change prototypes': [
    () => write({}, 'rpc/classes/add', '{"json": {"__proto__": {"name": "x"}}}'),
    400,
  ],
  'a body larger than is taken': [() => write({ 'content-length': String(2 ** 40) }), 413],

  'a call that is packed': [() => write({ 'content-encoding': 'gzip' }, 'rpc/classes/add', '\x1f\x08\x00'), 400],
  'a call as a form': [
    () => write({ 'content-type': 'application/x-www-form-urlencoded' }, 'rpc/classes/add', 'name=x'),
    400,
  ],
  'a call as a form with parts that are none': [
    () => write({ 'content-type': 'multipart/form-data; boundary=x' }, 'rpc/classes/add', '--y'),
    400,
  ],
  'a text beyond its length': [
    () => write({}, 'rpc/classes/add', JSON.stringify({ json: { name: 'x'.repeat(1 << 20) } })),
    400,
  ],
  'a text of a hundred thousand levels': [
    () => write({}, 'rpc/classes/add', `{"json":${'['.repeat(100_000)}${']'.repeat(100_000)}}`),
    400,
  ],
  'a number that is none': [() => write({}, 'rpc/videos/remove', '{"json": {"videoId": 1e999}}'), 400],
  'types of values in prototypes': [
    () => write({}, 'rpc/classes/add', '{"json": {"__proto__": {"a": "1"}}, "meta": [[0, "__proto__", "a"]]}'),
    400,
  ],
  'types of values by way of the constructor': [
    () => write({}, 'rpc/classes/add', '{"json": {}, "meta": [[0, "constructor", "prototype", "a"]]}'),
    400,
  ],
  'a part of a film that is not there': [() => read({ range: 'bytes=99999999999999999999-' }, 'media/1'), 404],

  // No requests at all.
  'an address that is a whole one': [() => raw('GET http:// HTTP/1.1'), 400],
  'another server’s address, as to a proxy': [() => raw('GET http://evil.example/ HTTP/1.1'), 400],
  'no address': [() => raw('OPTIONS * HTTP/1.1'), 400],
  'a host that is no host': [() => raw('GET / HTTP/1.1', { host: '[::1' }), 403],
  'a host with a port that is none': [() => raw('GET / HTTP/1.1', { host: '127.0.0.1:99999' }), 403],
  'no host': [() => raw('GET / HTTP/1.1', { host: null }), 400],
  'an older request without a host': [() => raw('GET / HTTP/1.0', { host: null }), 403],
  'what nobody can expect': [() => raw('POST / HTTP/1.1', { expect: 'miracles' }), 417],
  'a method that mirrors': [() => raw('TRACE / HTTP/1.1'), 400],
  'a method that nobody knows': [() => raw('TRACK / HTTP/1.1'), 400],
  'a method of shared folders': [() => raw('PROPFIND / HTTP/1.1'), 403],
  'no HTTP': [() => raw('\x00\x01\x02'), 400],
  'two lengths of a body': [
    () => raw('POST / HTTP/1.1', { 'transfer-encoding': 'chunked', 'content-length': '4' }, 'zzzz'),
    400,
  ],
  'a chunk that is none': [() => raw('POST / HTTP/1.1', { 'transfer-encoding': 'chunked' }, 'zzzz\r\n'), 400],
  'a line break in a header': [() => raw('GET / HTTP/1.1', { cookie: 'a=b\rset-cookie: c=d' }), 400],
};

test.each(Object.entries(attacks))('%s', async (_, [attack, status]) => {
  expect(await attack()).toBe(status);
});
