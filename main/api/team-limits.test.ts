// Protects: of every call of the contract somebody has decided whether all people of a team may make it; of any other, none may.
import { expect, test } from 'vitest';
import { contract, type Contract } from '#preload/contract/contract.ts';
import { forEverybody, forOwners, refuseToMembers } from './team-limits.ts';

type CallsIn<Rooms> = {
  [
    Room in keyof Rooms
  ]: `${Room & string}.${Rooms[Room] extends readonly (infer Verb extends string)[] ? Verb : never}`;
}[keyof Rooms];
type Call = CallsIn<{ [Room in keyof Contract]: readonly (keyof Contract[Room] & string)[] }>;

/** A call of which nobody has said whom it is for does not compile here. */
const unsaid: Record<Exclude<Call, CallsIn<typeof forEverybody> | CallsIn<typeof forOwners>>, never> = {};

const named = (verbs: object): string[] =>
  Object.entries(verbs).flatMap(([room, own]) => (own as readonly string[]).map((verb) => `${room}.${verb}`));

test('each call of the contract is for everybody or for owners, and none for both', () => {
  expect(unsaid).toEqual({});
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
