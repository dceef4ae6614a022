// Protects: behind a sign-in, nobody is believed but the proxy that knows the secret, and no site but the studio's own acts.
import { expect, test } from 'vitest';
import { decideTeamAccess, type TeamCaller, type TeamTrust } from './team-access.ts';

const trust: TeamTrust = {
  address: new URL('https://studio.lab.example/jumps/'),
  personHeader: 'x-forwarded-user',
  secret: 'what-proxy-and-studio-know',
  owners: [],
};

/** A call of our page, as the proxy passes it on. */
const call: TeamCaller = {
  method: 'POST',
  path: '/jumps/rpc/segments/update',
  host: 'studio.lab.example',
  origin: 'https://studio.lab.example',
  fetchSite: 'same-origin',
  fetchMode: 'cors',
  fetchDest: 'empty',
  secret: trust.secret,
  person: 'Ana',
};
const read: TeamCaller = { ...call, method: 'GET', path: '/jumps/media/1', origin: null };
const visit: TeamCaller = { ...read, path: '/jumps/', fetchMode: 'navigate', fetchDest: 'document', fetchSite: 'none' };

const decide = (caller: TeamCaller) => decideTeamAccess(caller, trust);
const refused = (because: string) => ({ kind: 'refuse', because });
const enters = (person = 'Ana') => ({ kind: 'enter', person });

test('whom the proxy names may call, read and come from the sign-in’s own site', () => {
  expect(decide(call)).toEqual(enters());
  expect(decide(read)).toEqual(enters());
  expect(decide(visit)).toEqual(enters());
  expect(decide({ ...visit, fetchSite: 'cross-site' })).toEqual(enters());
});

test('without the secret nothing is believed, whatever it says', () => {
  for (const caller of [call, read, visit]) {
    expect(decide({ ...caller, secret: null })).toEqual(refused('no secret of the proxy'));
    for (const secret of ['', 'guess', trust.secret.slice(0, -1), `${trust.secret} `, trust.secret.toUpperCase()])
      expect(decide({ ...caller, secret })).toEqual(refused('a wrong secret of the proxy'));
  }
});

test('somebody is named, and one person only', () => {
  expect(decide({ ...call, person: null })).toEqual(refused('no name of a person'));
  expect(decide({ ...call, person: '' })).toEqual(refused('no name of a person'));
  for (const person of ['Ana, Ben', ' ', 'x'.repeat(201), 'Ana\u0007', 'Ana\u200b'])
    expect(decide({ ...call, person: Buffer.from(person, 'utf8').toString('latin1') })).toEqual(
      refused('a name that no person has'),
    );
});

test('names are read as the bytes that they are', () => {
  const sent = (bytes: Buffer) => decide({ ...call, person: bytes.toString('latin1') });
  expect(sent(Buffer.from('Ángela 李', 'utf8'))).toEqual(enters('Ángela 李'));
  expect(sent(Buffer.from('Ángela', 'latin1'))).toEqual(enters('Ángela'));
});

test('another host, path or origin is refused', () => {
  for (const host of ['evil.example', 'studio.lab.example:8443', 'studio.lab.example.evil.example', null])
    expect(decide({ ...call, host })).toEqual(refused('another host'));
  for (const path of ['/', '/jumps', '/other/rpc/segments/update'])
    expect(decide({ ...call, path })).toEqual(refused('another path'));
  for (const origin of [
    'https://evil.example',
    'http://studio.lab.example',
    'https://studio.lab.example.evil.example',
    'https://wiki.lab.example',
    'null',
  ]) {
    expect(decide({ ...call, origin })).toEqual(refused('another origin'));
    expect(decide({ ...read, origin })).toEqual(refused('another origin'));
  }
  expect(decide({ ...call, origin: null })).toEqual(refused('no origin'));
});

test('another site of the lab, by the browser’s own word, opens the page and nothing else', () => {
  for (const fetchSite of ['same-site', 'cross-site', 'friendly', '']) {
    expect(decide({ ...call, fetchSite })).toEqual(refused('another site'));
    expect(decide({ ...read, fetchSite })).toEqual(refused('another site'));
    // Not in a frame, not by a script, and no film of ours.
    expect(decide({ ...visit, fetchSite, fetchDest: 'iframe' })).toEqual(refused('another site'));
    expect(decide({ ...visit, fetchSite, fetchMode: 'no-cors' })).toEqual(refused('another site'));
    expect(decide({ ...visit, fetchSite, path: '/jumps/media/1' })).toEqual(refused('another site'));
  }
  expect(decide({ ...call, fetchSite: 'none' })).toEqual(refused('another site'));
  for (const caller of [call, read, visit])
    expect(decide({ ...caller, fetchSite: null })).toEqual(refused('no word of the site it comes from'));
});
