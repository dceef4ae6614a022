const first = 2 ** 28;

/** Seeds of the untrimmed videos that training sees: all in [2²⁸, 2²⁹). Those of the report lie below. */
export const trainingScriptSeed = (seed: number, index: number): number => first + ((seed * 1_000_003 + index) % first);
