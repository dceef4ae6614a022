import { usePlayerPreferences } from '../player-preferences.ts';
import { isPlain, transferOf } from './picture-look.ts';

const filterId = 'cuepoint-picture-look';

/** The filter that the pictures on screen go through, for them alone: what models see and files hold is untouched. */
export function LookFilter() {
  const look = usePlayerPreferences((preferences) => preferences.look);
  if (isPlain(look)) return null;
  const transfer = { type: 'gamma', ...transferOf(look) } as const;
  return (
    <svg aria-hidden width={0} height={0} style={{ position: 'absolute' }}>
      <filter id={filterId} colorInterpolationFilters="sRGB">
        <feComponentTransfer>
          <feFuncR {...transfer} />
          <feFuncG {...transfer} />
          <feFuncB {...transfer} />
        </feComponentTransfer>
      </filter>
    </svg>
  );
}

/** The CSS of a picture that is shown as the person chose. */
export const useLookStyle = (): { readonly filter?: string } =>
  usePlayerPreferences((preferences) => isPlain(preferences.look)) ? plain : altered;

const plain = {};
const altered = { filter: `url(#${filterId})` };
