/**
 * One axis of a tensor's shape: a number, or an expression over named sizes that are only known when the graph runs
 * ("batch", "tokens + 17"). Expressions are polynomials with integer coefficients in canonical form, so that two axes
 * are the same exactly when their expressions are.
 */
export type Dim = number | SymbolicDim;
export type Shape = readonly Dim[];

/** A polynomial over named sizes. Made by `dim` and the arithmetic below; never equal to a plain number. */
export class SymbolicDim {
  /** Monomial (sorted names joined by `*`; empty for the constant) → coefficient, never zero. */
  readonly terms: ReadonlyMap<string, number>;
  readonly text: string;

  constructor(terms: ReadonlyMap<string, number>) {
    this.terms = terms;
    this.text = [...terms]
      .toSorted(([a], [b]) => Number(a === '') - Number(b === '') || (a < b ? -1 : 1))
      .map(([monomial, factor]) => (monomial === '' ? `${factor}` : factor === 1 ? monomial : `${factor}*${monomial}`))
      .join(' + ');
  }

  /** The name, where this is one plain named size; otherwise null. */
  get symbol(): string | null {
    const [only] = this.terms;
    return this.terms.size === 1 && only![1] === 1 && !only![0].includes('*') ? only![0] : null;
  }
}

/** A named size, fixed by whatever is fed at run time; the same name means the same size all over a graph. */
export function dim(name: string): SymbolicDim {
  if (!/^[a-z_][a-z0-9_]*$/i.test(name)) throw new RangeError(`'${name}' cannot name a dimension`);
  return new SymbolicDim(new Map([[name, 1]]));
}

const termsOf = (size: Dim): ReadonlyMap<string, number> =>
  typeof size === 'number' ? new Map(size === 0 ? [] : [['', size]]) : size.terms;

function fromTerms(terms: Map<string, number>): Dim {
  for (const [monomial, factor] of terms) if (factor === 0) terms.delete(monomial);
  if (terms.size === 0) return 0;
  const constant = terms.get('');
  return terms.size === 1 && constant !== undefined ? constant : new SymbolicDim(terms);
}

const factorsOf = (monomial: string): string[] => (monomial === '' ? [] : monomial.split('*'));

/** `a + b`: a number where it is one, else an expression in canonical form; so are those below. */
export function addDims(a: Dim, b: Dim): Dim {
  const sum = new Map(termsOf(a));
  for (const [monomial, factor] of termsOf(b)) sum.set(monomial, (sum.get(monomial) ?? 0) + factor);
  return fromTerms(sum);
}

/** `a − b`. */
export const subtractDims = (a: Dim, b: Dim): Dim => addDims(a, multiplyDims(-1, b));

/** `a · b`. */
export function multiplyDims(a: Dim, b: Dim): Dim {
  const product = new Map<string, number>();
  for (const [left, leftFactor] of termsOf(a)) {
    for (const [right, rightFactor] of termsOf(b)) {
      const monomial = [...factorsOf(left), ...factorsOf(right)].toSorted().join('*');
      product.set(monomial, (product.get(monomial) ?? 0) + leftFactor * rightFactor);
    }
  }
  return fromTerms(product);
}

/** `a / b` where it is exact and `b` is a number or a product of names; otherwise null. */
export function divideDims(a: Dim, b: Dim): Dim | null {
  if (sameDim(a, b)) return 1;
  const divisor = [...termsOf(b)];
  if (divisor.length !== 1) return null;
  const [names, divisorFactor] = divisor[0]!;
  const quotient = new Map<string, number>();
  for (const [monomial, factor] of termsOf(a)) {
    const rest = factorsOf(monomial);
    for (const name of factorsOf(names)) {
      const at = rest.indexOf(name);
      if (at < 0) return null;
      rest.splice(at, 1);
    }
    if (factor % divisorFactor !== 0) return null;
    quotient.set(rest.join('*'), factor / divisorFactor);
  }
  return fromTerms(quotient);
}

/** An axis as people read it: `16`, `tokens + 17`. */
export const showDim = (size: Dim): string => (typeof size === 'number' ? `${size}` : size.text);
/** A shape as people read it: `[batch, 16]`. */
export const showShape = (shape: Shape): string => `[${shape.map(showDim).join(', ')}]`;
/** Whether two axes are of one size whatever is fed. */
export const sameDim = (a: Dim, b: Dim): boolean => a === b || showDim(a) === showDim(b);
/** Whether two shapes are the same, axis by axis, whatever is fed. */
export const sameShape = (a: Shape, b: Shape): boolean =>
  a.length === b.length && a.every((size, axis) => sameDim(size, b[axis]!));

/** The number of elements of a tensor of this shape. */
export const elementCount = (shape: Shape): Dim => shape.reduce<Dim>(multiplyDims, 1);
