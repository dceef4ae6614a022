import { answerThread } from '../call-port/thread.ts';
import { formats } from './formats.ts';
import { readAnnotations } from './read-annotations.ts';
import type { ReadingCalls } from './reading-calls.ts';
import { tellFormats } from './tell-formats.ts';

/** Entry of the thread that reads annotations; a sign after each piece says that it is alive. */
answerThread<ReadingCalls>({
  read: async ({ format: id, path, columns }, { sign }) => {
    const format = formats.find((each) => each.id === id)!;
    const { imported, warnings } = await readAnnotations(format, path, columns, sign);
    const [segments, faults] = [imported.segments.toPacks(), imported.faults.toPacks()];
    return {
      output: {
        classes: imported.classes,
        videos: imported.videos,
        attributes: imported.attributes,
        segmentsOfVideo: imported.segmentsOfVideo,
        segments,
        faults,
        warnings,
      },
      transfer: [...segments.packs, ...faults.packs].map(({ buffer }) => buffer),
    };
  },
  tellFormats: async ({ path }, { sign }) => ({ output: await tellFormats(path, sign) }),
});
