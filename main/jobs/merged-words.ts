import type { PlanReport } from '#preload/domain/compute-plan.ts';
import type { ExecutionProvider } from '#preload/domain/model.ts';
import { say, type Saying } from '#preload/domain/saying.ts';

/** What merging tokens does to a project's features, as its last trial measured it, or that none did. */
export function mergedWords(report: PlanReport | null, plan: ExecutionProvider): Saying {
  const trialOf = (one: ExecutionProvider) => report?.trials.find((trial) => trial.plan === one);
  const [merged, cpu] = [trialOf(plan), trialOf('cpu')];
  if (report === null || !merged?.cosine || !cpu)
    return say(
      'Frames are read with merged tokens ({{plan}}), which is faster and less exact. How much was not measured in this project: try every way in the settings of the provider.',
      { plan },
    );
  const figures = {
    plan,
    times: { value: merged.framesPerSecond! / cpu.framesPerSecond!, digits: 1 },
    cosine: { value: merged.cosine, digits: 4 },
    frames: report.frames,
  };
  return merged.problem === null
    ? say(
        "Frames are read with merged tokens ({{plan}}): {{times}} times the processor's float32, features alike {{cosine}} on {{frames}} frames of this project, which agrees.",
        figures,
      )
    : say(
        "Frames are read with merged tokens ({{plan}}): {{times}} times the processor's float32, features alike {{cosine}} on {{frames}} frames of this project, which differs more than other ways may.",
        figures,
      );
}
