// Nobody but the person who was given the link gets into the studio on loopback: one test for each attack.
import { expect, test } from 'vitest';
import { decideAccess, type Caller, type Lock } from './access.ts';

const base = '/of-this-start/';
const lock: Lock = { port: 4321, base, token: 'one-time', session: 'secret-session', proof: 'secret-proof' };
const used: Lock = { ...lock, token: null };

/** What our own page sends to read, in a browser that has the cookie. */
const page: Caller = {
  method: 'GET',
  path: `${base}media/1`,
  host: '127.0.0.1:4321',
  origin: null,
  fetchSite: 'same-origin',
  token: null,
  session: 'secret-session',
  proof: null,
};
const write: Caller = {
  ...page,
  method: 'POST',
  path: `${base}rpc/classes/add`,
  origin: 'http://127.0.0.1:4321',
  proof: 'secret-proof',
};
const firstVisit: Caller = { ...page, path: base, fetchSite: 'none', token: 'one-time', session: null };

const enter = { kind: 'enter' };
const refused = (because: string) => ({ kind: 'refuse', because });

test('our own page reads and writes', () => {
  expect(decideAccess(page, used)).toEqual(enter);
  expect(decideAccess(write, used)).toEqual(enter);
  const byName = { ...write, host: 'localhost:4321', origin: 'http://localhost:4321' };
  expect(decideAccess(byName, used)).toEqual(enter);
});

test('the printed link is exchanged, also from a link in a web terminal', () => {
  expect(decideAccess(firstVisit, lock)).toEqual({ kind: 'exchange' });
  expect(decideAccess({ ...firstVisit, fetchSite: 'cross-site' }, lock)).toEqual({ kind: 'exchange' });
});

test('a reload of the link by its owner goes on', () => {
  expect(decideAccess({ ...firstVisit, session: 'secret-session' }, used)).toEqual(enter);
});

test('a typed address or a bookmark works with the cookie', () => {
  expect(decideAccess({ ...page, path: base, fetchSite: 'none' }, used)).toEqual(enter);
});

test('replayed token', () => {
  expect(decideAccess(firstVisit, used)).toEqual(refused('a wrong or used token'));
});

test('guessed token', () => {
  expect(decideAccess({ ...firstVisit, token: 'one-tim' }, lock)).toEqual(refused('a wrong or used token'));
  expect(decideAccess({ ...firstVisit, token: '' }, used)).toEqual(refused('a wrong or used token'));
});

test('the token opens the first page only', () => {
  expect(decideAccess({ ...firstVisit, path: `${base}rpc/studio/state` }, lock)).toEqual(
    refused('a wrong or used token'),
  );
  const posted = { ...firstVisit, method: 'POST', origin: 'http://127.0.0.1:4321' };
  expect(decideAccess(posted, lock)).toEqual(refused('a wrong or used token'));
});

test('missing token and cookie', () => {
  expect(decideAccess({ ...page, session: null }, lock)).toEqual(refused('no session'));
  expect(decideAccess({ ...page, session: 'guess' }, lock)).toEqual(refused('a wrong session'));
  expect(decideAccess({ ...page, session: '' }, lock)).toEqual(refused('a wrong session'));
});

test('DNS rebinding: a name of the attacker that points at us', () => {
  for (const host of ['evil.example:4321', '127.0.0.1.evil.example:4321', 'localhost.evil.example:4321', null, '']) {
    expect(decideAccess({ ...page, host }, lock)).toEqual(refused('another host'));
    expect(decideAccess({ ...firstVisit, host }, lock)).toEqual(refused('another host'));
  }
});

test('another port of this machine', () => {
  expect(decideAccess({ ...page, host: '127.0.0.1:9999' }, used)).toEqual(refused('another host'));
  expect(decideAccess({ ...page, host: '127.0.0.1' }, used)).toEqual(refused('another host'));
  expect(decideAccess({ ...write, origin: 'http://127.0.0.1:9999' }, used)).toEqual(refused('another origin'));
  expect(decideAccess({ ...page, fetchSite: 'same-site' }, used)).toEqual(refused('another site'));
});

test('CSRF: a form or script of another site, though the browser were to send the cookie', () => {
  expect(decideAccess({ ...write, origin: 'https://evil.example' }, used)).toEqual(refused('another origin'));
  expect(decideAccess({ ...write, origin: 'null' }, used)).toEqual(refused('another origin'));
  expect(decideAccess({ ...write, fetchSite: 'cross-site' }, used)).toEqual(refused('another site'));
  expect(decideAccess({ ...write, fetchSite: 'none' }, used)).toEqual(refused('another site'));
});

test('a picture, a script or a video of ours embedded in another site', () => {
  expect(decideAccess({ ...page, fetchSite: 'cross-site' }, used)).toEqual(refused('another site'));
});

test('our names for one host do not mix: localhost is not the origin of 127.0.0.1', () => {
  expect(decideAccess({ ...write, origin: 'http://localhost:4321' }, used)).toEqual(refused('another origin'));
  expect(decideAccess({ ...write, origin: 'https://127.0.0.1:4321' }, used)).toEqual(refused('another origin'));
});

test('absence is refused: no origin on a write, no word of the site', () => {
  expect(decideAccess({ ...write, origin: null }, used)).toEqual(refused('no origin'));
  expect(decideAccess({ ...page, fetchSite: null }, used)).toEqual(refused('no word of the site it comes from'));
});

test('a cookie that was stolen, without the proof that the page keeps', () => {
  expect(decideAccess({ ...write, proof: null }, used)).toEqual(refused('no proof of our page'));
  expect(decideAccess({ ...write, proof: 'guess' }, used)).toEqual(refused('a wrong proof of our page'));
  expect(decideAccess({ ...write, proof: 'secret-session' }, used)).toEqual(refused('a wrong proof of our page'));
});

test('addresses that do not lie under the path of this start', () => {
  for (const path of ['/', '/rpc/studio/state', '/media/1', '/of-an-earlier-start/media/1', '/of-this-start', '//']) {
    expect(decideAccess({ ...page, path }, used)).toEqual(refused('an address of another start'));
    expect(decideAccess({ ...firstVisit, path }, lock)).toEqual(refused('an address of another start'));
  }
});
