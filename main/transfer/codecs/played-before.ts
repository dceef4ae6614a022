/**
 * The media that played before each, by recording: events of a recording with several count from the start of its first.
 * @param events of any order; those of one recording share its name
 */
export function playedBefore(
  events: readonly { readonly recording: string; readonly video: string; readonly timeS: number }[],
): (recording: string, video: string) => readonly string[] {
  const media = new Map<string, string[]>();
  for (const { recording, video } of events.toSorted((a, b) => a.timeS - b.timeS)) {
    const order = media.get(recording) ?? [];
    media.set(recording, order);
    if (!order.includes(video)) order.push(video);
  }
  return (recording, video) => {
    const order = media.get(recording) ?? [];
    return order.slice(0, Math.max(0, order.indexOf(video)));
  };
}
