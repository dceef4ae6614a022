import type { ActionClass } from '#preload/domain/action-class.ts';
import { KeyCaps } from '../ui/KeyCaps.tsx';
import { useKeyOfClass } from './class-keys.ts';

/** The key that gives a class, where it has one. */
export function ClassKeyCaps({ actionClass }: { readonly actionClass: ActionClass }) {
  const key = useKeyOfClass(actionClass);
  return key === undefined ? null : <KeyCaps keys={key} />;
}
