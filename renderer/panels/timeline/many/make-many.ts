import { mostNewSegments, type Making } from '#preload/domain/new-segment.ts';
import type { Span } from '#preload/domain/span.ts';
import { t } from '../../../language/language.ts';
import { counted } from '../../../language/counted.ts';
import { backend } from '../../../backend/client.ts';
import { notify, notifyFailure } from '../../../shared/notices.ts';
import { classOf, type ChosenClass } from '../../../shared/ClassField.tsx';
import { useStudio } from '../../../shared/studio-state.ts';

/** Why so many segments are not made at once; null where they can be. */
export const tooMany = (count: number): string | null =>
  count > mostNewSegments
    ? t('{{segments}} are more than {{mostNewSegments}}, the most in one step.', {
        segments: counted(count, 'segment'),
        mostNewSegments,
      })
    : null;

/** Makes segments of one class in one step and selects them; answers whether that was done. */
export async function makeMany(
  videoId: number,
  how: Making,
  spans: readonly Span[],
  chosen: ChosenClass,
): Promise<boolean> {
  try {
    const { segmentIds } = await backend.segments.createMany({
      videoId,
      how,
      segments: spans.map(({ startUs, endUs }) => ({
        startUs: Math.round(startUs),
        endUs: Math.round(endUs),
        class: classOf(chosen),
      })),
    });
    useStudio.getState().selectSegments(segmentIds, videoId);
    notify(t('{{segments}} made.', { segments: counted(segmentIds.length, 'segment') }), 'success');
    return true;
  } catch (failure) {
    notifyFailure(failure);
    return false;
  }
}
