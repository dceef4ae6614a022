/** A class over the frames `[startFrame, endFrame)` of a video. */
export interface LabelledFrames {
  readonly classId: number;
  readonly startFrame: number;
  readonly endFrame: number;
}

export interface FramesOfTwo {
  readonly frameCount: number;
  readonly a: readonly LabelledFrames[];
  readonly b: readonly LabelledFrames[];
}

/** How two annotators label frames. */
export interface FrameAgreement {
  readonly frames: number;
  /** Share of frames that carry the same classes for both; null without frames. */
  readonly same: number | null;
  /**
   * Cohen's κ (1960) over frames, each in the category of all classes that it carries, "none" among them; null where
   * chance alone would agree on every frame.
   */
  readonly kappa: number | null;
  /** The same for each class by itself: does the frame carry it or not. */
  readonly kappaOfClass: ReadonlyMap<number, number | null>;
}

/** Frame by frame agreement over videos. Goes from edge to edge, not from frame to frame. */
export function frameAgreement(videos: readonly FramesOfTwo[]): FrameAgreement {
  const joint = new Map<string, { a: string; b: string; frames: number }>();
  const perClass = new Map<number, { both: number; onlyA: number; onlyB: number }>();
  let frames = 0;
  for (const video of videos) {
    frames += video.frameCount;
    for (const { length, a, b } of stretches(video)) {
      const [ofA, ofB] = [[...a].sort(byNumber).join(), [...b].sort(byNumber).join()];
      const key = `${ofA}|${ofB}`;
      const cell = joint.get(key) ?? { a: ofA, b: ofB, frames: 0 };
      cell.frames += length;
      joint.set(key, cell);
      for (const classId of new Set([...a, ...b])) {
        const counts = perClass.get(classId) ?? { both: 0, onlyA: 0, onlyB: 0 };
        if (a.has(classId) && b.has(classId)) counts.both += length;
        else if (a.has(classId)) counts.onlyA += length;
        else counts.onlyB += length;
        perClass.set(classId, counts);
      }
    }
  }
  const [rows, columns] = [new Map<string, number>(), new Map<string, number>()];
  let same = 0;
  for (const { a, b, frames: count } of joint.values()) {
    rows.set(a, (rows.get(a) ?? 0) + count);
    columns.set(b, (columns.get(b) ?? 0) + count);
    if (a === b) same += count;
  }
  const byChance = [...rows].reduce((sum, [category, count]) => sum + count * (columns.get(category) ?? 0), 0);
  return {
    frames,
    same: frames === 0 ? null : same / frames,
    kappa: kappaOf(same, byChance, frames),
    kappaOfClass: new Map(
      [...perClass].map(([classId, { both, onlyA, onlyB }]) => {
        const [inA, inB] = [both + onlyA, both + onlyB];
        const chance = inA * inB + (frames - inA) * (frames - inB);
        return [classId, kappaOf(frames - onlyA - onlyB, chance, frames)];
      }),
    ),
  };
}

/** κ = (p_o - p_e) / (1 - p_e), from counts: `same` of `frames`, and by chance `chance` of `frames` squared. */
function kappaOf(same: number, chance: number, frames: number): number | null {
  const square = frames * frames;
  return square === chance ? null : (same * frames - chance) / (square - chance);
}

const byNumber = (x: number, y: number): number => x - y;

/** Runs of frames over which nobody's classes change. */
function* stretches({ frameCount, a, b }: FramesOfTwo) {
  const edges = [
    ...a.flatMap((one) => edgesOf(one, 'a' as const)),
    ...b.flatMap((one) => edgesOf(one, 'b' as const)),
  ].sort((x, y) => x.at - y.at);
  const open = { a: new Map<number, number>(), b: new Map<number, number>() };
  let at = 0;
  for (const edge of [...edges, { at: frameCount, side: 'a' as const, classId: 0, by: 0 }]) {
    if (edge.at > at) {
      yield { length: edge.at - at, a: new Set(open.a.keys()), b: new Set(open.b.keys()) };
      at = edge.at;
    }
    const side = open[edge.side];
    const count = (side.get(edge.classId) ?? 0) + edge.by;
    if (count > 0) side.set(edge.classId, count);
    else side.delete(edge.classId);
  }
}

const edgesOf = ({ classId, startFrame, endFrame }: LabelledFrames, side: 'a' | 'b') => [
  { at: startFrame, side, classId, by: 1 },
  { at: endFrame, side, classId, by: -1 },
];
