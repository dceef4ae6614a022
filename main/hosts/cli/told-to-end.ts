/** The answer of a request that tells how far it has come; `tell` hears all of that. */
export async function toldToEnd<Told, Answer>(
  telling: { next(): Promise<IteratorResult<Told, Answer>> },
  tell: (told: Told) => void,
): Promise<Answer> {
  let step = await telling.next();
  for (; !step.done; step = await telling.next()) tell(step.value);
  return step.value;
}
