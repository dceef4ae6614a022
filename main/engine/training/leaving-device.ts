import type { Provider } from '#native-models/runtime/plan.ts';
import { reasonOf } from '#native-models/runtime/reason-of.ts';
import { isOfDevice } from '#native-models/runtime/session.ts';
import { say, type Saying } from '#preload/domain/saying.ts';

/**
 * Learns on a provider. Where that is a device that stops working meanwhile, the processor learns from the start, or from
 * where the work was kept, and `left` says why; it is null otherwise.
 */
export async function leavingDevice<Outcome extends object>(
  provider: Provider,
  learn: (provider: Provider) => Promise<Outcome>,
): Promise<Outcome & { readonly left: Saying | null }> {
  try {
    return { ...(await learn(provider)), left: null };
  } catch (error) {
    if (!isOfDevice(error, provider)) throw error;
    const left = say('{{provider}} stopped working, so the processor learned instead: {{reason}}', {
      provider,
      reason: reasonOf(error),
    });
    return { ...(await learn('cpu')), left };
  }
}
