/** How the names and discriminants are weighed against each other, for classes with shots. */
export interface MixtureWeights {
  /** Of the names' logits. */
  readonly text: number;
  /** Of the logits of discriminants of different shrinkages. */
  readonly discriminants: readonly { readonly shrinkage: number; readonly weight: number }[];
}
