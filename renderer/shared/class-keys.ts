import type { ActionClass } from '#preload/domain/action-class.ts';
import { useOwnKeys, type OwnKeys } from './own-keys.ts';

const prefix = 'classes.give:';

/**
 * The command that a key of a class's own runs. Named by the class, so that the same key means the same class in every
 * project that has one of that name.
 */
export const classKeyId = (className: string): string => `${prefix}${className}`;

export const isClassKeyId = (commandId: string): boolean => commandId.startsWith(prefix);

/** The key that gives a class: its digit, else one that the person chose; undefined for none. */
export const keyOfClass = ({ digitKey, name }: ActionClass, own: OwnKeys): string | undefined =>
  digitKey === null ? own[classKeyId(name)]?.[0] : String(digitKey);

export const useKeyOfClass = (actionClass: ActionClass): string | undefined =>
  useOwnKeys(({ own }) => keyOfClass(actionClass, own));
