// Protects: of every call of the contract somebody has decided whether all people of a team may make it; of any other, none may.
import { expect, test } from 'vitest';
import { contract } from '#preload/contract/contract.ts';
import { forEverybody, forOwners, refuseToMembers } from './team-limits.ts';

const named = (verbs: object): string[] =>
  Object.entries(verbs).flatMap(([room, own]) => (own as readonly string[]).map((verb) => `${room}.${verb}`));

test('each call of the contract is for everybody or for owners, and none for both', () => {
  const calls = Object.entries(contract).flatMap(([room, verbs]) =>
    Object.keys(verbs).map((verb) => `${room}.${verb}`),
  );
  expect([...named(forEverybody), ...named(forOwners)].toSorted()).toEqual(calls.toSorted());
});

test('whoever is no owner is refused what is for owners, and what nobody has named', () => {
  for (const call of named(forEverybody)) expect(() => refuseToMembers(call.split('.'))).not.toThrow();
  for (const call of [...named(forOwners), 'models.export', 'constructor', 'studio.state.more', ''])
    expect(() => refuseToMembers(call.split('.'))).toThrow(/owners/u);
});
