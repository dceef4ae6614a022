import type { ActionClass } from '#preload/domain/action-class.ts';
import { KeyCaps, SpokenKeyCaps } from '../ui/KeyCaps.tsx';
import { useKeyOfClass } from './class-keys.ts';

/** The key that gives a class, where it has one; `spoken` where nothing else says it. */
export function ClassKeyCaps({
  actionClass,
  spoken = false,
}: {
  readonly actionClass: ActionClass;
  readonly spoken?: boolean;
}) {
  const key = useKeyOfClass(actionClass);
  if (key === undefined) return null;
  return spoken ? <SpokenKeyCaps keys={key} /> : <KeyCaps keys={key} />;
}
